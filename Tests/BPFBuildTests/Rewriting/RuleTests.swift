import GoldenFiles
import Testing

@testable import BPFBuild

/// Each rule alone, on a small module: what it makes of it, or what it reports.
@Suite struct RuleTests {
  /// The rules by their names, which are those of the golden files.
  static let rules = Dictionary(
    uniqueKeysWithValues: Rewriting.pipeline.map { (String("\($0)".split(separator: ".").last ?? ""), $0) })

  @Test(arguments: GoldenFile.names(in: "Rules"))
  func rule(_ name: String) throws {
    var file = try GoldenFile(name)
    let rule = try #require(Self.rules[String(name.split(separator: "/").last?.dropLast(".golden".count) ?? "")])
    for index in file.cases.indices {
      let output = Self.output(of: rule, on: file.cases[index].source)
      if GoldenFile.isUpdating {
        file.cases[index].output = output
      } else {
        #expect(output == file.cases[index].output, "\(name), case \(index + 1)")
      }
    }
    if GoldenFile.isUpdating { try file.write() }
  }

  @Test func everyRuleHasAGoldenFile() {
    let files = Set(
      GoldenFile.names(in: "Rules").map { $0.split(separator: "/").last.map(String.init) ?? "" })
    #expect(files == Set(Self.rules.keys.map { "\($0).golden" }))
  }

  /// The module after what the rule needs to have run, and the rule itself; the first line may say `; options`.
  private static func output(of rule: any RewritingRule.Type, on source: String) -> String {
    var options = RewritingOptions()
    if source.hasPrefix("; isa v4\n") { options.instructionSet = .v4 }
    if source.hasPrefix("; traps exit\n") { options.traps = .exit }
    if source.hasPrefix("; traps prove\n") { options.traps = .prove }
    var rewriting = Rewriting(IRText(Array((source + "\n").utf8)), options: options)
    ReachableCode.apply(to: &rewriting)
    if rule != ReachableCode.self {
      rewriting.module.dataLayout = nil
      rewriting.module.triple = nil
      // Names are what this rule gives to the others' choice.
      if rule == FinalNames.self { SubprogramSignatures.apply(to: &rewriting) }
      rule.apply(to: &rewriting)
    }
    rewriting.module.types = []
    if rule != PlainAttributes.self { rewriting.module.attributeGroups = [:] }
    let names = rewriting.names.sorted { $0.key < $1.key }.map { "; \($0.key) becomes \($0.value)\n" }.joined()
    let problems = rewriting.problems.map { problem in
      "; \(problem.id) at \(problem.place.map { "\($0.file):\($0.line):\($0.column)" } ?? "?"): \(problem.message)\n"
    }
    // The compile unit has a number from the start, and nothing in it before the end.
    return names + problems.joined()
      + rewriting.text.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { $0 != "!0 = !{}" }.joined(separator: "\n")
  }
}
