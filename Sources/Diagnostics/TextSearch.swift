/// Searching a text for another one, byte by byte.
///
/// The standard library's own search (`contains(_:)` and `firstRange(of:)` with a text) comes with an engine for regular
/// expressions, which alone would be a fifteenth of the command.
extension StringProtocol {
  /// Where another text first stands in this one; nil where it does not, and for an empty one.
  public func firstRange(ofText part: String) -> Range<Index>? {
    guard let first = part.utf8.first else { return nil }
    var start = utf8.startIndex
    while let found = utf8[start...].firstIndex(of: first) {
      if utf8[found...].starts(with: part.utf8) { return found..<utf8.index(found, offsetBy: part.utf8.count) }
      start = utf8.index(after: found)
    }
    return nil
  }

  /// Whether another text, which is not empty, stands in this one.
  public func contains(text part: String) -> Bool { firstRange(ofText: part) != nil }

  /// The pieces between the places where a separator stands, empty ones included.
  public func pieces(separatedBy separator: String) -> [SubSequence] {
    var pieces: [SubSequence] = []
    var rest = self[...]
    while let range = rest.firstRange(ofText: separator) {
      pieces.append(rest[..<range.lowerBound])
      rest = rest[range.upperBound...]
    }
    return pieces + [rest]
  }
}
