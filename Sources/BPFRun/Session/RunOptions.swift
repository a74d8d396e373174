public import BPF
public import LinuxSystem

/// How an object is run, as the command line asks for it.
public struct RunOptions: Sendable {
  /// The form of the output.
  public enum Format: String, Hashable, Sendable, CaseIterable {
    /// Columns.
    case text
    /// A JSON object on each line.
    case json
  }

  /// Where programs go that name no place themselves.
  public var targets = AttachmentTargets()
  /// Names of event maps (ring and perf buffers) with the struct that their records are.
  public var recordTypes: [String: String] = [:]
  /// Text or JSON.
  public var format = Format.text
  /// Whether nothing is said but what the programs tell.
  public var isQuiet = false
  /// Whether the run tells to what each program is attached.
  public var isVerbose = false
  /// After how many nanoseconds maps and variables are shown again and again; nil for only at the end.
  public var interval: Int64?
  /// After how many nanoseconds the run ends; nil for none.
  public var duration: Int64?
  /// Signals that end the run; they stay blocked in the calling thread afterwards.
  public var endingSignals: [Signal] = [.interrupt, .terminate]
  /// Whether the run ends when the reader of the standard output leaves, even while nothing is printed.
  public var watchesStandardOutput = false
  /// A line for the output once everything is attached, for whoever started the run and waits for that.
  public var attachedNotice: String?

  /// A run of everything, as text.
  public init() {}
}
