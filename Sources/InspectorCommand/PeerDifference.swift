/// Where this command answers otherwise than bpftool: each difference once, for the manual's pages and for the tests that
/// compare the two.
struct PeerDifference: Sendable {
  /// Whose answer serves better.
  enum Side: String, Sendable {
    case ours = "this command"
    /// A later version of bpftool has it as ours is.
    case later = "this command, as later versions of bpftool"
    case either
  }

  /// By which tests name it.
  var id: String
  /// The first word that it is about; nil for all.
  var word: String?
  var theirs: String
  var ours: String
  var reason: String
  var right: Side

  private init(
    _ id: String, _ word: String?, theirs: String, ours: String, because reason: String, right: Side = .ours
  ) {
    (self.id, self.word, self.theirs, self.ours, self.reason, self.right) = (id, word, theirs, ours, reason, right)
  }

  /// All of them.
  static let all: [PeerDifference] = [
    .init(
      "escaped-errors", nil, theirs: "errors in JSON hold names as they are", ours: "they are escaped",
      because: "a quotation mark in a name breaks the document"),
    .init(
      "silent-misses", nil, theirs: "a name or tag that nothing has gives an empty line", ours: "an error says so",
      because: "an empty line is no JSON document and no explanation"),
    .init(
      "holders", nil, theirs: "pids are told only where a BPF program can find them out", ours: "always",
      because: "/proc tells the same without a program", right: .later),
    .init(
      "mounting", nil, theirs: "a path in no bpf file system gets one mounted over its folder", ours: "it is refused",
      because: "nobody asked for a mount, which hides what is in the folder"),
    .init(
      "loader-programs", nil, theirs: "-L and -S make a loader program", ours: "they are refused with the reason",
      because: "the object loads to the same end without", right: .either),
    .init(
      "callback-functions", "prog", theirs: "'visual' draws a callback as a part of the function before it",
      ours: "as a function", because: "the first never continues in the second"),
    .init(
      "source-in-blocks", "prog", theirs: "7.1 draws instructions alone", ours: "source lines and called names, too",
      because: "7.8 draws them", right: .later),
    .init(
      "bare-numbers", "map", theirs: "typed values have bare 0x1", ours: "\"0x1\"", because: "the bare one is no JSON"),
    .init(
      "anonymous-members", "map", theirs: "members of anonymous structs are under the key \"\"",
      ours: "among the others", because: "of two such keys a reader keeps one"),
    .init(
      "inner-maps", "map", theirs: "7.1 prints an inner map's number as bytes", ours: "inner_map_id: N",
      because: "7.3 prints it so", right: .later),
    .init(
      "empty-queues", "map", theirs: "'empty map' is on standard output", ours: "on standard error",
      because: "it is an error"),
    .init(
      "keyless-maps", "map", theirs: "a dump of a queue is 'Found 0 elements', or []", ours: "an error says why not",
      because: "it may be full"),
    .init(
      "link-cookies", "link", theirs: "7.1 tells no cookie", ours: "a member 'cookie'", because: "7.6 has it",
      right: .later),
    .init(
      "link-details", "link", theirs: "7.1 tells nothing of tcx and netfilter links but a number", ours: "all of it",
      because: "7.8 tells it", right: .later),
    .init(
      "perf-event-names", "link", theirs: "a clock is 'event 6 :0'", ours: "software:cpu-clock",
      because: "numbers of units change with each start of the machine"),
    .init(
      "struct-ops-documents", "struct_ops", theirs: "a dump by id is two objects with a comma", ours: "an array",
      because: "two objects are no JSON document"),
    .init(
      "empty-pointers", "struct_ops", theirs: "no address is (nil)", ours: "\"0x0\"", because: "the bare one is no JSON"
    ),
    .init(
      "flow-dissectors", "net", theirs: "JSON has [\"id\":1]", ours: "[{\"id\":1}]",
      because: "the first is no JSON"),
    .init(
      "kinds-of-programs", "feature", theirs: "a type is absent when one kind of it is",
      ours: "when all kinds are; each kind is told", because: "iterators load where fentry does not"),
    .init(
      "configuration-numbers", "feature", theirs: "numbers of the configuration are text in JSON", ours: "numbers",
      because: "they are numbers"),
    .init(
      "c-opening", "btf", theirs: "7.1 begins with fewer definitions", ours: "__ksym, __weak, __bpf_fastcall, too",
      because: "7.8 begins so", right: .later),
    .init(
      "order-of-users", "btf", theirs: "numbers of users come in no order", ours: "in ascending order",
      because: "what does not change looks the same each time"),
  ]

  /// A chapter of a word's manual page; empty without differences.
  ///
  /// `literal` escapes a text.
  static func chapter(of word: String, _ literal: (String) -> String) -> String {
    let found = all.filter { $0.word == nil || $0.word == word }
    if found.isEmpty { return "" }
    return ".SH DIFFERENCES FROM BPFTOOL\n"
      + found.map { one in
        ".TP\n.B \(one.id)\nbpftool: \(literal(one.theirs)). Here: \(literal(one.ours)). \(literal(one.reason)) "
          + "(right: \(one.right == .either ? "either" : one.right.rawValue)).\n"
      }.joined()
  }
}
