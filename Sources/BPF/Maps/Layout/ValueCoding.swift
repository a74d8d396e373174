/// How a map's values become bytes and back: ``ByteLayout`` of one value, ``PerCPULayout`` of one for each CPU.
public protocol ValueCoding: Sendable {
  /// What a key stands for.
  associatedtype Value

  /// Bytes of a value in the map.
  var byteCount: Int { get }

  /// How many bytes ``write(_:to:)`` writes for this value.
  func byteCount(of value: Value) -> Int

  /// Writes all bytes of a value.
  func write(_ value: Value, to destination: UnsafeMutableRawPointer)

  /// The value whose `byteCount` bytes are at `source`, at any alignment.
  func read(from source: UnsafeRawPointer) -> Value
}

extension ValueCoding {
  /// Values of most codings are all as long.
  public func byteCount(of value: Value) -> Int { byteCount }
}
