/// The order of an integer's bytes in a file.
public enum ByteOrder: Sendable {
  case little
  case big

  /// The order of the machine that runs this code.
  public static var host: ByteOrder { 1.littleEndian == 1 ? .little : .big }
}

/// Read-only bytes that somebody keeps alive: a mapped file, or an array; a part of a region is a region too.
///
/// Nothing is copied when a region is cut into parts. Every access is checked against the region's own size and
/// answers nil when it would leave it, because offsets usually come from the bytes themselves.
///
///     let region = ByteRegion([0x7f, 0x45, 0x4c, 0x46])
///     region.integer(at: 0, as: UInt16.self, order: .little)   // 0x457f
///     region.integer(at: 3, as: UInt16.self, order: .little)   // nil
public struct ByteRegion: ByteSource, @unchecked Sendable {
  // Unchecked: the pointer is read only, and `owner` keeps what it points at alive and unchanged.
  private let bytes: UnsafeRawBufferPointer
  private let owner: AnyObject?

  /// Bytes that live as long as `owner` does, such as a mapping.
  public init(_ bytes: UnsafeRawBufferPointer, keptBy owner: AnyObject?) {
    self.bytes = bytes
    self.owner = owner
  }

  /// A copy of bytes in memory.
  public init(_ bytes: some Collection<UInt8>) {
    let storage = Storage(bytes)
    self.init(UnsafeRawBufferPointer(storage.bytes), keptBy: storage)
  }

  /// Bytes in memory of their own, which `fill` writes; those that it leaves are zero.
  public init<E: Error>(count: Int, filledBy fill: (UnsafeMutableRawBufferPointer) throws(E) -> Void) throws(E) {
    let storage = Storage(repeatElement(0, count: max(count, 0)))
    try fill(UnsafeMutableRawBufferPointer(storage.bytes))
    self.init(UnsafeRawBufferPointer(storage.bytes), keptBy: storage)
  }

  /// The number of bytes.
  public var count: Int { bytes.count }

  /// Whether there is no byte.
  public var isEmpty: Bool { bytes.isEmpty }

  /// The `count` bytes from `offset` on, or nil when they are not all there.
  public func part(at offset: Int, count: Int) -> ByteRegion? {
    guard contains(offset, count) else { return nil }
    return ByteRegion(UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count]), keptBy: owner)
  }

  /// The integer that starts at `offset`, which need not be aligned, or nil when it is not all there.
  public func integer<I: FixedWidthInteger>(at offset: Int, as type: I.Type, order: ByteOrder) -> I? {
    guard contains(offset, MemoryLayout<I>.size) else { return nil }
    let raw = bytes.loadUnaligned(fromByteOffset: offset, as: type)
    return order == .little ? I(littleEndian: raw) : I(bigEndian: raw)
  }

  /// The bytes from `offset` up to the NUL that ends them, which is left out; nil when there is no NUL.
  public func cString(at offset: Int) -> ByteRegion? {
    guard offset >= 0, offset < bytes.count else { return nil }
    var end = offset
    // Eight bytes at a time while none of them is 0: subtracting 1 borrows into the top bit only of a byte that was 0,
    // or of one that had it set already.
    while end <= bytes.count - 8 {
      let word = bytes.loadUnaligned(fromByteOffset: end, as: UInt64.self)
      if (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080 != 0 { break }
      end += 8
    }
    while end < bytes.count, bytes[end] != 0 { end += 1 }
    return end < bytes.count ? part(at: offset, count: end - offset) : nil
  }

  /// The text from `offset` up to the NUL that ends it; bytes that are not UTF-8 are replaced by U+FFFD.
  public func string(at offset: Int) -> String? {
    cString(at: offset).map(\.text)
  }

  /// All bytes as text; bytes that are not UTF-8 are replaced by U+FFFD.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Lends the bytes for the length of one call.
  public func withUnsafeBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
    defer { withExtendedLifetime(owner) {} }
    return try body(bytes)
  }

  private func contains(_ offset: Int, _ count: Int) -> Bool {
    offset >= 0 && count >= 0 && offset <= bytes.count && count <= bytes.count - offset
  }

  private final class Storage {
    let bytes: UnsafeMutableBufferPointer<UInt8>

    init(_ source: some Collection<UInt8>) {
      bytes = .allocate(capacity: source.count)
      _ = bytes.initialize(fromContentsOf: source)
    }

    deinit { bytes.deallocate() }
  }
}

extension ByteRegion: Equatable {
  /// Whether both hold the same bytes.
  public static func == (one: ByteRegion, other: ByteRegion) -> Bool {
    one.count == other.count && one.bytes.elementsEqual(other.bytes)
  }
}
