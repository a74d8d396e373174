/// A function of the language.
enum BuiltinFunction: String, CaseIterable {
  // What user space does when the event arrives.
  case printf, print, clear, zero, exit, time, join, cat, system, errorf, warnf
  // What the kernel does at once.
  case signal, signalThread = "signal_thread"
  // Values.
  case str, buf, kstack, ustack, ksym, usym, ntop, reg, strftime, strncmp, macaddr, kaddr, cgroupid
  case strlen, cgroupPath = "cgroup_path"
  case kptr, uptr, nsecs, hasKey = "has_key", delete, bswap
  // What a map accumulates.
  case count, sum, avg, min, max, stats, hist, lhist

  /// How many arguments it takes.
  var argumentCounts: ClosedRange<Int> {
    switch self {
    case .printf, .cat, .system, .errorf, .warnf: 1...Int.max
    case .print: 1...3
    case .clear, .zero: 1...1
    case .exit, .time, .nsecs: 0...1
    case .kstack, .ustack: 0...2
    case .join: 1...2
    case .str, .buf: 1...2
    case .ksym, .usym, .reg, .macaddr, .kaddr, .cgroupid, .kptr, .uptr, .bswap, .strlen,
      .cgroupPath, .signal, .signalThread:
      1...1
    case .ntop: 1...2
    case .strftime, .hasKey: 2...2
    case .strncmp: 3...3
    case .delete: 1...2
    case .count: 0...0
    case .sum, .avg, .min, .max, .stats: 1...1
    case .hist: 1...2
    case .lhist: 4...4
    }
  }

  /// Whether its value can only be assigned to a map.
  var isAggregation: Bool {
    switch self {
    case .count, .sum, .avg, .min, .max, .stats, .hist, .lhist: true
    default: false
    }
  }

  /// Whether the user has to allow it by `--unsafe`.
  var isUnsafe: Bool { self == .system || self == .signal || self == .signalThread }

  /// Whether it does something besides giving a value, so that its value may be dropped without a word.
  var hasEffect: Bool {
    switch self {
    case .printf, .print, .clear, .zero, .exit, .time, .join, .cat, .system, .errorf, .warnf, .delete, .signal,
      .signalThread:
      true
    default: false
    }
  }
}
