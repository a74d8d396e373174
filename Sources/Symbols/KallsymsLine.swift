/// A line of /proc/kallsyms, taken apart without copying.
struct KallsymsLine {
  let address: UInt64
  /// The letter of `nm`: `T` and `t` for code, `W` for weak symbols, and so on.
  let type: UInt8
  let name: UnsafeRawBufferPointer.SubSequence
  let module: UnsafeRawBufferPointer.SubSequence?

  /// Nil when the line has another form.
  init?(_ line: UnsafeRawBufferPointer.SubSequence) {
    var index = line.startIndex
    var address: UInt64 = 0
    while index < line.endIndex, let digit = Self.hexDigit(line[index]) {
      guard index - line.startIndex < 16 else { return nil }
      address = address << 4 | UInt64(digit)
      index += 1
    }
    guard index > line.startIndex, line.endIndex - index >= 4, line[index] == UInt8(ascii: " "),
      line[index + 2] == UInt8(ascii: " ")
    else { return nil }
    type = line[index + 1]
    let nameStart = index + 3
    var nameEnd = nameStart
    while nameEnd < line.endIndex, line[nameEnd] != UInt8(ascii: "\t"), line[nameEnd] != UInt8(ascii: " ") {
      nameEnd += 1
    }
    guard nameEnd > nameStart else { return nil }
    self.address = address
    name = line[nameStart..<nameEnd]
    var rest = line[nameEnd...]
    while let first = rest.first, first == UInt8(ascii: "\t") || first == UInt8(ascii: " ") { rest = rest.dropFirst() }
    if rest.first == UInt8(ascii: "["), rest.last == UInt8(ascii: "]"), rest.count > 2 {
      module = rest.dropFirst().dropLast()
    } else {
      module = nil
    }
  }

  private static func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    default: nil
    }
  }
}
