/// How a program joins others at one place, and how others may join it.
///
/// Source: `BPF_F_…` for `BPF_PROG_ATTACH` and `BPF_LINK_CREATE` in `include/uapi/linux/bpf.h`.
public struct AttachFlags: OptionSet, Hashable, Sendable {
  /// The bits.
  public var rawValue: UInt32
  /// Any bits.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// `BPF_F_ALLOW_OVERRIDE`: a control group below may have another program, which runs instead.
  public static let allowOverride = Self(rawValue: 1 << 0)
  /// `BPF_F_ALLOW_MULTI`: several programs, which all run; those of control groups below run first.
  ///
  /// Linux 4.15.
  public static let allowMultiple = Self(rawValue: 1 << 1)
  /// `BPF_F_REPLACE`: in the place of another program.
  ///
  /// Linux 5.6.
  public static let replace = Self(rawValue: 1 << 2)
  /// `BPF_F_BEFORE`: before another, or before all.
  public static let before = Self(rawValue: 1 << 3)
  /// `BPF_F_AFTER`: behind another, or behind all.
  public static let after = Self(rawValue: 1 << 4)
  /// `BPF_F_ID`: the other is given by its number rather than by a descriptor.
  public static let byID = Self(rawValue: 1 << 5)
  /// `BPF_F_PREORDER`: before the programs of control groups below.
  ///
  /// Linux 6.15.
  public static let preorder = Self(rawValue: 1 << 6)
  /// `BPF_F_LINK`: the other is a link.
  public static let byLink = Self(rawValue: 1 << 13)
}

/// Where among the programs of one place a program goes, in the kernel's numbers.
///
/// Linux 6.6 for tcx, 6.7 for netkit, 6.17 for control groups.
public struct AttachPosition: Hashable, Sendable {
  /// Before or behind, and what ``relative`` is.
  public var flags: AttachFlags
  /// The descriptor or the number of the program or link to be beside; 0 for none.
  public var relative: UInt32
  /// What the place's revision must be for this to happen; 0 for any.
  public var expectedRevision: UInt64

  /// A position from its numbers; by default behind the others.
  public init(flags: AttachFlags = [], relative: UInt32 = 0, expectedRevision: UInt64 = 0) {
    self.flags = flags
    self.relative = relative
    self.expectedRevision = expectedRevision
  }
}
