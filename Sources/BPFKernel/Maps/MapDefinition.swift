/// What the loader must create for a map: the initial bytes of each global map variable.
///
/// In a kernel program a map type is nothing but this definition in raw layout, so that the address of the variable is
/// the map and its bytes say which one. `bpf build` reads the bytes from the compiled initialiser, writes the map's
/// entry of the object's `.maps` section, and takes the key's and value's types from the map type's parameters.
/// In the simulated form the bytes stay where they are, and the simulated kernel makes its map from them.
///
/// Source: the fields of `union bpf_attr` for `BPF_MAP_CREATE` in the kernel's `include/uapi/linux/bpf.h`.
@frozen
public struct MapDefinition: BitwiseCopyable, Sendable {
  /// The kind of map, as in `enum bpf_map_type`.
  public var type: UInt32
  /// Bytes of a key: its type's stride, 0 for maps without keys.
  public var keySize: UInt32
  /// Bytes of a value: its type's stride, 0 for maps without values.
  public var valueSize: UInt32
  /// The number of elements, or of bytes for a ring buffer.
  public var maxEntries: UInt32
  /// `BPF_F_…` flags of map creation.
  public var flags: UInt32
  /// 1 when the loader pins the map by its name and takes over one that is pinned already (`LIBBPF_PIN_BY_NAME`).
  public var pinning: UInt32
  /// `map_extra`: what some kinds take besides, as a Bloom filter its number of hashes.
  public var extra: UInt64

  @_alwaysEmitIntoClient @_transparent
  init(
    _ type: MapType, keySize: Int = 0, valueSize: Int = 0, maxEntries: UInt32, flags: MapFlags = .none,
    pinned: Bool = false, extra: UInt64 = 0
  ) {
    self.type = type.rawValue
    self.keySize = UInt32(truncatingIfNeeded: keySize)
    self.valueSize = UInt32(truncatingIfNeeded: valueSize)
    self.maxEntries = maxEntries
    self.flags = flags.rawValue
    self.pinning = pinned ? 1 : 0
    self.extra = extra
  }
}
