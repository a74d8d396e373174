internal import LinuxSystem

/// What a perf event counts, by its type and configuration.
///
/// Numbers: `enum perf_type_id`, `perf_hw_id`, `perf_sw_ids` and `perf_hw_cache_id` in `include/uapi/linux/perf_event.h`.
struct PerfEventNames {
  /// The type's name; nil where neither the table nor sysfs has one.
  var type: String?
  /// What is counted; nil where it is known by its number only.
  var config: String?

  init(type: UInt32, config: UInt64) {
    let index = Int(clamping: config)
    func name(_ names: [String]) -> String? { names.indices.contains(index) ? names[index] : nil }
    self.type = Int(type) < Self.types.count ? Self.types[Int(type)] : nil
    switch type {
    case 0: self.config = name(Self.hardware)
    case 1: self.config = name(Self.software)
    case 3: self.config = Self.cache(config)
    case 0...5: break
    default:
      self.type = Self.unit(of: type)
      // The kernel runs each of its clocks as a unit of its own, which has no name; they are the first to get numbers
      // (`perf_event_init` in the kernel's `kernel/events/core.c`).
      if self.type == nil, type == 6 { (self.type, self.config) = ("software", "cpu-clock") }
      if self.type == nil, type == 7 { (self.type, self.config) = ("software", "task-clock") }
    }
  }

  /// The name of a unit that sysfs lists under that type.
  private static func unit(of type: UInt32) -> String? {
    let folder = "/sys/bus/event_source/devices"
    let units = (try? FileSystem.entries(of: folder)) ?? []
    return units.map(\.name).sorted().first { unit in
      (try? FileSystem.text(of: "\(folder)/\(unit)/type"))?.prefix { $0 != "\n" } == "\(type)"
    }
  }

  private static func cache(_ config: UInt64) -> String? {
    let (cache, operation, result) = (Int(config & 0xff), Int(config >> 8 & 0xff), Int(config >> 16 & 0xff))
    guard config >> 24 == 0, caches.indices.contains(cache), operations.indices.contains(operation),
      results.indices.contains(result)
    else { return nil }
    return "\(caches[cache])-\(operations[operation])-\(results[result])"
  }

  private static let types = ["hardware", "software", "tracepoint", "hw-cache", "raw", "breakpoint"]
  private static let hardware = [
    "cpu-cycles", "instructions", "cache-references", "cache-misses", "branch-instructions", "branch-misses",
    "bus-cycles", "stalled-cycles-frontend", "stalled-cycles-backend", "ref-cycles",
  ]
  private static let software = [
    "cpu-clock", "task-clock", "page-faults", "context-switches", "cpu-migrations", "minor-faults", "major-faults",
    "alignment-faults", "emulation-faults", "dummy", "bpf-output", "cgroup-switches",
  ]
  private static let caches = ["L1-dcache", "L1-icache", "LLC", "dTLB", "iTLB", "branch", "node"]
  private static let operations = ["load", "store", "prefetch"]
  private static let results = ["refs", "misses"]
}
