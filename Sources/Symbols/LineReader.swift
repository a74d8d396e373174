/// Gives the lines of a text in memory one after the other, without their ends and without copying.
struct LineReader {
  private var rest: UnsafeRawBufferPointer.SubSequence

  init(_ text: UnsafeRawBufferPointer) { rest = text[...] }

  mutating func next() -> UnsafeRawBufferPointer.SubSequence? {
    guard !rest.isEmpty else { return nil }
    guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else {
      defer { rest = rest[rest.endIndex...] }
      return rest
    }
    defer { rest = rest[(end + 1)...] }
    return rest[..<end]
  }
}
