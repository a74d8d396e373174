public import KernelInterface
internal import LinuxSystem

/// A set that may say that it has a value which was never added, and never denies one that was.
///
///     let seen = try BloomFilter<UInt64>(name: "seen", expectedCount: 1_000_000)
///     try seen.insert(42)
///     try seen.contains(42)    // true
///
/// Values cannot be removed or listed. `BPF_MAP_TYPE_BLOOM_FILTER`. *First kernel*: 5.16.
public struct BloomFilter<Value: BitwiseCopyable>: TypedMap {
  /// The map itself.
  public let map: Map
  private let layout: ByteLayout<Value>

  /// Takes a map that is there already.
  ///
  /// - Throws: ``BPFError/mapMismatch(_:)``.
  public init(_ map: Map) throws(BPFError) {
    try map.require([.bloomFilter])
    layout = try map.valueLayout(Value.self)
    // Values are hashed as keys are.
    if let doubt = layout.doubt {
      throw .mapMismatch(MapMismatch(map: map.spec.name, .unclearPadding(reason: doubt)))
    }
    self.map = map
  }

  /// Creates an empty set whose memory suits so many values.
  ///
  /// More hash functions, 15 at most, mean fewer wrong answers and slower ones.
  ///
  /// - Throws: as ``Map/init(_:kernel:)``.
  public init(
    name: String, expectedCount: Int, hashFunctions: Int = 5, flags: MapCreation.Flags = [],
    kernel: any KernelCalls = LiveKernel()
  ) throws(BPFError) {
    try self.init(
      Map(
        MapSpec(
          name: name, type: .bloomFilter, keySize: 0, valueSize: MemoryLayout<Value>.stride, maxEntries: expectedCount,
          flags: flags, extra: UInt64(clamping: hashFunctions)),
        kernel: kernel))
  }

  /// Adds a value.
  ///
  /// - Throws: ``BPFError/mapElement(_:)``.
  public func insert(_ value: Value) throws(BPFError) {
    try map.withoutKey { () throws(SystemCallError) in
      try layout.withBytes(of: value) { bytes throws(SystemCallError) in
        try map.kernel.updateElement(of: map.descriptor, key: nil, value: bytes)
      }
    }
  }

  /// Whether a value may have been added; false means that it was not.
  ///
  /// - Throws: ``BPFError/mapElement(_:)``.
  public func contains(_ value: Value) throws(BPFError) -> Bool {
    try map.withoutKey { () throws(SystemCallError) in
      try layout.withBytes(of: value) { bytes throws(SystemCallError) in
        // The kernel only reads the value here.
        try map.kernel.lookUpElement(of: map.descriptor, key: nil, value: UnsafeMutableRawPointer(mutating: bytes))
      }
    }
  }
}
