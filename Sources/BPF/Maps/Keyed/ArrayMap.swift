public import KernelInterface

/// An array: values at the indexes below ``count``, all zero at first.
///
///     let limits = try ArrayMap<UInt64>(name: "limits", count: 16)
///     try limits.set(100, at: 3)
///
/// `BPF_MAP_TYPE_ARRAY`; also `BPF_MAP_TYPE_INSN_ARRAY`, of ``InstructionPlace`` (Linux 6.19). *First kernel*: 3.19.
public struct ArrayMap<Value: BitwiseCopyable>: IndexedMap {
  /// The map itself.
  public let map: Map
  /// How an index lies in memory.
  public let keyLayout: ByteLayout<UInt32>
  /// How values lie in memory.
  public let valueCoding: ByteLayout<Value>

  /// Takes a map that is there already.
  ///
  /// - Throws: ``BPFError/mapMismatch(_:)``.
  public init(_ map: Map) throws(BPFError) {
    try map.require([.array, .instructionArray])
    keyLayout = try map.keyLayout(UInt32.self)
    valueCoding = try map.valueLayout(Value.self)
    self.map = map
  }

  /// Creates an array of zeroes.
  ///
  /// - Throws: as ``Map/init(_:kernel:)``.
  public init(
    name: String, count: Int, flags: MapCreation.Flags = [], kernel: any KernelCalls = LiveKernel()
  ) throws(BPFError) {
    try self.init(
      Map(
        MapSpec(
          name: name, type: .array, keySize: 4, valueSize: MemoryLayout<Value>.stride, maxEntries: count, flags: flags),
        kernel: kernel))
  }
}

/// An array with a value for each CPU, which programs write without getting into each other's way.
///
///     let packets = try PerCPUArrayMap<UInt64>(name: "packets", count: 256)
///     try packets.value(at: 6)?.sum()
///
/// `BPF_MAP_TYPE_PERCPU_ARRAY`. *First kernel*: 4.6.
public struct PerCPUArrayMap<Element: BitwiseCopyable>: IndexedMap {
  /// The map itself.
  public let map: Map
  /// How an index lies in memory.
  public let keyLayout: ByteLayout<UInt32>
  /// How the values of all CPUs lie in memory.
  public let valueCoding: PerCPULayout<Element>

  /// Takes a map that is there already.
  ///
  /// - Throws: ``BPFError/mapMismatch(_:)``.
  public init(_ map: Map) throws(BPFError) {
    try map.require([.perCPUArray])
    keyLayout = try map.keyLayout(UInt32.self)
    valueCoding = try map.perCPULayout(Element.self)
    self.map = map
  }

  /// Creates an array of zeroes.
  ///
  /// - Throws: as ``Map/init(_:kernel:)``.
  public init(
    name: String, count: Int, flags: MapCreation.Flags = [], kernel: any KernelCalls = LiveKernel()
  ) throws(BPFError) {
    try self.init(
      Map(
        MapSpec(
          name: name, type: .perCPUArray, keySize: 4, valueSize: MemoryLayout<Element>.stride, maxEntries: count,
          flags: flags),
        kernel: kernel))
  }
}

/// Where an instruction of a program went: `struct bpf_insn_array_value`, what an instruction array holds.
///
/// *First kernel*: 6.19. Source: `include/uapi/linux/bpf.h`.
public struct InstructionPlace: BitwiseCopyable, Hashable, Sendable {
  /// Its index in the program as it was loaded; the only part that user space writes.
  public var loaded: UInt32
  /// Its index after the verifier's changes.
  public var translated: UInt32 = 0
  /// Its offset in the machine code, in bytes.
  public var machineCode: UInt32 = 0
  private var reserved: UInt32 = 0

  /// The instruction at this index of a program.
  public init(loaded: UInt32) { self.loaded = loaded }
}
