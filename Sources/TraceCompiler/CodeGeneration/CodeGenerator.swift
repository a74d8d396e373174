public import Bytecode
import Diagnostics

/// What the generated code may rely on.
public struct CodeGenerationTarget: Hashable, Sendable {
  /// The instruction set.
  public var level: InstructionSetLevel
  /// How many instructions the kernel's verifier accepts (`BPF_COMPLEXITY_LIMIT_INSNS`).
  public var instructionLimit: Int

  /// A kernel with `level`; since 5.2 privileged programs may have a million instructions.
  public init(level: InstructionSetLevel, instructionLimit: Int = 1_000_000) {
    self.level = level
    self.instructionLimit = instructionLimit
  }
}

/// Turns a module in its final form into a program.
enum CodeGenerator {
  /// How the kernel rounds a function's stack when it adds up those of a chain of calls.
  private static let stackRounding = 32

  static func generate(
    _ module: SSAModule, for target: CodeGenerationTarget
  ) throws(CodeGenerationError) -> ProgramCode {
    var assembler = Assembler(level: target.level)
    var spans: [SourceSpan?] = []
    var functions: [ProgramCode.Function] = []
    let labels = module.functions.map { _ in assembler.makeLabel() }
    for (index, function) in module.functions.enumerated() {
      let start = assembler.instructions.count
      assembler.bind(labels[index])
      let flow = SSAControlFlow(function)
      let liveness = Liveness(function, flow)
      let live = LiveIntervals(function, liveness: liveness)
      let allocation = LinearScan.allocate(live, valueCount: function.valueCount)
      let frame = StackFrame(function, spillCount: allocation.spillSlotCount)
      try check(frame.size(extra: 0), function)
      var emitter = FunctionEmitter(
        function, allocation, frame, functionLabels: labels, assembler: assembler, spans: spans)
      try emitter.emit(flow, liveness)
      let size = frame.size(extra: emitter.extraSpills)
      try check(size, function)
      (assembler, spans) = (emitter.assembler, emitter.spans)
      functions.append(
        ProgramCode.Function(name: function.name, range: start..<assembler.instructions.count, stackSize: size))
    }
    try checkStackOfCalls(module, functions)
    guard spans.count <= target.instructionLimit else {
      throw .tooManyInstructions(count: spans.count, limit: target.instructionLimit)
    }
    let assembly: Assembly
    do {
      assembly = try assembler.finish()
    } catch {
      throw Self.explain(error, spans, functions)
    }
    return ProgramCode(
      instructions: assembly.instructions, relocations: assembly.relocations, spans: spans, functions: functions)
  }

  private static func check(_ stackSize: Int, _ function: SSAFunction) throws(CodeGenerationError) {
    guard stackSize <= StackFrame.limit else {
      throw .stackTooBig(
        function: function.name, byteCount: stackSize, span: StackFrame.biggestSlotSpan(function))
    }
  }

  private static func explain(
    _ error: AssemblyError, _ spans: [SourceSpan?], _ functions: [ProgramCode.Function]
  ) -> CodeGenerationError {
    let instruction: Int, distance: Int
    switch error {
    case .tooFar(let index, let jump): (instruction, distance) = (index, jump)
    case .unboundLabel(let index): (instruction, distance) = (index, 0)
    }
    let name = functions.first { $0.range.contains(instruction) }?.name ?? ""
    return .jumpTooFar(
      function: name, distance: distance, span: spans.indices.contains(instruction) ? spans[instruction] : nil)
  }

  /// Adds up the stacks along every chain of calls, callbacks included, as the kernel's `check_max_stack_depth` does.
  private static func checkStackOfCalls(
    _ module: SSAModule, _ functions: [ProgramCode.Function]
  ) throws(CodeGenerationError) {
    let callees = module.functions.map(\.callees)
    // The kernel refuses chains deeper than eight; recursion is stopped by that bound.
    var chains: [(functions: [Int], bytes: Int)] = [([0], rounded(functions[0].stackSize))]
    while let chain = chains.popLast() {
      guard chain.bytes <= StackFrame.limit else {
        let biggest = chain.functions.max { functions[$0].stackSize < functions[$1].stackSize } ?? 0
        throw .stackOfCallsTooBig(
          functions: chain.functions.map { functions[$0].name }, byteCount: chain.bytes,
          span: StackFrame.biggestSlotSpan(module.functions[biggest]))
      }
      guard chain.functions.count < 8, let last = chain.functions.last else { continue }
      for callee in callees[last] where functions.indices.contains(callee) {
        chains.append((chain.functions + [callee], chain.bytes + rounded(functions[callee].stackSize)))
      }
    }
  }

  private static func rounded(_ size: Int) -> Int { (max(size, 1) + stackRounding - 1) / stackRounding * stackRounding }
}
