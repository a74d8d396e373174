import BTF
import ProbeCatalog
import Testing

@Suite struct ProviderTests {
  @Test(arguments: [
    ("tracepoint", Provider.tracepoint), ("Tracepoint", .tracepoint), ("t", .tracepoint), ("u", .uprobe), ("U", .usdt),
    ("BEGIN", .begin), ("END", .end), ("kfunc", .fentry), ("kretfunc", .fexit), ("f", .fentry), ("fr", .fexit),
    ("self", .selfSignal), ("rt", .rawtracepoint), ("it", .iter), ("w", .watchpoint), ("aw", .asyncwatchpoint),
    ("i", .interval), ("p", .profile), ("s", .software), ("h", .hardware), ("k", .kprobe), ("kr", .kretprobe),
    ("ur", .uretprobe),
  ])
  func findsNames(word: String, provider: Provider) {
    #expect(Provider(named: word) == provider)
  }

  @Test(arguments: ["", "T", "K", "trace", "tracepoints", "tracepoint*"])
  func refusesOtherWords(word: String) {
    #expect(Provider(named: word) == nil)
  }

  @Test func expandsPatterns() {
    #expect(Provider.matching(NamePattern("k*")) == [.kprobe, .kretprobe])
    #expect(Provider.matching(NamePattern("t")) == [.tracepoint])
    #expect(Provider.matching(NamePattern("nothing")) == [])
    #expect(Provider.matching(.everything).count == Provider.allCases.count)
  }

  @Test func everyProviderHasOneRow() {
    #expect(Provider.table.map(\.provider) == Provider.allCases)
    let names = Provider.table.flatMap { [$0.provider.name] + $0.shortNames + $0.oldNames }
    #expect(Set(names).count == names.count)
  }
}
