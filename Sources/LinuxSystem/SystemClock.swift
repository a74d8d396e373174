internal import Glibc

/// One of the kernel's clocks, by its `clock_gettime(2)` number.
public enum SystemClock: CInt, CaseIterable, Sendable {
  /// `CLOCK_REALTIME`: nanoseconds since 1970, which jumps when the time is set.
  case realtime = 0
  /// `CLOCK_MONOTONIC`: since boot, without the time asleep; the clock of `bpf_ktime_get_ns`.
  case monotonic = 1
  /// `CLOCK_BOOTTIME`: since boot, with the time asleep; the clock of `bpf_ktime_get_boot_ns`.
  case boot = 7
  /// `CLOCK_TAI`: as ``realtime``, without leap seconds; the clock of `bpf_ktime_get_tai_ns`.
  case tai = 11

  /// The time now, in nanoseconds.
  public var nanoseconds: Int64 {
    var time = timespec()
    clock_gettime(rawValue, &time)
    return Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
  }

  /// Rests for some nanoseconds, or until a signal handler has run (`nanosleep(2)`).
  public static func sleep(nanoseconds: Int64) {
    guard nanoseconds > 0 else { return }
    var time = timespec(tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
    _ = nanosleep(&time, nil)
  }

  /// What to add to a time of this clock to have nanoseconds since 1970, by the present setting of the clocks.
  ///
  /// Of several readings the one that took least time is used, so that being interrupted between the two does not
  /// count.
  public var offsetToRealtime: Int64 {
    var best: (width: Int64, offset: Int64) = (.max, 0)
    for _ in 0..<5 {
      let before = nanoseconds
      let real = SystemClock.realtime.nanoseconds
      let after = nanoseconds
      let width = after &- before
      if width < best.width { best = (width, real &- (before &+ width / 2)) }
    }
    return best.offset
  }
}
