internal import Builtin

/// A set that may say yes of a value that it has not seen, but never no of one that it has, `BPF_MAP_TYPE_BLOOM_FILTER`.
///
/// *First kernel*: 5.16.
@frozen @_rawLayout(like: MapDefinition)
public struct BloomFilter<Value: BitwiseCopyable>: KernelMap, ~Copyable, @unchecked Sendable {
  /// The definition, and by its address the map.
  @_alwaysEmitIntoClient public var definition: UnsafeMutablePointer<MapDefinition> {
    @_transparent get { UnsafeMutablePointer(Builtin.addressOfRawLayout(self)) }
  }

  /// A filter for about `maxEntries` values.
  ///
  /// More hash functions, up to 15, make wrong answers rarer and calls slower.
  @_alwaysEmitIntoClient @_transparent
  public init(maxEntries: UInt32, hashCount: UInt64 = 5, pinned: Bool = false) {
    definition.initialize(
      to: MapDefinition(
        .bloomFilter, valueSize: MemoryLayout<Value>.stride, maxEntries: maxEntries, pinned: pinned, extra: hashCount))
  }

  /// Adds `value` to the set.
  ///
  /// `bpf_map_push_elem`.
  @_alwaysEmitIntoClient @inline(__always) @discardableResult
  public borrowing func insert(_ value: Value) -> Bool { withPadded(value) { bpf_map_push_elem(raw, $0, 0) } == 0 }

  /// Whether `value` was added, perhaps.
  ///
  /// `bpf_map_peek_elem`.
  @_alwaysEmitIntoClient @inline(__always)
  public borrowing func contains(_ value: Value) -> Bool { withPadded(value) { bpf_map_peek_elem(raw, $0) } == 0 }
}
