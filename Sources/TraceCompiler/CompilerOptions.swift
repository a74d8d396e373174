/// What the command line adds to a script.
public struct CompilerOptions: Sendable {
  /// The words of the command line that `$1`, `$2` and so on stand for.
  public var positionalParameters: [String] = []
  /// Only events of this process (`-p`).
  public var process: Int32?
  /// The process that `cpid` names (`-c`).
  public var child: Int32?
  /// Whether functions that change the system are allowed.
  public var allowsUnsafe = false
  /// Keeps only the probes whose name it accepts.
  public var probeFilter: (@Sendable (String) -> Bool)?
  /// Settings from the environment by key, in lower case; they win over the script's.
  public var environmentSettings: [String: String] = [:]
  /// Whether helpers that fail are reported as they do: nothing (0), what matters (1), everything (2).
  public var warningLevel = 1
  /// Keeps variables and chosen values in memory, which the verifier does not look into.
  ///
  /// The verifier walks through a program once for every combination of values that it can tell apart. With this, paths
  /// that meet look the same to it, so that it accepts programs of many branches; they are a little slower.
  public var hidesValuesFromVerifier = false
  /// Nanoseconds from the boot clock to international atomic time, for `nsecs(sw_tai)`.
  public var taiOffset: UInt64 = 0
  /// Nanoseconds of the boot clock when the run began, for `elapsed`.
  public var startTime: UInt64 = 0

  /// Whether the SSA form is checked behind each pass, which takes longer than all passes together.
  var checksEachPass = SSAModule.checksEachPassByDefault

  /// No options.
  public init() {}
}
