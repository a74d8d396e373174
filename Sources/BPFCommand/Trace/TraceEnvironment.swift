/// The environment variables that bear on a run without being settings of the script's configuration.
struct TraceEnvironment: Hashable, Sendable {
  /// When messages are coloured: `BPFTRACE_COLOR`.
  enum Colour: String, Hashable, Sendable, CaseIterable {
    case auto, always, never
  }

  var colour = Colour.auto
  /// A BTF file that stands for the kernel's: `BPFTRACE_BTF`.
  var kernelTypesPath: String?
  /// The line to print once everything is attached: the name of `__BPFTRACE_NOTIFY_PROBES_ATTACHED`, when it is set.
  var attachedNotice: String?
  /// Where systemd waits to hear that we are ready: `NOTIFY_SOCKET`.
  var notifySocketPath: String?

  init() {}

  private static let prefix = "BPFTRACE_"
  private static let attachedNoticeName = "__BPFTRACE_NOTIFY_PROBES_ATTACHED"

  /// Variables of bpftrace's that are no configuration keys.
  private static let others: Set<String> = [
    "BPFTRACE_BTF", "BPFTRACE_COLOR", "BPFTRACE_VMLINUX", "BPFTRACE_KERNEL_SOURCE", "BPFTRACE_KERNEL_BUILD",
    "BPFTRACE_OBJCOPY", "BPFTRACE_DUMMY_TS_MAP",
  ]

  /// Reads the variables, and apart from them the configuration: `BPFTRACE_MAX_STRLEN` is the key `max_strlen`.
  static func read(_ variables: [String: String]) throws(UsageError) -> (Self, settings: [String: String]) {
    var environment = Self()
    environment.kernelTypesPath = variables["BPFTRACE_BTF"]
    environment.notifySocketPath = variables["NOTIFY_SOCKET"]
    if variables[attachedNoticeName] != nil { environment.attachedNotice = attachedNoticeName }
    if let word = variables["BPFTRACE_COLOR"] {
      guard let colour = Colour(rawValue: word) else { throw .invalidColour(word) }
      environment.colour = colour
    }
    var settings: [String: String] = [:]
    for (name, value) in variables where name.hasPrefix(prefix) && !others.contains(name) {
      settings[name.dropFirst(prefix.count).lowercased()] = value
    }
    return (environment, settings)
  }
}
