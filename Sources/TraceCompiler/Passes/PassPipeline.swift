import Bytecode

/// The way of a function from what the lowering wrote to what the code generator takes, as one list.
struct PassPipeline {
  private let passes: [any SSAPass]

  /// All passes, for a kernel with this instruction set.
  init(level: InstructionSetLevel) {
    passes = [
      // Make it small.
      RemoveUnreachableBlocks(),
      PropagateCopies(),
      FoldConstants(),
      FoldBranches(),
      ThreadJumps(),
      MergeBlocks(),
      PropagateCopies(),
      MergeCommonSubexpressions(),
      FoldConstants(),
      FoldBranches(),
      MergeBlocks(),
      PropagateCopies(),
      FoldAddresses(),
      RemoveDeadCode(),
      // Make it fit the machine.
      ExpandMemoryOperations(),
      LowerForInstructionSet(level: level),
      FoldConstants(),
      MergeCommonSubexpressions(),
      SelectImmediates(),
      RemoveDeadCode(),
      SplitCriticalEdges(),
      OrderBlocks(),
      RematerializeNearUses(),
      RemoveDeadCode(),
    ]
  }

  /// Runs all passes on all functions, and drops functions that are then unused.
  ///
  /// `dump` receives each pass's name and the module behind it. With `verifying`, the form is checked behind each pass.
  func run(
    on module: inout SSAModule, verifying: Bool = false, dump: ((String, SSAModule) -> Void)? = nil
  ) throws(SSAViolation) {
    if verifying { try SSAVerifier.check(module) }
    for pass in passes {
      for index in module.functions.indices { pass.run(on: &module.functions[index]) }
      dump?(type(of: pass).name, module)
      if verifying { try SSAVerifier.check(module) }
    }
    RemoveUnusedFunctions().run(on: &module)
    dump?(RemoveUnusedFunctions.name, module)
    if verifying { try SSAVerifier.check(module) }
  }
}
