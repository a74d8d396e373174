internal import BTF

/// A line that a program in Swift logged (`log("\(Process.command) opens \(file)")`), taken out of its record.
///
/// A record is a row of 64-bit words in the machine's byte order. Word 0 is when it was sent (nanoseconds of the monotonic
/// clock); word 1 has the process in bits 0 to 31, the number of words in 32 to 47, the level in 48 to 55, and bit 56 set
/// when pieces were left out. Then come the pieces: a word with its kind in bits 0 to 7 and its bytes' number in 32 to 63,
/// and the bytes, filled up to whole words. `BPFKernel.LogRecord` writes it.
struct LogLine: Hashable {
  /// How much it matters.
  enum Level: UInt64 {
    case debug, information, warning, error
  }

  private enum Kind: UInt64 {
    case literal = 1
    case text, unsigned, signed, hexadecimal, boolean, ipv4, ipv6
  }

  var level: Level
  /// Nanoseconds of the monotonic clock.
  var time: UInt64
  var process: UInt32
  var text: String
  /// Whether the end is missing, for want of room in the record.
  var isCut: Bool

  /// Nil when the bytes are not laid out as such a record from the first word to the last.
  init?(_ record: UnsafeRawBufferPointer) {
    let count = record.count / 8
    guard record.count % 8 == 0, count >= 2 else { return nil }
    func word(_ index: Int) -> UInt64 { record.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self) }
    let facts = word(1)
    guard facts >> 32 & 0xffff == UInt64(count), facts >> 57 == 0, let level = Level(rawValue: facts >> 48 & 0xff)
    else {
      return nil
    }
    self.level = level
    time = word(0)
    process = UInt32(truncatingIfNeeded: facts)
    isCut = facts >> 56 & 1 == 1
    text = ""
    var place = 2
    while place < count {
      let header = word(place)
      guard header & 0xffff_ff00 == 0, let kind = Kind(rawValue: header & 0xff), header >> 32 <= 256 else { return nil }
      let size = Int(header >> 32)
      let next = place + 1 + (size + 7) / 8
      guard next <= count,
        let piece = Self.piece(kind, UnsafeRawBufferPointer(rebasing: record[(place + 1) * 8..<(place + 1) * 8 + size]))
      else { return nil }
      text += piece
      place = next
    }
  }

  private static func piece(_ kind: Kind, _ bytes: UnsafeRawBufferPointer) -> String? {
    switch kind {
    case .literal: return String(decoding: bytes, as: UTF8.self)
    case .text: return TypedValue.characters(Array(bytes)).columnText
    case .ipv4: return bytes.count == 4 ? bytes.map { "\($0)" }.joined(separator: ".") : nil
    case .ipv6: return bytes.count == 16 ? NetworkText.ipv6(Array(bytes)) : nil
    case .unsigned, .signed, .hexadecimal, .boolean:
      guard bytes.count == 8 else { return nil }
      let number = bytes.loadUnaligned(as: UInt64.self)
      switch kind {
      case .signed: return "\(Int64(bitPattern: number))"
      case .hexadecimal: return "0x\(String(number, radix: 16))"
      case .boolean: return number == 0 ? "false" : "true"
      default: return "\(number)"
      }
    }
  }

  /// The line as it is shown: with its level, unless that is the usual one.
  var shownText: String {
    let end = isCut ? "…" : ""
    return level == .information ? text + end : "\(level): \(text)\(end)"
  }

  /// The line as JSON.
  func json(map: String) -> String {
    func quoted(_ text: String) -> String { TypedValue.characters(Array(text.utf8)).json }
    return "{\"type\":\"log\",\"map\":\(quoted(map)),\"time\":\(time),\"pid\":\(process),\"level\":\"\(level)\","
      + "\"data\":\(quoted(text))\(isCut ? ",\"cut\":true" : "")}"
  }
}

/// Addresses of networks as people write them.
private enum NetworkText {
  /// An IPv6 address in its canonical form: groups in hexadecimal, the longest run of two or more zero groups as `::`
  /// (RFC 5952, section 4).
  static func ipv6(_ bytes: [UInt8]) -> String {
    let groups = (0..<8).map { UInt16(bytes[$0 * 2]) << 8 | UInt16(bytes[$0 * 2 + 1]) }
    var best = 0..<0
    var start = 0
    while start < 8 {
      var end = start
      while end < 8, groups[end] == 0 { end += 1 }
      if end - start > max(1, best.count) { best = start..<end }
      start = max(end, start + 1)
    }
    func text(_ range: Range<Int>) -> String {
      groups[range].map { String($0, radix: 16) }.joined(separator: ":")
    }
    return best.isEmpty ? text(0..<8) : "\(text(0..<best.lowerBound))::\(text(best.upperBound..<8))"
  }
}
