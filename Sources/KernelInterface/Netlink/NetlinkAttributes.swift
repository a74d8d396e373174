/// Writes a message's attributes: type, length and value, each at a multiple of 4 bytes.
///
/// Format: `struct nlattr` in `include/uapi/linux/netlink.h`.
struct NetlinkWriter {
  /// `NLA_F_NESTED`.
  private static let nested: UInt16 = 1 << 15

  private(set) var bytes: [UInt8] = []

  /// Adds the bytes of a fixed structure's field, which come before all attributes.
  mutating func append<Number: FixedWidthInteger>(_ number: Number) {
    withUnsafeBytes(of: number) { bytes.append(contentsOf: $0) }
  }

  /// Adds a number in the machine's byte order.
  mutating func append<Number: FixedWidthInteger>(_ type: UInt16, _ number: Number) {
    append(type) { $0.append(number) }
  }

  /// Adds text with a NUL behind it.
  mutating func append(_ type: UInt16, _ text: String) {
    append(type) { $0.bytes += Array(text.utf8) + [0] }
  }

  /// Adds an attribute of attributes.
  mutating func appendNested(_ type: UInt16, _ body: (inout Self) -> Void) { append(type | Self.nested, body) }

  private mutating func append(_ type: UInt16, _ body: (inout Self) -> Void) {
    let start = bytes.count
    append(UInt16(0))
    append(type)
    body(&self)
    // Nobody writes a value near 64 KiB: the longest is an interface's name.
    let length = UInt16(clamping: bytes.count - start)
    bytes[start] = UInt8(truncatingIfNeeded: length)
    bytes[start + 1] = UInt8(truncatingIfNeeded: length >> 8)
    if UInt16(1).bigEndian == 1 { bytes.swapAt(start, start + 1) }
    while bytes.count % 4 != 0 { bytes.append(0) }
  }
}

/// A message's attributes, taken apart.
struct NetlinkAttributes {
  /// Why bytes are no attributes.
  enum Malformation: Error, Hashable {
    /// The attribute at this offset says a length that it cannot have.
    case badLength(offset: Int, length: Int)
    /// An attribute's value is shorter than its type.
    case shortValue(type: UInt16, expected: Int, given: Int)
  }

  private let values: [(type: UInt16, value: ArraySlice<UInt8>)]

  /// Takes bytes apart; what the kernel writes is checked all the same.
  init(_ bytes: ArraySlice<UInt8>) throws(Malformation) {
    var values: [(type: UInt16, value: ArraySlice<UInt8>)] = []
    var rest = bytes
    while !rest.isEmpty {
      let offset = rest.startIndex - bytes.startIndex
      guard rest.count >= 4 else { throw .badLength(offset: offset, length: rest.count) }
      let length = Int(rest.number(UInt16.self, at: 0))
      guard length >= 4, length <= rest.count else { throw .badLength(offset: offset, length: length) }
      // The upper two bits are flags: NLA_F_NESTED and NLA_F_NET_BYTEORDER.
      values.append((rest.number(UInt16.self, at: 2) & 0x3fff, rest.dropFirst(4).prefix(length - 4)))
      rest = rest.dropFirst((length + 3) & ~3)
    }
    self.values = values
  }

  /// The bytes of the last attribute of a type.
  func bytes(_ type: UInt16) -> ArraySlice<UInt8>? { values.last { $0.type == type }?.value }

  /// A number in the machine's byte order; nil when there is no such attribute.
  func number<Number: FixedWidthInteger>(_ type: UInt16, _: Number.Type = Number.self) throws(Malformation) -> Number? {
    guard let bytes = bytes(type) else { return nil }
    guard bytes.count >= MemoryLayout<Number>.size else {
      throw .shortValue(type: type, expected: MemoryLayout<Number>.size, given: bytes.count)
    }
    return bytes.number(Number.self, at: 0)
  }

  /// Text up to its NUL.
  func text(_ type: UInt16) -> String? {
    bytes(type).map { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }

  /// The attributes inside an attribute.
  func nested(_ type: UInt16) throws(Malformation) -> NetlinkAttributes? {
    guard let bytes = bytes(type) else { return nil }
    return try NetlinkAttributes(bytes)
  }
}

extension ArraySlice<UInt8> {
  /// A number at an offset from the start; 0 beyond the end.
  func number<Number: FixedWidthInteger>(_ type: Number.Type, at offset: Int) -> Number {
    guard offset >= 0, offset <= count - MemoryLayout<Number>.size else { return 0 }
    return withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: type) }
  }
}
