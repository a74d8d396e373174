/// `BPF_F_…` flags with which a map is created (`include/uapi/linux/bpf.h`).
@frozen
public struct MapFlags: OptionSet, Sendable {
  /// The number.
  public var rawValue: UInt32
  /// What that number stands for.
  @_alwaysEmitIntoClient @_transparent public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// No flag.
  @_alwaysEmitIntoClient public static var none: Self { @_transparent get { Self(rawValue: 0) } }
  /// `BPF_F_NO_PREALLOC`: memory for an element comes when it is stored.
  ///
  /// *First kernel*: 4.6.
  @_alwaysEmitIntoClient public static var noPreallocation: Self { @_transparent get { Self(rawValue: 1) } }
  /// `BPF_F_NO_COMMON_LRU`: each CPU has its own list of least recently used elements.
  ///
  /// *First kernel*: 4.10.
  @_alwaysEmitIntoClient public static var noCommonLRU: Self { @_transparent get { Self(rawValue: 1 << 1) } }
  /// `BPF_F_RDONLY`: user space may not write.
  ///
  /// *First kernel*: 4.14.
  @_alwaysEmitIntoClient public static var readOnly: Self { @_transparent get { Self(rawValue: 1 << 3) } }
  /// `BPF_F_WRONLY`: user space may not read.
  ///
  /// *First kernel*: 4.14.
  @_alwaysEmitIntoClient public static var writeOnly: Self { @_transparent get { Self(rawValue: 1 << 4) } }
  /// `BPF_F_STACK_BUILD_ID`: frames are kept as build id and offset.
  ///
  /// *First kernel*: 4.17.
  @_alwaysEmitIntoClient public static var stackBuildID: Self { @_transparent get { Self(rawValue: 1 << 5) } }
  /// `BPF_F_RDONLY_PROG`: programs may not write.
  ///
  /// *First kernel*: 5.2.
  @_alwaysEmitIntoClient public static var readOnlyForPrograms: Self { @_transparent get { Self(rawValue: 1 << 7) } }
  /// `BPF_F_WRONLY_PROG`: programs may not read.
  ///
  /// *First kernel*: 5.2.
  @_alwaysEmitIntoClient public static var writeOnlyForPrograms: Self { @_transparent get { Self(rawValue: 1 << 8) } }
  /// `BPF_F_CLONE`: a socket that is accepted gets a copy of its listener's storage.
  ///
  /// *First kernel*: 5.4.
  @_alwaysEmitIntoClient public static var clone: Self { @_transparent get { Self(rawValue: 1 << 9) } }
  /// `BPF_F_MMAPABLE`: user space may map the array's memory.
  ///
  /// *First kernel*: 5.5.
  @_alwaysEmitIntoClient public static var mappable: Self { @_transparent get { Self(rawValue: 1 << 10) } }
  /// `BPF_F_PRESERVE_ELEMS`: perf events stay when their array is closed.
  ///
  /// *First kernel*: 5.10.
  @_alwaysEmitIntoClient public static var preserveElements: Self { @_transparent get { Self(rawValue: 1 << 11) } }
  /// `BPF_F_INNER_MAP`: an inner array may have another size than the one that stands for it.
  ///
  /// *First kernel*: 5.10.
  @_alwaysEmitIntoClient public static var innerMap: Self { @_transparent get { Self(rawValue: 1 << 12) } }
}
