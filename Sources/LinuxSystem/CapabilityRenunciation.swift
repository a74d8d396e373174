internal import CLinux

/// A thread without privileges for the length of a call.
public enum CapabilityRenunciation {
  /// Runs `body` with no effective capability in the calling thread, which gets them back afterwards.
  public static func run<R>(_ body: () -> R) throws(SystemCallError) -> R {
    var before: UInt64 = 0
    try SystemCallError.check(clinux_capabilities(&before), "capget", on: "this thread")
    try SystemCallError.check(clinux_set_capabilities(0), "capset", on: "this thread")
    let result = body()
    try SystemCallError.check(clinux_set_capabilities(before), "capset", on: "this thread")
    return result
  }
}
