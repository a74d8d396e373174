internal import Glibc

/// How much memory this process may keep from being swapped out (`RLIMIT_MEMLOCK`).
public enum LockedMemoryLimit {
  /// Lifts the limit for this process and its children.
  ///
  /// Before 5.11 the kernel counts BPF maps and programs as locked memory, of which 64 KiB are the usual limit; later
  /// ones count them to the memory cgroup and need nothing.
  ///
  /// - Throws: `EPERM` without CAP_SYS_RESOURCE.
  public static func lift() throws(SystemCallError) {
    // RLIM_INFINITY is all bits set.
    var unlimited = rlimit(rlim_cur: .max, rlim_max: .max)
    try SystemCallError.check(
      setrlimit(Int32(__RLIMIT_MEMLOCK.rawValue), &unlimited) < 0 ? -errno : 0, "setrlimit", on: "RLIMIT_MEMLOCK")
  }
}
