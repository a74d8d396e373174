internal import LinuxSystem

/// How often tests do what must leave nothing behind.
///
/// SWIFT_BPF_LEAKS asks for many repetitions; `Scripts/leaks` sets it.
public enum Repetitions {
  private static let areMany = Environment.value(of: "SWIFT_BPF_LEAKS") != nil

  /// Of what takes a millisecond: loading, or attaching to a raw tracepoint.
  public static let ofLoads = areMany ? 10_000 : 100
  /// Of every other kind of attachment; the kernel takes up to 72 ms for one.
  public static let ofAttachments = areMany ? 200 : 3
}
