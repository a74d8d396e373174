public import LinuxSystem

/// What a map is made from, in the kernel's numbers.
public struct MapCreation: Hashable, Sendable {
  /// `map_flags`, the `BPF_F_…` of map creation.
  public struct Flags: OptionSet, Hashable, Sendable {
    /// The bits.
    public var rawValue: UInt32
    /// Any bits.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// `BPF_F_NO_PREALLOC`: memory for an entry is taken when it is added (hash maps).
    public static let noPreallocation = Self(rawValue: 1 << 0)
    /// `BPF_F_NO_COMMON_LRU`: each CPU has an LRU list of its own.
    public static let noCommonLRU = Self(rawValue: 1 << 1)
    /// `BPF_F_NUMA_NODE`: memory comes from ``MapCreation/numaNode``.
    public static let numaNode = Self(rawValue: 1 << 2)
    /// `BPF_F_RDONLY`: programs write, user space only reads.
    public static let readOnly = Self(rawValue: 1 << 3)
    /// `BPF_F_WRONLY`: user space only writes.
    public static let writeOnly = Self(rawValue: 1 << 4)
    /// `BPF_F_STACK_BUILD_ID`.
    public static let stackBuildID = Self(rawValue: 1 << 5)
    /// `BPF_F_ZERO_SEED`: the hash is not random; for tests.
    ///
    /// Linux 5.0.
    public static let zeroSeed = Self(rawValue: 1 << 6)
    /// `BPF_F_RDONLY_PROG`: programs only read.
    ///
    /// Linux 5.2.
    public static let readOnlyForPrograms = Self(rawValue: 1 << 7)
    /// `BPF_F_WRONLY_PROG`: programs only write.
    ///
    /// Linux 5.2.
    public static let writeOnlyForPrograms = Self(rawValue: 1 << 8)
    /// `BPF_F_CLONE`: a socket's storage goes with a clone of the socket.
    ///
    /// Linux 5.4.
    public static let cloned = Self(rawValue: 1 << 9)
    /// `BPF_F_MMAPABLE`: an array map whose values user space can map.
    ///
    /// Linux 5.5.
    public static let mappable = Self(rawValue: 1 << 10)
    /// `BPF_F_PRESERVE_ELEMS`: a perf event stays in its array when who put it in closes the map.
    ///
    /// Linux 5.10.
    public static let preservedElements = Self(rawValue: 1 << 11)
    /// `BPF_F_INNER_MAP`: an inner map may have another number of entries.
    ///
    /// Linux 5.10.
    public static let innerMap = Self(rawValue: 1 << 12)
    /// `BPF_F_LINK`: a struct_ops map is registered by a link.
    ///
    /// Linux 6.4.
    public static let link = Self(rawValue: 1 << 13)
    /// `BPF_F_VTYPE_BTF_OBJ_FD`: the kernel's type of the values is a module's.
    ///
    /// Linux 6.9.
    public static let moduleValueType = Self(rawValue: 1 << 15)
    /// `BPF_F_TOKEN_FD`: the call rests on a token's rights.
    ///
    /// Linux 6.9.
    public static let token = Self(rawValue: 1 << 16)
    /// `BPF_F_SEGV_ON_FAULT`: touching a page of an arena that is not there is a fault.
    ///
    /// Linux 6.9.
    public static let faultOnMissingPage = Self(rawValue: 1 << 17)
    /// `BPF_F_NO_USER_CONV`: addresses in an arena are not made user space's.
    ///
    /// Linux 6.9.
    public static let noAddressConversion = Self(rawValue: 1 << 18)
  }

