/// The kernel's clocks, in nanoseconds.
public enum Clock {
  /// Time since the machine started, without time asleep (`CLOCK_MONOTONIC`).
  ///
  /// `bpf_ktime_get_ns`.
  @_alwaysEmitIntoClient public static var monotonic: UInt64 { @_transparent get { bpf_ktime_get_ns() } }

  /// Time since the machine started, with time asleep (`CLOCK_BOOTTIME`).
  ///
  /// *First kernel*: 5.8.
  @_alwaysEmitIntoClient public static var boot: UInt64 { @_transparent get { bpf_ktime_get_boot_ns() } }

  /// ``monotonic`` as of the last tick: quicker and less exact.
  ///
  /// *First kernel*: 5.11.
  @_alwaysEmitIntoClient public static var coarse: UInt64 { @_transparent get { bpf_ktime_get_coarse_ns() } }

  /// International atomic time (`CLOCK_TAI`).
  ///
  /// *First kernel*: 6.1.
  @_alwaysEmitIntoClient public static var atomic: UInt64 { @_transparent get { bpf_ktime_get_tai_ns() } }
}
