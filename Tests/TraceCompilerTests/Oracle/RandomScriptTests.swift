import Diagnostics
import GoldenFiles
import LinuxSystem
import Testing
import TraceLanguage

@testable import TraceCompiler

/// Made-up scripts do in the kernel what an interpreter of the language says, as far as maps and output show.
///
/// A script that compiles must never be refused by the kernel.
///
/// `RANDOM_SCRIPTS` in the environment says how many scripts are made up, `RANDOM_SCRIPTS_SEED` where their seeds begin.
@Suite(.enabled(if: KernelRun.isPossible, "loading programs needs CAP_BPF and CAP_PERFMON"))
struct RandomScriptTests {
  static let count = Environment.value(of: "RANDOM_SCRIPTS").flatMap { Int($0) } ?? 300
  static let firstSeed = Environment.value(of: "RANDOM_SCRIPTS_SEED").flatMap { UInt64($0) } ?? 0

  /// The scripts are dealt out among tests that run at the same time.
  @Test(arguments: 0..<UInt64(8)) func kernelAndInterpreterAgree(hand: UInt64) throws {
    var tooBig = 0
    for number in stride(from: hand, to: UInt64(Self.count), by: 8) {
      let seed = Self.firstSeed + number
      let text = RandomScript.make(seed: seed, size: seed % 50 == 49 ? 120 : 4 + Int(seed % 40))
      // One script of seven is enough to find a pass that breaks the form.
      guard let difference = try ScriptComparison.difference(of: text, checksEachPass: seed % 7 == 0) else { continue }
      if difference.kind == .tooBig {
        tooBig += 1
        continue
      }
      let small = ScriptReduction.reduce(text) {
        (try? ScriptComparison.difference(of: $0))?.isLike(difference) ?? false
      }
      let told = try ScriptComparison.difference(of: small) ?? difference
      Issue.record("seed \(seed):\n\(small)\n\(told.text)")
    }
    #expect(tooBig * 100 <= Self.count, "so many scripts are too big for the kernel that little is compared")
  }

  /// Scripts that once went wrong.
  @Test(arguments: try GoldenFile("regressions.golden").cases)
  func regressions(_ example: GoldenFile.Case) throws {
    let difference = try ScriptComparison.difference(of: example.source)
    #expect(difference == nil, "\(example.source)\n\(difference?.text ?? "")")
  }

  /// A comparison that cannot fail would be worth nothing.
  @Test func differencesAreSeen() throws {
    let script = try ScriptComparison.parse("begin { @a = 1; @b[2] = count(); print(3); }")
    var interpreter = ScriptInterpreter(script.tree, environment: ScriptComparison.environment)
    try interpreter.run()
    #expect(interpreter.contents() == ["@a": ["1"], "@b": ["[2] = 1"]])
    #expect(interpreter.printed == [[.number(3)]])
    #expect(ScriptComparison.kind(of: "begin { @a = nothing; }") == .notCompiled)
  }
}
