public import KernelInterface
internal import LinuxSystem

/// What is loaded at a moment, in a form that can be kept in a file and compared.
///
/// A line for each object: kind, number, and what does not change by itself.
public struct Snapshot: Hashable, Sendable {
  /// The first line of a file.
  static let heading = "bpf snapshot 1"

  /// The objects: what each is, by kind and number.
  public let objects: [String: String]

  /// Looks at all objects.
  public init(kernel: any KernelCalls) throws(InspectorError) {
    var objects: [String: String] = [:]
    try ObjectLookup(.program, kernel: kernel).forEach { id, program throws(InspectorError) in
      let info = try ProgramFacts(program, kernel: kernel).info
      objects["program \(id)"] =
        "\(info.type) '\(info.name)' tag \(info.tag.hexadecimal) maps \(info.mapIDs.map(String.init).joined(separator: ","))"
    }
    try ObjectLookup(.map, kernel: kernel).forEach { id, map throws(InspectorError) in
      let facts = try MapFacts(map, kernel: kernel)
      let info = facts.info
      objects["map \(id)"] =
        "\(info.type) '\(info.name)' key \(info.keySize)B value \(info.valueSize)B entries \(info.maxEntries) "
        + "flags 0x\(String(info.flags.rawValue, radix: 16))\(facts.isFrozen ? " frozen" : "")"
    }
    try ObjectLookup(.link, kernel: kernel).forEach { id, link throws(InspectorError) in
      let info = try LinkFacts(link, kernel: kernel).info
      objects["link \(id)"] = "\(info.type) program \(info.programID)"
    }
    // A name may hold anything but a NUL.
    self.objects = objects.mapValues { text in String(text.map { $0 == "\n" || $0 == "\t" || $0 == "\r\n" ? "?" : $0 })
    }
  }

  /// Reads a snapshot's text.
  ///
  /// - Throws: ``InspectorError/failed(_:)`` for a text that is none.
  public init(parsing text: String) throws(InspectorError) {
    var lines = text.split(separator: "\n")[...]
    guard lines.popFirst().map(String.init) == Self.heading else {
      throw .failed("it is no snapshot: it does not begin with '\(Self.heading)'")
    }
    var objects: [String: String] = [:]
    for line in lines {
      let fields = line.split(separator: "\t", maxSplits: 1, omittingEmptySubsequences: false)
      guard fields.count == 2 else { throw .failed("'\(line)' is no line of a snapshot") }
      objects[String(fields[0])] = String(fields[1])
    }
    self.objects = objects
  }

  /// The text of a file.
  public var text: String {
    "\(Self.heading)\n" + objects.sorted { Self.precedes($0.key, $1.key) }.map { "\($0.key)\t\($0.value)\n" }.joined()
  }

  private static func precedes(_ one: String, _ other: String) -> Bool {
    let (left, right) = (one.split(separator: " "), other.split(separator: " "))
    guard left.count == 2, right.count == 2, left[0] == right[0], let first = Int(left[1]), let second = Int(right[1])
    else { return one < other }
    return first < second
  }

  /// What came, went and changed on the way to another snapshot.
  public func changes(to later: Snapshot) -> [Change] {
    var changes: [Change] = []
    for name in Set(objects.keys).union(later.objects.keys).sorted(by: Self.precedes) {
      let (before, after) = (objects[name], later.objects[name])
      if before != after { changes.append(Change(object: name, before: before, after: after)) }
    }
    return changes
  }

  /// An object that is not the same in two snapshots.
  public struct Change: Hashable, Sendable {
    /// Kind and number.
    public var object: String
    /// What it was; nil when it was not there.
    public var before: String?
    /// What it is; nil when it is gone.
    public var after: String?

    /// A line as `diff` writes it, two for what changed.
    public var text: String {
      (before.map { "- \(object) \($0)\n" } ?? "") + (after.map { "+ \(object) \($0)\n" } ?? "")
    }
  }
}
