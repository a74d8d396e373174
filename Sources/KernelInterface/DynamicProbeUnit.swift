public import LinuxSystem

/// The kernel's kprobe or uprobe unit (PMU) with the numbers that sysfs gives for it.
///
/// Linux 4.17.
///
/// Source: `Documentation/ABI/testing/sysfs-bus-event_source-devices-format`.
public struct DynamicProbeUnit: Hashable, Sendable {
  /// Which of the two.
  public enum Kind: String, Sendable {
    /// Probes in the kernel's functions.
    case kprobe
    /// Probes in user programs.
    case uprobe
  }

  /// What to give as `perf_event_attr.type`.
  public var type: UInt32
  /// The bit of `config` that asks for the function's return.
  public var returnBit: UInt64
  /// Where a semaphore's offset starts in `config`.
  public var referenceCounterShift: UInt64

  /// Reads what the kernel tells of one of its units.
  ///
  /// - Throws: `ENOENT` when this kernel does not have it.
  public init(_ kind: Kind, of kernel: some KernelCalls) throws(SystemCallError) {
    let directory = "/sys/bus/event_source/devices/\(kind.rawValue)"
    let typePath = "\(directory)/type"
    guard let type = UInt32(Self.trimmed(try kernel.text(of: typePath))) else {
      throw SystemCallError(call: "read", subject: typePath, errno: .invalidArgument)
    }
    self.type = type
    let returnPath = "\(directory)/format/retprobe"
    guard let bit = Self.firstBit(try kernel.text(of: returnPath)) else {
      throw SystemCallError(call: "read", subject: returnPath, errno: .invalidArgument)
    }
    returnBit = 1 << bit
    // Absent before 4.20, where a semaphore is not asked for.
    let counter = try? kernel.text(of: "\(directory)/format/ref_ctr_offset")
    referenceCounterShift = counter.flatMap(Self.firstBit) ?? 32
  }

  /// The first bit of a field as sysfs writes it: "config:0", "config:32-63".
  static func firstBit(_ format: String) -> UInt64? {
    let parts = trimmed(format).split(separator: ":")
    guard parts.count == 2, parts[0] == "config", let first = parts[1].split(separator: "-").first,
      let bit = UInt64(first), bit < 64
    else { return nil }
    return bit
  }

  private static func trimmed(_ text: String) -> String { text.filter { !$0.isWhitespace } }
}
