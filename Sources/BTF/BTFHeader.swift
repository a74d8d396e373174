/// The header of BTF (`struct btf_header`), with its sections' places in the whole.
struct BTFHeader {
  static let magic: UInt16 = 0xeB9F
  static let version: UInt8 = 1
  static let length = 24

  /// Bytes of the type section, from the first byte of the header.
  let types: Range<Int>
  /// Bytes of the string section, from the first byte of the header.
  let strings: Range<Int>

  /// Reads the header and notes the byte order in `bytes`.
  init(reading bytes: inout GraphBytes) throws(BTFError) {
    guard bytes.count >= Self.length else { throw BTFError(.truncatedHeader(length: bytes.count), at: 0) }
    let magic = bytes.halfWord(at: 0)
    if magic == Self.magic.byteSwapped {
      bytes.isSwapped = true
    } else if magic != Self.magic {
      throw BTFError(.badMagic(magic), at: 0)
    }
    let version = bytes.byte(at: 2)
    guard version == Self.version else { throw BTFError(.unsupportedVersion(version), at: 2) }
    let headerLength = Int(bytes.word(at: 4))
    guard headerLength >= Self.length, headerLength <= bytes.count else {
      throw BTFError(.sectionOutOfBounds(.header), at: 4)
    }
    types = try Self.section(.types, at: 8, after: headerLength, of: bytes)
    strings = try Self.section(.strings, at: 16, after: headerLength, of: bytes)
  }

  private static func section(
    _ section: BTFError.Section, at place: Int, after headerLength: Int, of bytes: GraphBytes
  ) throws(BTFError) -> Range<Int> {
    // Three 32-bit numbers cannot overflow 64 bits.
    let start = headerLength + Int(bytes.word(at: place))
    let end = start + Int(bytes.word(at: place + 4))
    guard end <= bytes.count else { throw BTFError(.sectionOutOfBounds(section), at: place) }
    return start..<end
  }

  /// The whole of a graph in this machine's byte order: a header and its two sections.
  static func blob(types: [UInt8], strings: [UInt8]) throws(BTFError) -> [UInt8] {
    guard let typesLength = UInt32(exactly: types.count), let stringsLength = UInt32(exactly: strings.count) else {
      throw BTFError(.limitExceeded(.size(max(types.count, strings.count))))
    }
    var blob: [UInt8] = []
    blob.reserveCapacity(length + types.count + strings.count)
    withUnsafeBytes(of: magic) { blob.append(contentsOf: $0) }
    blob.append(version)
    blob.append(0)
    for value in [UInt32(length), 0, typesLength, typesLength, stringsLength] { blob.appendWord(value) }
    return blob + types + strings
  }
}

extension [UInt8] {
  /// Turns the numbers of a section to the other byte order: behind a magic number of 16 bits, a version and flags, all
  /// have 32 bits.
  mutating func swapWords(upTo end: Int) {
    guard count >= 4 else { return }
    swapAt(0, 1)
    for start in stride(from: 4, to: Swift.min(end, count) - 3, by: 4) { self[start..<start + 4].reverse() }
  }
}
