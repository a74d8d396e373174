/// The argument of `perf_event_open(2)`: the first 112 bytes of `struct perf_event_attr`, which every kernel since 4.1
/// has (`PERF_ATTR_SIZE_VER5`).
///
/// Offsets: `include/uapi/linux/perf_event.h`.
public struct PerfEventAttribute: Sendable {
  static let size = 112

  private var words = InlineArray<14, UInt64>(repeating: 0)

  /// An event of a type (`PERF_TYPE_…`, or a number from `/sys/bus/event_source`) that does not count yet.
  init(type: UInt32, config: UInt64) {
    set(type, at: 0)  // type
    set(UInt32(Self.size), at: 4)  // size
    set(config, at: 8)  // config
  }

  /// Lends the bytes.
  public mutating func withUnsafeMutableBytes<R>(_ body: (UnsafeMutableRawBufferPointer) -> R) -> R {
    Swift.withUnsafeMutableBytes(of: &words, body)
  }

  mutating func set<Number: FixedWidthInteger>(_ number: Number, at offset: Int) {
    withUnsafeMutableBytes { $0.storeBytes(of: number, toByteOffset: offset, as: Number.self) }
  }

  /// Reads a number at a field's offset.
  public func get<Number: FixedWidthInteger>(_ type: Number.Type, at offset: Int) -> Number {
    withUnsafeBytes(of: words) { $0.loadUnaligned(fromByteOffset: offset, as: type) }
  }
}
