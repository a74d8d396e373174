/// The contents of a gzip file, as `/proc/config.gz` is.
///
/// Formats: RFC 1952 (gzip) and RFC 1951 (deflate).
enum GzipArchive {
  /// Why bytes are no gzip file.
  enum Malformed: Error, Hashable {
    /// It does not begin with the magic number, or is not deflated.
    case noHeader
    /// It ends before its end.
    case truncated
    /// A block type, code or distance that the format does not have.
    case badBlock
    /// The contents are not those that the file was made from.
    case badChecksum
    /// It unpacks to more than was allowed.
    case tooLong
  }

  /// Unpacks a file of one member.
  static func unpack(_ bytes: [UInt8], limit: Int = 64 << 20) throws(Malformed) -> [UInt8] {
    guard bytes.count >= 18, bytes[0] == 0x1f, bytes[1] == 0x8b, bytes[2] == 8 else { throw .noHeader }
    let flags = bytes[3]
    var place = 10
    if flags & 4 != 0 {  // FEXTRA
      place += 2 + Int(bytes[10]) + Int(bytes[11]) << 8
    }
    for flag in [8, 16] as [UInt8] where flags & flag != 0 {  // FNAME, FCOMMENT: text up to a NUL
      guard place < bytes.count, let end = bytes[place...].firstIndex(of: 0) else { throw .truncated }
      place = end + 1
    }
    if flags & 2 != 0 { place += 2 }  // FHCRC
    guard place < bytes.count else { throw .truncated }
    var inflation = Inflation(input: bytes, place: place, limit: limit)
    try inflation.run()
    let end = inflation.place
    guard end + 8 <= bytes.count else { throw .truncated }
    func word(_ at: Int) -> UInt32 {
      (0..<4).reduce(0) { $0 | UInt32(bytes[at + $1]) << (8 * UInt32($1)) }
    }
    guard word(end) == checksum(inflation.output), word(end + 4) == UInt32(truncatingIfNeeded: inflation.output.count)
    else { throw .badChecksum }
    return inflation.output
  }

  private static let checksumTable: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { sum, _ in sum & 1 != 0 ? 0xedb8_8320 ^ sum >> 1 : sum >> 1 }
  }

  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(UInt32.max) { checksumTable[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ $0 >> 8 }
  }
}

/// Inflating, bit by bit.
private struct Inflation {
  let input: [UInt8]
  /// The next byte to take.
  var place: Int
  let limit: Int
  var output: [UInt8] = []
  private var bits: UInt64 = 0
  private var bitCount = 0

  init(input: [UInt8], place: Int, limit: Int) {
    self.input = input
    self.place = place
    self.limit = limit
  }

  mutating func run() throws(GzipArchive.Malformed) {
    var isLast = false
    while !isLast {
      isLast = try take(1) == 1
      switch try take(2) {
      case 0: try copyStored()
      case 1: try inflate(Self.fixedLiterals, Self.fixedDistances)
      case 2:
        let (literals, distances) = try readCodes()
        try inflate(literals, distances)
      default: throw .badBlock
      }
    }
    // Whole bytes that were taken too early go back.
    place -= bitCount / 8
  }

  private mutating func take(_ count: Int) throws(GzipArchive.Malformed) -> Int {
    while bitCount < count {
      guard place < input.count else { throw .truncated }
      bits |= UInt64(input[place]) << UInt64(bitCount)
      place += 1
      bitCount += 8
    }
    let value = Int(bits & (1 << UInt64(count) - 1))
    bits >>= UInt64(count)
    bitCount -= count
    return value
  }

  private mutating func copyStored() throws(GzipArchive.Malformed) {
    _ = try take(bitCount % 8)
    let length = try take(16)
    guard try take(16) == ~length & 0xffff else { throw .badBlock }
    guard output.count + length <= limit else { throw .tooLong }
    for _ in 0..<length { output.append(UInt8(truncatingIfNeeded: try take(8))) }
  }

  private mutating func symbol(_ code: Code) throws(GzipArchive.Malformed) -> Int {
    var value = 0
    var first = 0
    var index = 0
    for length in 1...15 {
      value |= try take(1)
      let count = code.counts[length]
      if value - first < count { return code.symbols[index + value - first] }
      index += count
      first = (first + count) << 1
      value <<= 1
    }
    throw .badBlock
  }

