public import LinuxSystem
public import Symbols

/// How a run is made, as the command line asks for it.
public struct TraceOptions: Sendable {
  /// A faculty of the kernel that a run can be told not to use (`--no-feature`).
  public enum Feature: Hashable, Sendable {
    /// One link for many kernel functions.
    case manyKernelFunctions
    /// One link for many places of a file.
    case manyUserFunctions
  }

  /// Only this process (`-p`); the run ends with it.
  public var process: Int32?
  /// Text or JSON (`-f`).
  public var format = OutputWriter.Format.text
  /// Whether nothing is said about what was attached (`-q`).
  public var isQuiet = false
  /// Whether the run tells what it does, with the verifier's whole log where it refuses (`-v`).
  public var isVerbose = false
  /// Whether the run ends once everything is attached (`--dry-run`).
  public var isDryRun = false
  /// Whether messages may carry colours.
  public var isColoured = false
  /// Which failures of a program's steps are told (`-k`, `--no-warnings`).
  public var warnings = WarningLevel.usual
  /// What not to use of the kernel.
  public var withoutFeatures: Set<Feature> = []
  /// Where the symbols of stripped programs are sought (`--debuginfo`).
  public var debugFiles = DebugFileSearch()
  /// The socket of a service manager that waits to hear that everything is attached (`NOTIFY_SOCKET`).
  public var serviceManagerSocket: String?
  /// A line for the output once everything is attached, for whoever started the run and waits for that.
  public var attachedNotice: String?
  /// Signals that end the run; they stay blocked in the calling thread afterwards.
  public var endingSignals: [Signal] = [.interrupt, .terminate]
  /// Whether the run ends when the reader of the standard output leaves, even while nothing is printed.
  public var watchesStandardOutput = false

  /// A run of everything, as text.
  public init() {}
}
