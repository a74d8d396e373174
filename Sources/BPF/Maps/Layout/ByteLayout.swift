/// How values of a Swift type lie in a map: as many bytes as the type's stride, with zeroes where it has padding.
///
/// Swift lays fields out as C does: each at the next multiple of its alignment. Two things differ. What C counts in
/// `sizeof` is Swift's stride, not its size; that is what is written. And a field behind a structure begins in that
/// structure's last padding, where C begins behind it: `struct { struct { u32 a; u8 b; } x; u8 c; }` has `c` at 8 in C
/// and at 5 in Swift. Declare such fields flat, or import the C structure.
///
/// Padding is found by the fields of the type, at any depth: structures, tuples, `InlineArray` and SIMD vectors. A hash
/// map compares keys byte by byte, so a key of which some bytes are not known to be either is refused unless it says so
/// itself by ``KnownPadding``; in values such bytes are copied as they are. These are gaps in structures imported from C
/// (they may be bit fields or nameless unions, which Swift does not see), C unions, and enumerations with payloads.
public struct ByteLayout<T: BitwiseCopyable>: ValueCoding {
  /// Bytes of a value in the map: the type's stride.
  public let byteCount: Int
  /// The bytes that are padding, ascending.
  public let padding: [Range<Int>]
  /// Why some bytes may be either; nil when all are known.
  let doubt: String?
  private let data: [Range<Int>]

  /// Finds the padding of `T`; some microseconds of work, so keep what comes out.
  public init() {
    byteCount = MemoryLayout<T>.stride
    let walk = FieldWalk(T.self, byteCount: byteCount)
    doubt = walk.doubt
    let isData = walk.isData
    data = Self.runs(of: true, in: isData)
    padding = Self.runs(of: false, in: isData)
  }

  /// Writes a value's bytes, padding as zeroes, to `byteCount` bytes at `destination`.
  public func write(_ value: T, to destination: UnsafeMutableRawPointer) {
    withUnsafeBytes(of: value) { source in
      guard let base = source.baseAddress else { return }
      if padding.isEmpty {
        destination.copyMemory(from: base, byteCount: byteCount)
      } else {
        destination.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
        for range in data {
          (destination + range.lowerBound).copyMemory(from: base + range.lowerBound, byteCount: range.count)
        }
      }
    }
  }

  /// Lends a value's bytes with zeroed padding.
  func withBytes<R, E: Error>(of value: T, _ body: (UnsafeRawPointer) throws(E) -> R) throws(E) -> R {
    if padding.isEmpty {
      var copy = value
      return try withUnsafePointer(to: &copy) { pointer throws(E) in try body(UnsafeRawPointer(pointer)) }
    }
    let bytes = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: 16)
    defer { bytes.deallocate() }
    write(value, to: bytes)
    return try body(UnsafeRawPointer(bytes))
  }

  /// The value whose bytes are at `source`, at any alignment.
  @inlinable
  public func read(from source: UnsafeRawPointer) -> T { source.loadUnaligned(as: T.self) }

  private static func runs(of value: Bool, in bytes: [Bool]) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    for (index, byte) in bytes.enumerated() where byte == value {
      if let last = runs.last, last.upperBound == index {
        runs[runs.count - 1] = last.lowerBound..<index + 1
      } else {
        runs.append(index..<index + 1)
      }
    }
    return runs
  }
}
