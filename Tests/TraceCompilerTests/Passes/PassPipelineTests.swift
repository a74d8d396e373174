import Bytecode
import Testing

@testable import TraceCompiler

@Suite struct PassPipelineTests {
  /// Behind every pass, programs made up from seeds mean what they meant before, and are in SSA form.
  @Test(arguments: [InstructionSetLevel.v2, .v4])
  func everyPassKeepsTheMeaning(level: InstructionSetLevel) throws {
    for seed in 0..<UInt64(60) { try check(seed: seed, size: 15 + Int(seed % 60), level: level) }
  }

  @Test(arguments: [(11888, 14)] as [(UInt64, Int)])
  func thoseThatWentWrong(seed: UInt64, size: Int) throws { try check(seed: seed, size: size, level: .v2) }

  private func check(seed: UInt64, size: Int, level: InstructionSetLevel) throws {
    var module = RandomModule.make(seed: seed, size: size, level: level)
    let context = RandomModule.context(seed: seed)
    var before = SSAInterpreter(context: context, entryCount: RandomModule.entryCount)
    let answer = try before.run(module)
    var wrong: String?
    try PassPipeline(level: level).run(on: &module, verifying: true) { name, module in
      var after = SSAInterpreter(context: context, entryCount: RandomModule.entryCount)
      if wrong == nil, (try? after.run(module)) != answer || after.maps != before.maps { wrong = name }
    }
    #expect(wrong == nil, "seed \(seed), size \(size), \(level): another meaning behind \(wrong ?? "")")
  }
}
