public import KernelInterface
internal import LinuxSystem

/// A map with a value at each index below its number of entries.
public protocol IndexedMap: KeyedMap where Key == UInt32 {}

extension IndexedMap {
  /// How many values there are.
  public var count: Int { map.spec.maxEntries }

  /// The value at an index, nil beyond the last.
  ///
  /// - Throws: ``BPFError/mapElement(_:)``.
  public func value(at index: Int, _ flags: ElementFlags = []) throws(BPFError) -> Value? {
    try UInt32(exactly: index).flatMap { (index) throws(BPFError) in try value(for: index, flags) }
  }

  /// Writes the value at an index.
  ///
  /// - Throws: ``BPFError/mapElement(_:)``, `E2BIG` beyond the last index.
  public func set(_ value: Value, at index: Int, _ flags: ElementFlags = []) throws(BPFError) {
    try set(value, for: map.index(index), .any, flags)
  }

  /// All values, in the order of their indexes.
  ///
  /// - Throws: ``BPFError/systemCall(_:)``.
  public func values() throws(BPFError) -> [Value] { try elements().map(\.value) }
}

extension Map {
  /// An index as the kernel takes it; one that no array has is refused as the kernel refuses those.
  func index(_ index: Int) throws(BPFError) -> UInt32 {
    if let number = UInt32(exactly: index) { return number }
    throw elementError(
      SystemCallError(call: "bpf(BPF_MAP_UPDATE_ELEM)", subject: "map", errno: .argumentListTooLong), key: "\(index)")
  }
}
