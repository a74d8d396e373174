/// The metadata of the module that is written.
struct MetadataWriter: Sendable {
  private(set) var nodes: [String] = []
  private var known: [String: Int] = [:]

  /// Adds a node; one that is the same, and not distinct, is not added twice.
  mutating func add(_ text: String) -> Int {
    if let number = known[text] { return number }
    nodes.append(text)
    if !text.hasPrefix("distinct ") { known[text] = nodes.count - 1 }
    return nodes.count - 1
  }

  /// A number for a node that refers to itself through others, to be set later.
  mutating func reserve() -> Int {
    nodes.append("!{}")
    return nodes.count - 1
  }

  mutating func set(_ number: Int, _ text: String) { nodes[number] = text }

  /// A list of nodes; nil becomes `null`.
  mutating func list(_ items: [Int?]) -> Int {
    add("!{\(items.map { $0.map { "!\($0)" } ?? "null" }.joined(separator: ", "))}")
  }
}
