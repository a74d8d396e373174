internal import Builtin

/// Maps by index, `BPF_MAP_TYPE_ARRAY_OF_MAPS`.
///
/// User space puts the maps in and changes them; a program finds one and works with it:
///
///     buckets.withMap(CPU.id) { bucket in bucket[Process.id, default: 0] &+= 1 }
///
/// *First kernel*: 4.12.
@frozen @_rawLayout(like: NestedMapDefinition)
public struct ArrayOfMaps<Inner: InnerMap & ~Copyable>: KernelMap, ~Copyable, @unchecked Sendable {
  @_alwaysEmitIntoClient var nested: UnsafeMutablePointer<NestedMapDefinition> {
    @_transparent get { UnsafeMutablePointer(Builtin.addressOfRawLayout(self)) }
  }

  /// The definition, and by its address the map.
  @_alwaysEmitIntoClient public var definition: UnsafeMutablePointer<MapDefinition> {
    @_transparent get { UnsafeMutablePointer(Builtin.addressOfRawLayout(self)) }
  }

  /// A map of at most `count` maps, each of at most `innerMaxEntries` elements.
  @_alwaysEmitIntoClient @_transparent
  public init(count: UInt32, innerMaxEntries: UInt32, pinned: Bool = false) {
    nested.initialize(
      to: NestedMapDefinition(
        outer: MapDefinition(
          .arrayOfMaps, keySize: 4, valueSize: 4, maxEntries: count, pinned: pinned),
        inner: Inner.definition(maxEntries: innerMaxEntries)))
  }

  /// Lends the map for `key` to `body`; false when there is none.
  @_alwaysEmitIntoClient @inline(__always) @discardableResult
  public borrowing func withMap(_ key: UInt32, _ body: (borrowing Inner) -> Void) -> Bool {
    guard let map = withPadded(key, { bpf_map_lookup_elem(raw, $0) }) else { return false }
    body(map.assumingMemoryBound(to: Inner.self).pointee)
    return true
  }
}
