extension StringProtocol where SubSequence == Substring {
  /// The text without spaces and tabs at its ends.
  func trimmingSpaces() -> Substring {
    var rest = self[...]
    while let first = rest.first, first == " " || first == "\t" { rest = rest.dropFirst() }
    while let last = rest.last, last == " " || last == "\t" { rest = rest.dropLast() }
    return rest
  }
}
