public import LinuxSystem

/// Privileges of a process (`capabilities(7)`), as a set.
public struct Capabilities: OptionSet, Hashable, Sendable {
  /// Bit n is the capability with number n.
  public var rawValue: UInt64
  /// Any bits.
  public init(rawValue: UInt64) { self.rawValue = rawValue }

  /// `CAP_DAC_OVERRIDE`.
  public static let fileOverride = Self(rawValue: 1 << 1)
  /// `CAP_DAC_READ_SEARCH`.
  public static let fileReadSearch = Self(rawValue: 1 << 2)
  /// `CAP_NET_ADMIN`.
  public static let networkAdministration = Self(rawValue: 1 << 12)
  /// `CAP_SYS_PTRACE`.
  public static let processTracing = Self(rawValue: 1 << 19)
  /// `CAP_SYS_ADMIN`.
  public static let systemAdministration = Self(rawValue: 1 << 21)
  /// `CAP_SYS_RESOURCE`.
  public static let systemResources = Self(rawValue: 1 << 24)
  /// `CAP_SYSLOG`: kernel addresses in kallsyms.
  public static let systemLog = Self(rawValue: 1 << 34)
  /// `CAP_PERFMON`.
  ///
  /// Linux 5.8.
  public static let performanceMonitoring = Self(rawValue: 1 << 38)
  /// `CAP_BPF`.
  ///
  /// Linux 5.8.
  public static let bpf = Self(rawValue: 1 << 39)

  /// The capabilities that the calling process has now, from `/proc/self/status`.
  public static func effective(_ kernel: some KernelCalls) throws(SystemCallError) -> Capabilities {
    let path = "/proc/self/status"
    guard let capabilities = Capabilities(status: try kernel.text(of: path)) else {
      throw SystemCallError(call: "read", subject: path, errno: .invalidArgument)
    }
    return capabilities
  }

  /// Reads the `CapEff` line of a `status` file of procfs.
  init?(status: String) {
    guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix("CapEff:") }),
      let bits = UInt64(line.dropFirst(7).filter { !$0.isWhitespace }, radix: 16)
    else { return nil }
    self.init(rawValue: bits)
  }

  /// What is missing for loading and attaching tracing programs: CAP_BPF and CAP_PERFMON, or CAP_SYS_ADMIN instead of
  /// both (`bpf_capable`, `perfmon_capable` in `include/linux/capability.h`).
  ///
  /// Empty when nothing is.
  public var missingForTracing: Capabilities {
    contains(.systemAdministration) ? [] : Capabilities([.bpf, .performanceMonitoring]).subtracting(self)
  }

  /// The names, such as ["CAP_BPF", "CAP_PERFMON"]; a number where this table has none.
  public var names: [String] {
    (0..<64).filter { rawValue >> UInt64($0) & 1 != 0 }.map { Self.table[$0] ?? "capability \($0)" }
  }

  private static let table: [Int: String] = [
    1: "CAP_DAC_OVERRIDE", 2: "CAP_DAC_READ_SEARCH", 12: "CAP_NET_ADMIN", 19: "CAP_SYS_PTRACE", 21: "CAP_SYS_ADMIN",
    24: "CAP_SYS_RESOURCE", 34: "CAP_SYSLOG", 38: "CAP_PERFMON", 39: "CAP_BPF",
  ]
}
