/// How a kprobe or uprobe is attached.
public struct ProbeOptions: Hashable, Sendable {
  /// By which of the kernel's doors.
  public enum Way: Hashable, Sendable {
    /// By the kernel's unit for perf events (Linux 4.17), and where it has none, by tracefs.
    case automatic
    /// By the unit alone.
    case probeUnit
    /// By a line in tracefs (`kprobe_events`, `uprobe_events`), which is removed when the link is closed.
    case traceFS
  }

  /// What `bpf_get_attach_cookie` answers; 0 for none.
  ///
  /// *First kernel*: 5.15.
  public var cookie: UInt64
  /// By which door.
  public var way: Way
  /// How many calls of a function may be under way at once, for a return probe; nil for the kernel's choice.
  ///
  /// Beyond it, returns are missed. Only tracefs takes it.
  public var maximumActive: UInt32?

  /// Options, of which none is needed.
  public init(cookie: UInt64 = 0, way: Way = .automatic, maximumActive: UInt32? = nil) {
    self.cookie = cookie
    self.way = way
    self.maximumActive = maximumActive
  }
}
