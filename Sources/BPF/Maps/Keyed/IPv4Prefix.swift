/// A network of IPv4 addresses as the key of a prefix trie: "10.0.0.0/8".
public struct IPv4Prefix: PrefixKey, Hashable, Sendable {
  /// How many bits of the address count.
  public var prefixLength: UInt32
  private var bytes: (UInt8, UInt8, UInt8, UInt8)

  /// The addresses whose first `prefixLength` bits are those of `address`, a number in the machine's byte order.
  public init(_ address: UInt32, prefixLength: UInt32 = 32) {
    self.prefixLength = prefixLength
    bytes = (
      UInt8(truncatingIfNeeded: address >> 24), UInt8(truncatingIfNeeded: address >> 16),
      UInt8(truncatingIfNeeded: address >> 8), UInt8(truncatingIfNeeded: address)
    )
  }

  /// The address as a number in the machine's byte order: 10.0.0.1 is 0x0a00_0001.
  public var address: UInt32 {
    UInt32(bytes.0) << 24 | UInt32(bytes.1) << 16 | UInt32(bytes.2) << 8 | UInt32(bytes.3)
  }

  /// Whether both are of the same address and length.
  public static func == (one: Self, other: Self) -> Bool {
    one.prefixLength == other.prefixLength && one.bytes == other.bytes
  }

  /// Hashes address and length.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(prefixLength)
    hasher.combine(address)
  }
}

extension IPv4Prefix: LosslessStringConvertible {
  /// An address with or without a length: "10.0.0.0/8", "127.0.0.1"; nil for anything else.
  public init?(_ text: String) {
    guard let (address, length) = splitPrefix(text, addressBits: 32) else { return nil }
    let parts = address.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var number: UInt32 = 0
    for part in parts {
      // A leading zero means octal to some readers and nothing to others.
      guard let byte = decimal(part, atMost: 255) else { return nil }
      number = number << 8 | byte
    }
    self.init(number, prefixLength: length)
  }

  /// "10.0.0.0/8".
  public var description: String { "\(bytes.0).\(bytes.1).\(bytes.2).\(bytes.3)/\(prefixLength)" }
}

/// An address and the length behind its slash, all bits where there is none.
func splitPrefix(_ text: String, addressBits: UInt32) -> (address: Substring, length: UInt32)? {
  let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
  guard let address = parts.first else { return nil }
  if parts.count == 1 { return (address, addressBits) }
  guard let length = decimal(parts[1], atMost: addressBits) else { return nil }
  return (address, length)
}

/// A decimal number without sign and leading zeroes.
private func decimal(_ text: Substring, atMost limit: UInt32) -> UInt32? {
  guard (1...3).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }),
    text.utf8.count == 1 || text.utf8.first != 48, let number = UInt32(text), number <= limit
  else { return nil }
  return number
}
