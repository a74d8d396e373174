/// An event that the kernel or the processor counts by itself, for the providers software and hardware.
public struct CountedEvent: Hashable, Sendable {
  /// Which counter unit has it.
  public enum Unit: Hashable, Sendable {
    /// `PERF_TYPE_SOFTWARE`: the kernel.
    case software
    /// `PERF_TYPE_HARDWARE`: the processor.
    case hardware
  }

  /// The name, such as "page-faults".
  public let name: String
  /// A shorter name, such as "faults".
  public let alias: String?
  /// Which counter unit has it.
  public let unit: Unit
  /// The event's number: `perf_event_attr.config`.
  public let config: UInt64
  /// After how many events a probe fires when the script does not say.
  public let defaultSampleCount: UInt64

  /// The event of that name or alias.
  public static func named(_ name: String, unit: Unit) -> CountedEvent? {
    events(of: unit).first { $0.name == name || $0.alias == name }
  }

  /// The unit's events, in order of name.
  public static func events(of unit: Unit) -> [CountedEvent] { unit == .software ? software : hardware }

  private init(_ name: String, alias: String? = nil, _ unit: Unit, _ config: UInt64, every count: UInt64) {
    self.name = name
    self.alias = alias
    self.unit = unit
    self.config = config
    defaultSampleCount = count
  }

  // Numbers: enum perf_sw_ids and enum perf_hw_id in the kernel's include/uapi/linux/perf_event.h.
  // Names, aliases and counts: bpftrace's documentation, "software" and "hardware".

  /// `PERF_COUNT_SW_…`.
  static let software = [
    CountedEvent("alignment-faults", .software, 7, every: 1),
    CountedEvent("bpf-output", .software, 10, every: 1),
    CountedEvent("context-switches", alias: "cs", .software, 3, every: 1000),
    CountedEvent("cpu-clock", alias: "cpu", .software, 0, every: 1_000_000),
    CountedEvent("cpu-migrations", .software, 4, every: 1),
    CountedEvent("dummy", .software, 9, every: 1),
    CountedEvent("emulation-faults", .software, 8, every: 1),
    CountedEvent("major-faults", .software, 6, every: 1),
    CountedEvent("minor-faults", .software, 5, every: 100),
    CountedEvent("page-faults", alias: "faults", .software, 2, every: 100),
    CountedEvent("task-clock", .software, 1, every: 1),
  ]

  /// `PERF_COUNT_HW_…`.
  static let hardware = [
    CountedEvent("backend-stalls", .hardware, 8, every: 1_000_000),
    CountedEvent("branch-instructions", alias: "branches", .hardware, 4, every: 100_000),
    CountedEvent("branch-misses", .hardware, 5, every: 100_000),
    CountedEvent("bus-cycles", .hardware, 6, every: 100_000),
    CountedEvent("cache-misses", .hardware, 3, every: 1_000_000),
    CountedEvent("cache-references", .hardware, 2, every: 1_000_000),
    CountedEvent("cpu-cycles", alias: "cycles", .hardware, 0, every: 1_000_000),
    CountedEvent("frontend-stalls", .hardware, 7, every: 1_000_000),
    CountedEvent("instructions", .hardware, 1, every: 1_000_000),
    CountedEvent("ref-cycles", .hardware, 9, every: 1_000_000),
  ]
}
