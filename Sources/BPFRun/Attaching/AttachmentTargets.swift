/// Where programs are attached whose sections name no place.
public struct AttachmentTargets: Hashable, Sendable {
  /// The process that user probes and clocks look at, and with which the run ends; nil for all.
  public var process: Int32?
  /// Names of network interfaces: for XDP and classifier programs.
  public var interfaces: [String] = []
  /// Directories of control groups.
  public var controlGroups: [String] = []
  /// How often `perf_event` programs run, in calls a second on each CPU.
  public var frequency: UInt64 = 99

  /// Nowhere.
  public init() {}
}
