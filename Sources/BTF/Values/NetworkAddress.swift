/// An address of the Internet as people write it, in the order of the network.
struct NetworkAddress {
  /// 4 or 16 bytes.
  let bytes: [UInt8]

  /// An address that was typed with or without quotes; nil for anything else.
  init?(_ input: InputText) {
    switch input {
    case .word(let word): self.init(word)
    case .string(let text): self.init(String(decoding: text, as: UTF8.self))
    case .list, .fields: return nil
    }
  }

  /// `10.0.0.1`, `fe80::1` or `::ffff:10.0.0.1` (RFC 4291, section 2.2).
  init?(_ text: String) {
    if let four = Self.version4(text) {
      bytes = four
      return
    }
    guard text.contains(":") else { return nil }
    let halves = Self.halves(of: text)
    guard halves.count <= 2, let head = Self.groups(halves[0]) else { return nil }
    guard halves.count == 2 else {
      guard head.count == 16 else { return nil }
      bytes = head
      return
    }
    guard let tail = Self.groups(halves[1]), head.count + tail.count <= 14 else { return nil }
    bytes = head + [UInt8](repeating: 0, count: 16 - head.count - tail.count) + tail
  }

  /// The pieces between double colons.
  private static func halves(of text: String) -> [Substring] {
    var halves: [Substring] = []
    var rest = text[...]
    while let gap = rest.indices.first(where: { rest[$0...].hasPrefix("::") }) {
      halves.append(rest[..<gap])
      rest = rest[rest.index(gap, offsetBy: 2)...]
    }
    return halves + [rest]
  }

  private static func version4(_ text: some StringProtocol) -> [UInt8]? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let bytes = parts.compactMap { part in part.first?.isNumber == true ? UInt8(part) : nil }
    return parts.count == 4 && bytes.count == 4 ? bytes : nil
  }

  /// Groups of four hexadecimal digits, the last of which may be an address of four bytes.
  private static func groups(_ text: some StringProtocol) -> [UInt8]? {
    var bytes: [UInt8] = []
    if text.isEmpty { return bytes }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    for (place, part) in parts.enumerated() {
      if place == parts.count - 1, let four = version4(part) {
        bytes += four
        continue
      }
      guard (1...4).contains(part.count), part.allSatisfy(\.isHexDigit), let group = UInt16(part, radix: 16) else {
        return nil
      }
      bytes += [UInt8(group >> 8), UInt8(group & 0xff)]
    }
    return bytes
  }
}
