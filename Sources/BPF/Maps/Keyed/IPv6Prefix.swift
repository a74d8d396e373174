internal import Diagnostics

/// A network of IPv6 addresses as the key of a prefix trie: "2001:db8::/32".
public struct IPv6Prefix: PrefixKey, Sendable {
  /// How many bits of the address count.
  public var prefixLength: UInt32
  private var bytes: InlineArray<16, UInt8>

  /// The addresses whose first `prefixLength` bits are those of the address made from eight groups of 16 bits.
  ///
  /// Nil for another number of groups.
  public init?(groups: [UInt16], prefixLength: UInt32 = 128) {
    guard groups.count == 8 else { return nil }
    self.prefixLength = prefixLength
    bytes = InlineArray { index in UInt8(truncatingIfNeeded: groups[index / 2] >> (index % 2 == 0 ? 8 : 0)) }
  }

  /// The eight groups of 16 bits that the address is written in.
  public var groups: [UInt16] { (0..<8).map { UInt16(bytes[2 * $0]) << 8 | UInt16(bytes[2 * $0 + 1]) } }
}

extension IPv6Prefix: Hashable {
  /// Whether both are of the same address and length.
  public static func == (one: Self, other: Self) -> Bool {
    one.prefixLength == other.prefixLength && one.groups == other.groups
  }

  /// Hashes address and length.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(prefixLength)
    hasher.combine(groups)
  }
}

extension IPv6Prefix: LosslessStringConvertible {
  /// An address with or without a length: "2001:db8::/32", "::1", "::ffff:10.0.0.1"; nil for anything else.
  ///
  /// Source of the forms: RFC 4291, section 2.2.
  public init?(_ text: String) {
    guard let (address, length) = splitPrefix(text, addressBits: 128) else { return nil }
    var halves: [[UInt16]] = []
    var rest = address
    while let gap = rest.firstRange(ofText: "::") {
      // Only one run of zeroes is left out.
      guard halves.isEmpty, let half = Self.groups(rest[..<gap.lowerBound], isLast: false) else { return nil }
      halves.append(half)
      rest = rest[gap.upperBound...]
    }
    guard let last = Self.groups(rest, isLast: true) else { return nil }
    halves.append(last)
    let count = halves.reduce(0) { $0 + $1.count }
    guard halves.count == 2 ? count < 8 : count == 8 else { return nil }
    let zeroes = Array(repeating: UInt16(0), count: 8 - count)
    self.init(groups: halves.count == 2 ? halves[0] + zeroes + halves[1] : halves[0], prefixLength: length)
  }

  private static func groups(_ text: Substring, isLast: Bool) -> [UInt16]? {
    if text.isEmpty { return [] }
    var groups: [UInt16] = []
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      if isLast, index == parts.count - 1, part.contains(".") {
        guard !part.contains("/"), let address = IPv4Prefix(String(part))?.address else { return nil }
        groups += [UInt16(truncatingIfNeeded: address >> 16), UInt16(truncatingIfNeeded: address)]
      } else {
        guard (1...4).contains(part.utf8.count), part.utf8.first != 43, part.utf8.first != 45,
          let group = UInt16(part, radix: 16)
        else { return nil }
        groups.append(group)
      }
    }
    return groups
  }

  /// In the shortest form, as RFC 5952 wants it: "2001:db8::/32".
  public var description: String {
    let groups = groups
    // The first of the longest runs of two or more zeroes is left out.
    var longest = 0..<0
    var start: Int?
    for index in 0...groups.count {
      if index < groups.count, groups[index] == 0 {
        start = start ?? index
      } else if let first = start {
        if index - first > max(1, longest.count) { longest = first..<index }
        start = nil
      }
    }
    func text(_ groups: ArraySlice<UInt16>) -> String {
      groups.map { String($0, radix: 16) }.joined(separator: ":")
    }
    let address =
      longest.isEmpty
      ? text(groups[...]) : "\(text(groups[..<longest.lowerBound]))::\(text(groups[longest.upperBound...]))"
    return "\(address)/\(prefixLength)"
  }
}