  private mutating func inflate(_ literals: Code, _ distances: Code) throws(GzipArchive.Malformed) {
    while true {
      let symbol = try symbol(literals)
      if symbol == 256 { return }
      if symbol < 256 {
        guard output.count < limit else { throw .tooLong }
        output.append(UInt8(symbol))
        continue
      }
      guard Self.lengths.indices.contains(symbol - 257) else { throw .badBlock }
      let length = Self.lengths[symbol - 257]
      let count = length.base + (try take(length.extraBits))
      let code = try self.symbol(distances)
      guard Self.distances.indices.contains(code) else { throw .badBlock }
      let distance = Self.distances[code].base + (try take(Self.distances[code].extraBits))
      guard distance <= output.count else { throw .badBlock }
      guard output.count + count <= limit else { throw .tooLong }
      // What is copied may be what this copy has just written.
      for _ in 0..<count { output.append(output[output.count - distance]) }
    }
  }

  private mutating func readCodes() throws(GzipArchive.Malformed) -> (Code, Code) {
    let literalCount = try take(5) + 257
    let distanceCount = try take(5) + 1
    let lengthCount = try take(4) + 4
    var lengths = [Int](repeating: 0, count: 19)
    for place in Self.lengthOrder.prefix(lengthCount) { lengths[place] = try take(3) }
    let code = try Code(lengths: lengths[...])
    lengths = []
    while lengths.count < literalCount + distanceCount {
      switch try symbol(code) {
      case 16:
        guard let last = lengths.last else { throw .badBlock }
        lengths += Array(repeating: last, count: 3 + (try take(2)))
      case 17: lengths += Array(repeating: 0, count: 3 + (try take(3)))
      case 18: lengths += Array(repeating: 0, count: 11 + (try take(7)))
      case let length: lengths.append(length)
      }
    }
    guard lengths.count == literalCount + distanceCount else { throw .badBlock }
    return (try Code(lengths: lengths[..<literalCount]), try Code(lengths: lengths[literalCount...]))
  }

  /// A canonical Huffman code: how many symbols there are of each length, and the symbols in the order of their codes.
  private struct Code {
    var counts = [Int](repeating: 0, count: 16)
    var symbols: [Int] = []

    init(lengths: ArraySlice<Int>) throws(GzipArchive.Malformed) {
      for length in lengths where length > 0 {
        guard length < counts.count else { throw .badBlock }
        counts[length] += 1
      }
      // More codes of a length than its bits allow would make one code mean two symbols.
      var free = 1
      for count in counts.dropFirst() {
        free = free * 2 - count
        if free < 0 { throw .badBlock }
      }
      for length in 1...15 where counts[length] > 0 {
        for (symbol, own) in lengths.enumerated() where own == length { symbols.append(symbol) }
      }
    }

    init(complete lengths: [Int]) {
      for length in lengths { counts[length] += 1 }
      for length in 1...15 {
        for (symbol, own) in lengths.enumerated() where own == length { symbols.append(symbol) }
      }
    }
  }

  private static let fixedLiterals = Code(
    complete: Array(repeating: 8, count: 144) + Array(repeating: 9, count: 112) + Array(repeating: 7, count: 24)
      + Array(repeating: 8, count: 8))
  private static let fixedDistances = Code(complete: Array(repeating: 5, count: 30))
  private static let lengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

  /// RFC 1951, 3.2.5: groups of codes that take the same number of extra bits.
  private static let lengths: [(base: Int, extraBits: Int)] = {
    var table: [(base: Int, extraBits: Int)] = []
    var base = 3
    for code in 0..<28 {
      let extra = code < 8 ? 0 : code / 4 - 1
      table.append((base, extra))
      base += 1 << extra
    }
    return table + [(258, 0)]
  }()

  private static let distances: [(base: Int, extraBits: Int)] = {
    var table: [(base: Int, extraBits: Int)] = []
    var base = 1
    for code in 0..<30 {
      let extra = code < 4 ? 0 : code / 2 - 1
      table.append((base, extra))
      base += 1 << extra
    }
    return table
  }()
}