  /// The kind of map.
  public var type: MapType
  /// Bytes of a key.
  public var keySize: UInt32
  /// Bytes of a value; of a per-CPU map, the value of one CPU.
  public var valueSize: UInt32
  /// Entries; of a ring buffer, its bytes: a power of two and whole pages.
  public var maxEntries: UInt32
  /// How it behaves.
  public var flags: Flags
  /// What inspection tools show.
  public var name: ObjectName
  /// For maps of maps: a descriptor of a map that shows what the inner ones are like.
  public var innerMap: CInt?
  /// `map_extra`; its meaning depends on the type.
  ///
  /// Linux 5.16.
  public var extra: UInt64
  /// The descriptor of loaded type information that describes keys and values.
  public var btf: CInt?
  /// The type of a key in ``btf``.
  public var keyTypeID: UInt32
  /// The type of a value in ``btf``.
  public var valueTypeID: UInt32
  /// The memory that the map is put in; nil for any.
  public var numaNode: UInt32?
  /// The network device that is to do the work; 0 for the CPU.
  public var deviceIndex: UInt32 = 0
  /// Of a struct_ops map, the kernel's own type of the values.
  ///
  /// Linux 5.6.
  public var kernelValueTypeID: UInt32 = 0
  /// A descriptor of the module's type information that ``kernelValueTypeID`` is in; nil for the kernel's own.
  ///
  /// Linux 6.9.
  public var kernelValueTypeModule: CInt?
  /// A descriptor of a token on whose rights the call rests.
  ///
  /// Linux 6.9.
  public var token: CInt?

  /// A map without type information.
  public init(
    type: MapType, keySize: UInt32, valueSize: UInt32, maxEntries: UInt32, flags: Flags = [],
    name: ObjectName = ObjectName(""), innerMap: CInt? = nil, extra: UInt64 = 0, btf: CInt? = nil,
    keyTypeID: UInt32 = 0, valueTypeID: UInt32 = 0
  ) {
    self.type = type
    self.keySize = keySize
    self.valueSize = valueSize
    self.maxEntries = maxEntries
    self.flags = flags
    self.name = name
    self.innerMap = innerMap
    self.extra = extra
    self.btf = btf
    self.keyTypeID = keyTypeID
    self.valueTypeID = valueTypeID
  }
}

extension KernelCalls {
  /// Creates an empty map, which lives until its last descriptor, pin and program are gone (`BPF_MAP_CREATE`).
  ///
  /// - Throws: `EPERM` without CAP_BPF; `EINVAL` for a type or flag that this kernel does not have, or sizes that the
  ///   type does not take; `E2BIG` for too many entries; `ENOMEM`.
  public func createMap(_ creation: MapCreation) throws(SystemCallError) -> OwnedDescriptor {
    var attribute = BPFAttribute()
    attribute.set(creation.type.rawValue, at: 0)  // map_type
    attribute.set(creation.keySize, at: 4)  // key_size
    attribute.set(creation.valueSize, at: 8)  // value_size
    attribute.set(creation.maxEntries, at: 12)  // max_entries
    var flags = creation.flags
    if let node = creation.numaNode {
      flags.insert(.numaNode)
      attribute.set(node, at: 24)  // numa_node
    }
    if let module = creation.kernelValueTypeModule {
      flags.insert(.moduleValueType)
      attribute.set(module, at: 72)  // value_type_btf_obj_fd
    }
    if let token = creation.token {
      flags.insert(.token)
      attribute.set(token, at: 76)  // map_token_fd
    }
    attribute.set(flags.rawValue, at: 16)  // map_flags
    attribute.set(creation.innerMap ?? 0, at: 20)  // inner_map_fd
    attribute.set(creation.name, at: 28)  // map_name
    attribute.set(creation.deviceIndex, at: 44)  // map_ifindex
    attribute.set(creation.btf ?? 0, at: 48)  // btf_fd
    attribute.set(creation.keyTypeID, at: 52)  // btf_key_type_id
    attribute.set(creation.valueTypeID, at: 56)  // btf_value_type_id
    attribute.set(creation.kernelValueTypeID, at: 60)  // btf_vmlinux_value_type_id
    attribute.set(creation.extra, at: 64)  // map_extra
    let answer = create(.mapCreate, &attribute)
    return try OwnedDescriptor(
      adopting: SystemCallError.check(answer, "bpf(BPF_MAP_CREATE)", on: "map '\(creation.name)'"))
  }

  /// Lets nobody write to the map from user space any more (`BPF_MAP_FREEZE`, Linux 5.2).
  public func freezeMap(_ map: borrowing OwnedDescriptor) throws(SystemCallError) {
    try map.withNumber { number throws(SystemCallError) in
      var attribute = BPFAttribute()
      attribute.set(number, at: 0)  // map_fd
      try call(.mapFreeze, &attribute, on: "map")
    }
  }
}
