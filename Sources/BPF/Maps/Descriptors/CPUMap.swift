internal import KernelInterface

/// CPUs to which XDP programs hand packets, each with the length of its queue.
///
///     let cpus = try CPUMap(object.map(named: "cpus"))
///     try cpus.set(queueSize: 192, at: 3)
///
/// `BPF_MAP_TYPE_CPUMAP`. *First kernel*: 4.15.
public struct CPUMap: TypedMap {
  /// What a CPU does.
  public struct Target: Hashable, Sendable {
    /// How many packets may wait for the CPU.
    public var queueSize: UInt32
    /// The number of the program that sees each packet on that CPU; nil for none.
    ///
    /// *First kernel*: 5.9.
    public var programID: UInt32?

    /// A CPU with a queue.
    public init(queueSize: UInt32, programID: UInt32? = nil) {
      self.queueSize = queueSize
      self.programID = programID
    }
  }

  /// The map itself.
  public let map: Map
  private let elements: ByteElements<UInt32>

  /// Takes a map that is there already.
  ///
  /// - Throws: ``BPFError/mapMismatch(_:)``.
  public init(_ map: Map) throws(BPFError) {
    try map.require([.cpuMap])
    elements = try ByteElements(map)
    self.map = map
  }

  /// Starts a kernel thread on a CPU that takes packets, seen first by a program of the attach type `BPF_XDP_CPUMAP`.
  ///
  /// A queue of 0 takes the CPU out again.
  ///
  /// - Throws: ``BPFError/mapElement(_:)``: `EOVERFLOW` for more than 16384 packets, `ENODEV` for a CPU that there cannot
  ///   be; ``BPFError/mapMismatch(_:)`` when the map's values have no place for a program.
  public func set(queueSize: UInt32, program: Program? = nil, at cpu: Int) throws(BPFError) {
    try elements.setWithProgram(queueSize, program, for: map.index(cpu))
  }

  /// What a CPU does, nil when it takes no packets.
  ///
  /// - Throws: ``BPFError/mapElement(_:)``.
  public func target(at cpu: Int) throws(BPFError) -> Target? {
    try elements.value(for: map.index(cpu)).map { bytes in
      let program = ByteElements<UInt32>.number(bytes, 1)
      return Target(queueSize: ByteElements<UInt32>.number(bytes, 0), programID: program == 0 ? nil : program)
    }
  }

  /// Lets a CPU take no more packets.
  ///
  /// - Throws: ``BPFError/mapElement(_:)``.
  public func remove(at cpu: Int) throws(BPFError) { _ = try elements.removeValue(for: map.index(cpu)) }
}
