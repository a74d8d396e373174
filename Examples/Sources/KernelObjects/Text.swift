extension String {
  /// The text in a field of fixed size, up to its 0.
  public init<let count: Int>(_ field: InlineArray<count, UInt8>) {
    var bytes: [UInt8] = []
    for index in field.indices {
      if field[index] == 0 { break }
      bytes.append(field[index])
    }
    self.init(decoding: bytes, as: UTF8.self)
  }
}

/// Columns for tables.
extension String {
  /// The text with spaces behind it, up to a width.
  public func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }

  /// The text with spaces before it, up to a width.
  public func indented(to width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
