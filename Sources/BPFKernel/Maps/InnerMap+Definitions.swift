extension HashMap: InnerMap {
  /// The definition, and by its address the map.
  @_alwaysEmitIntoClient @_transparent
  public static func definition(maxEntries: UInt32) -> MapDefinition {
    MapDefinition(
      .hash, keySize: MemoryLayout<Key>.stride, valueSize: MemoryLayout<Value>.stride, maxEntries: maxEntries)
  }
}

extension LRUHashMap: InnerMap {
  /// The definition, and by its address the map.
  @_alwaysEmitIntoClient @_transparent
  public static func definition(maxEntries: UInt32) -> MapDefinition {
    MapDefinition(
      .lruHash, keySize: MemoryLayout<Key>.stride, valueSize: MemoryLayout<Value>.stride, maxEntries: maxEntries)
  }
}

extension PerCPUHashMap: InnerMap {
  /// The definition, and by its address the map.
  @_alwaysEmitIntoClient @_transparent
  public static func definition(maxEntries: UInt32) -> MapDefinition {
    MapDefinition(
      .perCPUHash, keySize: MemoryLayout<Key>.stride, valueSize: MemoryLayout<Value>.stride, maxEntries: maxEntries)
  }
}

extension LRUPerCPUHashMap: InnerMap {
  /// The definition, and by its address the map.
  @_alwaysEmitIntoClient @_transparent
  public static func definition(maxEntries: UInt32) -> MapDefinition {
    MapDefinition(
      .lruPerCPUHash, keySize: MemoryLayout<Key>.stride, valueSize: MemoryLayout<Value>.stride, maxEntries: maxEntries)
  }
}

extension ArrayMap: InnerMap {
  /// The definition, and by its address the map.
  @_alwaysEmitIntoClient @_transparent
  public static func definition(maxEntries: UInt32) -> MapDefinition {
    MapDefinition(.array, keySize: 4, valueSize: MemoryLayout<Value>.stride, maxEntries: maxEntries)
  }
}

extension PerCPUArrayMap: InnerMap {
  /// The definition, and by its address the map.
  @_alwaysEmitIntoClient @_transparent
  public static func definition(maxEntries: UInt32) -> MapDefinition {
    MapDefinition(.perCPUArray, keySize: 4, valueSize: MemoryLayout<Value>.stride, maxEntries: maxEntries)
  }
}

extension RingBuffer: InnerMap {
  /// The definition, and by its address the map.
  @_alwaysEmitIntoClient @_transparent
  public static func definition(maxEntries: UInt32) -> MapDefinition {
    MapDefinition(.ringBuffer, maxEntries: maxEntries)
  }
}
