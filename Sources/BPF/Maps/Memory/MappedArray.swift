public import KernelInterface

/// An array whose values are memory of this process: no call is needed to read or write one.
///
///     let gauges = try MappedArray<UInt64>(name: "gauges", count: 16)
///     gauges[3] += 1
///
/// Numbers of 1, 2, 4 and 8 bytes are read and written in one piece; of longer values a program that writes meanwhile may
/// leave half. `BPF_MAP_TYPE_ARRAY` with `BPF_F_MMAPABLE`. *First kernel*: 5.5.
public struct MappedArray<Value: BitwiseCopyable>: TypedMap, RandomAccessCollection {
  private let memory: MapMemory
  private let layout: ByteLayout<Value>

  /// The map itself.
  public var map: Map { memory.map }

  /// Maps an array that is there already for reading and writing.
  ///
  /// - Throws: ``BPFError/mapMismatch(_:)``, also for an array that was created without `BPF_F_MMAPABLE`.
  public init(_ map: Map) throws(BPFError) {
    try map.require([.array])
    layout = try map.valueLayout(Value.self)
    memory = try MapMemory(map)
  }

  /// Creates an array of zeroes.
  ///
  /// - Throws: as ``Map/init(_:kernel:)``.
  public init(name: String, count: Int, kernel: any KernelCalls = LiveKernel()) throws(BPFError) {
    try self.init(
      Map(
        MapSpec(
          name: name, type: .array, keySize: 4, valueSize: MemoryLayout<Value>.stride, maxEntries: count,
          flags: .mappable),
        kernel: kernel))
  }

  /// 0.
  public var startIndex: Int { 0 }
  /// How many values there are.
  public var endIndex: Int { map.spec.maxEntries }

  /// The value at an index, which must be one of the array's.
  public subscript(position: Int) -> Value {
    get {
      precondition(indices.contains(position), "index \(position) is beyond the \(endIndex) values of '\(name)'")
      return memory.load(Value.self, at: position * memory.stride)
    }
    nonmutating set {
      precondition(indices.contains(position), "index \(position) is beyond the \(endIndex) values of '\(name)'")
      memory.store(newValue, layout, at: position * memory.stride)
    }
  }
}
