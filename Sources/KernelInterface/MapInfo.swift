public import LinuxSystem

/// What the kernel tells of a map: `struct bpf_map_info`.
public struct MapInfo: Hashable, Sendable {
  /// Its kind.
  public var type: MapType
  /// Its number.
  public var id: UInt32
  /// Its name, cut to 15 bytes.
  public var name: String
  /// Bytes of a key.
  public var keySize: Int
  /// Bytes of a value; of a per-CPU map, the value of one CPU.
  public var valueSize: Int
  /// Entries at most.
  public var maxEntries: Int
  /// How it behaves.
  public var flags: MapCreation.Flags
  /// Its type information, 0 for none.
  public var btfID: UInt32
  /// The type of a key.
  public var keyTypeID: UInt32
  /// The type of a value.
  public var valueTypeID: UInt32
  /// The kernel's type of a `struct_ops` map's value; 0 for other maps.
  ///
  /// Linux 5.6.
  public var kernelValueTypeID: UInt32 = 0
  /// The type information that has that type, the kernel's or a module's; 0 for other maps.
  ///
  /// Linux 6.9.
  public var kernelTypesID: UInt32 = 0
  /// `map_extra`.
  ///
  /// Linux 5.16.
  public var extra: UInt64
}

extension KernelCalls {
  /// The facts about a map.
  public func mapInfo(_ map: borrowing OwnedDescriptor) throws(SystemCallError) -> MapInfo {
    let info = try objectInfo(map, size: 104, subject: "map")
    return MapInfo(
      type: MapType(rawValue: info.number(UInt32.self, at: 0)), id: info.number(UInt32.self, at: 4),
      name: info.text(at: 24, count: 16), keySize: Int(info.number(UInt32.self, at: 8)),
      valueSize: Int(info.number(UInt32.self, at: 12)), maxEntries: Int(info.number(UInt32.self, at: 16)),
      flags: MapCreation.Flags(rawValue: info.number(UInt32.self, at: 20)), btfID: info.number(UInt32.self, at: 64),
      keyTypeID: info.number(UInt32.self, at: 68), valueTypeID: info.number(UInt32.self, at: 72),
      kernelValueTypeID: info.number(UInt32.self, at: 44), kernelTypesID: info.number(UInt32.self, at: 76),
      extra: info.number(UInt64.self, at: 80))
  }
  /// The first `size` bytes of `struct bpf_map_info`, zero where this kernel has less.
  public func mapInfoBytes(_ map: borrowing OwnedDescriptor, size: Int) throws(SystemCallError) -> [UInt8] {
    try objectInfo(map, size: size, subject: "map").bytes
  }
}
