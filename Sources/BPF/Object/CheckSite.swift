/// A place where a program written in Swift checks something: an addition for overflow, an index for its bounds.
///
/// `bpf build` writes them into the object, in the order of their counters. A check that fails ends the program and counts.
public struct CheckSite: Hashable, Sendable {
  /// The source file as the compiler was given it; empty when nobody knows.
  public var file: String
  /// From 1; 0 when nobody knows.
  public var line: Int
  /// From 1; 0 when nobody knows.
  public var column: Int
  /// What fails, as Swift says it: "arithmetic overflow", "Index out of bounds".
  public var reason: String

  /// A place with what fails there.
  public init(file: String, line: Int, column: Int, reason: String) {
    self.file = file
    self.line = line
    self.column = column
    self.reason = reason
  }

  /// Reads `file:line:column: reason`; nil when the text is not of that form.
  init?(_ text: Substring) {
    guard
      let space = text.utf8.indices.dropLast().first(where: { index in
        text.utf8[index] == UInt8(ascii: ":") && text.utf8[text.utf8.index(after: index)] == UInt8(ascii: " ")
      })
    else { return nil }
    let place = text[..<space].split(separator: ":", omittingEmptySubsequences: false)
    guard place.count >= 3, let line = Int(place[place.count - 2]), let column = Int(place[place.count - 1]) else {
      return nil
    }
    let file = place.dropLast(2).joined(separator: ":")
    self.init(
      file: file == "?" ? "" : file, line: line, column: column,
      reason: String(text[text.utf8.index(space, offsetBy: 2)...]))
  }
}

/// A check that failed, and how often.
public struct FailedCheck: Hashable, Sendable {
  /// Where.
  public var site: CheckSite
  /// How often, on all CPUs.
  public var count: UInt64
}
