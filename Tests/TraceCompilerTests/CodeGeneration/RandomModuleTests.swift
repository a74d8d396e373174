import Bytecode
import KernelInterface
import Testing

@testable import TraceCompiler

/// Programs made up from seeds are compiled, run in the kernel, and compared with what an interpreter of the form says.
@Suite(.enabled(if: KernelRun.isPossible, "loading programs needs CAP_BPF and CAP_PERFMON"))
struct RandomModuleTests {
  @Test(arguments: [InstructionSetLevel.v2, .v3, .v4].filter { $0 <= KernelRun.level })
  func kernelAndInterpreterAgree(level: InstructionSetLevel) throws {
    for seed in 0..<UInt64(100) {
      try compare(seed: seed &* 3 &+ UInt64(level.rawValue), size: 12 + Int(seed % 60), level: level)
    }
  }

  /// A kernel may have more than its version says, never less; otherwise the levels above were left out wrongly.
  @Test func kernelHasTheInstructionsOfItsVersion() {
    #expect(KernelRun.level >= (KernelRun.version >= KernelVersion(6, 6) ? .v4 : .v2))
    #expect(KernelRun.level >= (KernelRun.version >= KernelVersion(5, 12) ? .v3 : .v2))
  }

  /// Programs with so many values at once that registers, and moves between stack places, run out.
  @Test(arguments: Array(20..<32) as [UInt64])
  func crowdedProgramsAgree(seed: UInt64) throws {
    try compare(seed: seed, size: 90, level: .v2)
  }

  private func compare(seed: UInt64, size: Int, level: InstructionSetLevel) throws {
    let module = RandomModule.make(seed: seed, size: size, level: level, mayLoop: KernelRun.hasLoop)
    let context = RandomModule.context(seed: seed)
    var interpreter = SSAInterpreter(context: context, entryCount: RandomModule.entryCount)
    let expected = try interpreter.run(module)
    let code = try module.compile(for: CodeGenerationTarget(level: level))
    #expect(code.instructions.allSatisfy { $0.level <= level })
    do {
      let outcome = try KernelRun.run(
        code, context: context, entryCounts: [1, RandomModule.entryCount], valueSize: SSAInterpreter.valueSize)
      #expect(
        outcome.returnValue == UInt32(truncatingIfNeeded: expected) && outcome.maps == interpreter.maps,
        "seed \(seed), size \(size), \(level)")
    } catch let refusal as KernelRun.Refused {
      Issue.record("seed \(seed), size \(size), \(level): \(refusal)")
    }
  }
}
