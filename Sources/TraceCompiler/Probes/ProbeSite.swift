/// A concrete place of the machine that a program can be attached to: what an attach point of a script stands for
/// once its wildcards are expanded and its names are found.
public enum ProbeSite: Hashable, Sendable {
  /// Before anything else is attached.
  case begin
  /// After everything is detached.
  case end
  /// Every `nanoseconds` on one CPU.
  case interval(nanoseconds: UInt64)
  /// On every online CPU.
  case profile(SamplingRate)
  /// A software perf event (`PERF_TYPE_SOFTWARE`), every `count` events.
  case software(name: String, config: UInt64, count: UInt64)
  /// A tracepoint, by its place below tracefs `events`.
  case tracepoint(subsystem: String, event: String)
  /// A tracepoint's raw form.
  case rawTracepoint(event: String)
  /// An instruction of the kernel, by symbol and offset.
  case kernelFunction(module: String?, name: String, offset: UInt64, isReturn: Bool)
  /// The entry or the exit of a kernel function, by its id in the kernel's BTF.
  case trampoline(module: String?, name: String, typeID: UInt32, isExit: Bool)
  /// An instruction of a file, by its offset there.
  case userFunction(path: String, symbol: String, fileOffset: UInt64, isReturn: Bool)

  /// How often a profile probe fires.
  public enum SamplingRate: Hashable, Sendable {
    /// So many times a second and CPU.
    case hertz(UInt64)
    /// Every so many nanoseconds of CPU time.
    case nanoseconds(UInt64)
  }
}

/// A probe: where it is, and how the script and its output call it.
public struct ResolvedProbe: Hashable, Sendable {
  /// Where it is.
  public var site: ProbeSite
  /// The full name: what `probe` gives and `-l` lists.
  public var name: String

  /// A probe at `site`.
  public init(site: ProbeSite, name: String) {
    self.site = site
    self.name = name
  }
}
