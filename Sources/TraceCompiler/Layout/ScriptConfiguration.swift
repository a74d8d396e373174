/// A script's settings: from its `config` block and from the environment, defaults filled in.
public struct ScriptConfiguration: Hashable, Sendable {
  /// When system call tracepoints are served by the raw `sys_enter` and `sys_exit` tracepoints.
  public enum SystemCallProbes: String, Sendable, CaseIterable {
    /// Where it is quicker: see the documented rule.
    case automatic = "auto"
    /// Whenever it is possible.
    case raw
    /// Never.
    case perf
  }

  /// What to do about probes that cannot be found or attached.
  public enum MissingProbes: String, Sendable, CaseIterable { case error, warn, ignore }

  /// Bytes that `str()` reads at most, NUL included.
  public var maximumStringLength = 1024
  /// Entries of a keyed map.
  public var maximumMapKeys = 4096
  /// Probes that one script may attach.
  public var maximumProbes = 1024
  /// Programs that one script may load.
  public var maximumPrograms = 1024
  /// Bytes that `cat` prints at most.
  public var maximumCatBytes = 10240
  /// Pages of the ring buffer; 0 means by the machine's memory.
  public var ringBufferPages = 0
  /// Added to strings that were cut.
  public var truncationTrailer = ".."
  /// How stacks are printed where a call does not say.
  public var stackMode = StackFormat.Mode.bpftrace
  /// Whether maps are printed at the end.
  public var printsMapsOnExit = true
  /// What to do about probes that cannot be found or attached.
  public var missingProbes = MissingProbes.error
  /// Whether C++ names are shown as written.
  public var demanglesNames = true
  /// The licence that the programs declare to the kernel.
  public var license = "GPL"
  /// When system call tracepoints are served raw.
  public var systemCallProbes = SystemCallProbes.automatic
  /// Bytes of verifier log.
  public var logByteCount = 1_000_000

  /// The defaults.
  public init() {}
}
