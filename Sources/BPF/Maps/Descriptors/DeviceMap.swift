internal import KernelInterface
internal import LinuxSystem

/// Network devices by index, to which XDP programs redirect packets.
///
///     let ports = try DeviceMap(object.map(named: "ports"))
///     try ports.set(DeviceMap.Target(interface: 2), for: 0)
///
/// `BPF_MAP_TYPE_DEVMAP` (*first kernel* 4.14), with indexes below its number of entries, and
/// `BPF_MAP_TYPE_DEVMAP_HASH` (5.4), with any.
public struct DeviceMap: TypedMap {
  /// Where packets go.
  public struct Target: Hashable, Sendable {
    /// The number of the network interface.
    public var interface: UInt32
    /// The number of the program that sees each packet before it is sent; nil for none.
    ///
    /// *First kernel*: 5.8.
    public var programID: UInt32?

    /// Packets go out of this interface.
    public init(interface: UInt32, programID: UInt32? = nil) {
      self.interface = interface
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
    try map.require([.deviceMap, .deviceMapHash])
    elements = try ByteElements(map)
    self.map = map
  }

  /// Has packets for an index go out of an interface, seen before by a program of the attach type `BPF_XDP_DEVMAP`.
  ///
  /// - Throws: ``BPFError/mapElement(_:)``: `EINVAL` when there is no such interface or the program is of another kind;
  ///   ``BPFError/mapMismatch(_:)`` when the map's values have no place for a program.
  public func set(interface: UInt32, program: Program? = nil, for index: UInt32) throws(BPFError) {
    try elements.setWithProgram(interface, program, for: index)
  }

  /// Where packets for an index go, nil for nowhere.
  ///
  /// - Throws: ``BPFError/mapElement(_:)``.
  public func target(for index: UInt32) throws(BPFError) -> Target? {
    try elements.value(for: index).map { bytes in
      let program = ByteElements<UInt32>.number(bytes, 1)
      return Target(interface: ByteElements<UInt32>.number(bytes, 0), programID: program == 0 ? nil : program)
    }
  }

  /// Has packets for an index go nowhere; false for an index beyond the map or without a device.
  ///
  /// - Throws: ``BPFError/mapElement(_:)``.
  @discardableResult
  public func removeValue(for index: UInt32) throws(BPFError) -> Bool {
    // The array answers success for an empty place too.
    guard try target(for: index) != nil else { return false }
    return try elements.removeValue(for: index)
  }
}

extension ByteElements where Key == UInt32 {
  /// Writes a number and the descriptor of a program behind it: `struct bpf_devmap_val`, `struct bpf_cpumap_val`.
  func setWithProgram(_ number: UInt32, _ program: Program?, for key: UInt32) throws(BPFError) {
    guard let program else {
      // The kernel reads a descriptor above 0 as a program and takes anything else for none.
      return try set(bytes(number), for: key)
    }
    guard valueCoding.byteCount >= 8 else {
      throw .mapMismatch(
        MapMismatch(map: name, .valueSize(valueCoding.byteCount, type: "a number with a program", byteCount: 8)))
    }
    try program.descriptor.withNumber { descriptor throws(BPFError) in
      try set(bytes(number, UInt32(bitPattern: descriptor)), for: key)
    }
  }
}
