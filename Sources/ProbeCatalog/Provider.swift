public import BTF

/// Where a probe comes from: the first word of an attach point.
public enum Provider: String, CaseIterable, Hashable, Sendable {
  case begin
  case end
  // `self` is a word of Swift, hence the longer name.
  case selfSignal = "self"
  case test
  case bench
  case kprobe
  case kretprobe
  case uprobe
  case uretprobe
  case usdt
  case tracepoint
  case rawtracepoint
  case fentry
  case fexit
  case iter
  case profile
  case interval
  case software
  case hardware
  case watchpoint
  case asyncwatchpoint

  /// The name as users write and read it.
  public var name: String { rawValue }

  /// The provider that a word names: its name, an old name, or a short one.
  ///
  /// Names match in any case (`BEGIN`, `Tracepoint`). Short names match as they are, because `u` is uprobe and `U` usdt.
  public init?(named word: some StringProtocol) {
    let lowered = word.lowercased()
    let facts = Self.table.first { $0.provider.rawValue == lowered || $0.oldNames.contains(lowered) }
    guard let facts = facts ?? Self.table.first(where: { $0.shortNames.contains(String(word)) }) else { return nil }
    self = facts.provider
  }

  /// The providers whose names a pattern fits, in the order of the table; a short name without wildcard counts too.
  public static func matching(_ pattern: NamePattern) -> [Provider] {
    if !pattern.hasWildcards { return Provider(named: pattern.description).map { [$0] } ?? [] }
    return allCases.filter { pattern.matches($0.rawValue) }
  }

  /// What is known about the provider.
  public var facts: Facts {
    // Every provider has its row; a test holds the table to that.
    Self.table.first { $0.provider == self } ?? Facts(self, short: [], syntax: rawValue)
  }

  /// A row of the table of providers.
  public struct Facts: Sendable {
    /// The provider.
    public let provider: Provider
    /// Names of one or two letters.
    public let shortNames: [String]
    /// Names that earlier versions of the language used, in lower case.
    public let oldNames: [String]
    /// How an attach point is written, for messages: parts in brackets may be left out.
    public let syntax: String
    /// Whether its probes can be told one by one, so that `-l` lists them.
    public let isListable: Bool

    init(
      _ provider: Provider, short: [String], old: [String] = [], syntax: String, isListable: Bool = false
    ) {
      self.provider = provider
      shortNames = short
      oldNames = old
      self.syntax = syntax
      self.isListable = isListable
    }
  }

  /// The table of providers; names and forms are bpftrace's (its documentation, "Probes").
  public static let table: [Facts] = [
    Facts(.begin, short: [], syntax: "begin"),
    Facts(.end, short: [], syntax: "end"),
    Facts(.selfSignal, short: [], syntax: "self:signal:SIGUSR1"),
    Facts(.test, short: [], syntax: "test:NAME"),
    Facts(.bench, short: [], syntax: "bench:NAME"),
    Facts(.kprobe, short: ["k"], syntax: "kprobe[:MODULE]:FUNCTION[+OFFSET]", isListable: true),
    Facts(.kretprobe, short: ["kr"], syntax: "kretprobe[:MODULE]:FUNCTION"),
    Facts(.uprobe, short: ["u"], syntax: "uprobe:BINARY:FUNCTION[+OFFSET]", isListable: true),
    Facts(.uretprobe, short: ["ur"], syntax: "uretprobe:BINARY:FUNCTION"),
    Facts(.usdt, short: ["U"], syntax: "usdt:BINARY:[PROVIDER:]NAME", isListable: true),
    Facts(.tracepoint, short: ["t"], syntax: "tracepoint:SUBSYSTEM:EVENT", isListable: true),
    Facts(.rawtracepoint, short: ["rt"], syntax: "rawtracepoint[:MODULE]:EVENT", isListable: true),
    Facts(.fentry, short: ["f"], old: ["kfunc"], syntax: "fentry[:MODULE]:FUNCTION", isListable: true),
    Facts(.fexit, short: ["fr"], old: ["kretfunc"], syntax: "fexit[:MODULE]:FUNCTION"),
    Facts(.iter, short: ["it"], syntax: "iter:OBJECT[:PIN]", isListable: true),
    Facts(.profile, short: ["p"], syntax: "profile:UNIT:COUNT"),
    Facts(.interval, short: ["i"], syntax: "interval:UNIT:COUNT"),
    Facts(.software, short: ["s"], syntax: "software:EVENT[:COUNT]", isListable: true),
    Facts(.hardware, short: ["h"], syntax: "hardware:EVENT[:COUNT]", isListable: true),
    Facts(.watchpoint, short: ["w"], syntax: "watchpoint:ADDRESS:LENGTH:MODE"),
    Facts(.asyncwatchpoint, short: ["aw"], syntax: "asyncwatchpoint:ADDRESS:LENGTH:MODE"),
  ]
}
