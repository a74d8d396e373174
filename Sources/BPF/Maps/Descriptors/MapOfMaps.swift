public import KernelInterface
internal import LinuxSystem

/// Maps by index or by key; programs look up an inner map and then in it.
///
///     let perDevice = try MapOfMaps<UInt32>(name: "per_device", type: .hashOfMaps, maxEntries: 16, inner: counts)
///     try perDevice.set(Map(counts), for: 2)
///     let inner = try perDevice.map(for: 2).map { try HashMap<UInt32, UInt64>($0) }
///
/// `BPF_MAP_TYPE_ARRAY_OF_MAPS`, whose keys are `UInt32`, and `BPF_MAP_TYPE_HASH_OF_MAPS`. *First kernel*: 4.12.
public struct MapOfMaps<Key: BitwiseCopyable>: TypedMap {
  /// The outer map itself.
  public let map: Map
  private let elements: ByteElements<Key>

  /// Takes a map that is there already.
  ///
  /// - Throws: ``BPFError/mapMismatch(_:)``.
  public init(_ map: Map) throws(BPFError) {
    try map.require([.arrayOfMaps, .hashOfMaps])
    elements = try ByteElements(map)
    self.map = map
  }

  /// Creates an outer map for inner ones that are like `inner`.
  ///
  /// - Throws: ``BPFError/mapMismatch(_:)`` for a type that holds no maps; else as ``Map/init(_:kernel:)``.
  public init(
    name: String, type: MapType, maxEntries: Int, inner: MapSpec, flags: MapCreation.Flags = [],
    kernel: any KernelCalls = LiveKernel()
  ) throws(BPFError) {
    guard [.arrayOfMaps, .hashOfMaps].contains(type) else {
      throw .mapMismatch(MapMismatch(map: name, .type(type, expected: [.arrayOfMaps, .hashOfMaps])))
    }
    let prototype = try Map(inner, kernel: kernel)
    let descriptor = try prototype.descriptor.withNumber { number throws(BPFError) in
      try Map.create(
        MapCreation(
          type: type, keySize: UInt32(clamping: MemoryLayout<Key>.stride), valueSize: 4,
          maxEntries: UInt32(clamping: maxEntries), flags: flags, name: ObjectName(name), innerMap: number),
        named: name, kernel)
    }
    try self.init(Map(adopting: descriptor, kernel: kernel))
  }

  /// Puts an inner map at a key.
  ///
  /// - Throws: ``BPFError/mapElement(_:)``: `EINVAL` for a map of another make than the outer one was created for.
  public func set(_ inner: Map, for key: Key, _ update: ElementUpdate = .any) throws(BPFError) {
    try inner.descriptor.withNumber { number throws(BPFError) in
      try elements.set(elements.bytes(descriptor: number), for: key, update)
    }
  }

  /// The number of the inner map at a key, nil where there is none.
  ///
  /// - Throws: ``BPFError/mapElement(_:)``.
  public func mapID(for key: Key) throws(BPFError) -> UInt32? {
    try elements.value(for: key).map { ByteElements<Key>.number($0, 0) }
  }

  /// Opens the inner map at a key, nil where there is none.
  ///
  /// Needs CAP_SYS_ADMIN.
  ///
  /// - Throws: ``BPFError/mapElement(_:)``; ``BPFError/systemCall(_:)`` with `EPERM` without CAP_SYS_ADMIN, `ENOENT`
  ///   when the map has gone.
  public func map(for key: Key) throws(BPFError) -> Map? {
    guard let id = try mapID(for: key) else { return nil }
    return try Map(id: id, kernel: map.kernel)
  }

  /// Takes an inner map away; false when there is none.
  ///
  /// - Throws: ``BPFError/mapElement(_:)``.
  @discardableResult
  public func removeValue(for key: Key) throws(BPFError) -> Bool { try elements.removeValue(for: key) }

  /// The keys that have a map, each with its map's number.
  ///
  /// - Throws: ``BPFError/systemCall(_:)``.
  public func mapIDs() throws(BPFError) -> [(key: Key, id: UInt32)] {
    var found: [(key: Key, id: UInt32)] = []
    for (key, value) in try elements.elements() { found.append((key, ByteElements<Key>.number(value, 0))) }
    return found
  }
}
