internal import LinuxSystem

/// A kernel program on its way from source to object.
///
///     let result = try Build(sources: ["counts.bpf.swift"]).run()
///     let specification = try ObjectSpec(result.bytes)
///
/// Swift sources become one module; a C source is built alone. The first build with a toolchain compiles the kernel-side
/// library, `BPFKernel`, and keeps it.
public struct Build: Sendable {
  /// The source files, by path.
  public var sources: [String]
  /// How.
  public var options: BuildOptions

  /// A build of these files.
  public init(sources: [String], options: BuildOptions = BuildOptions()) {
    self.sources = sources
    self.options = options
  }

  /// What a build made.
  public struct Result: Sendable {
    /// The object, or the text of the stage that was asked for.
    public var bytes: [UInt8]
    /// Warnings.
    public var report: BuildReport
    /// Commands that ran, in their order.
    public var steps: [BuildStep]
    /// Where the programs check something, in the order of the counters.
    public var trapSites: [TrapSite]
  }

  /// Builds the object.
  ///
  /// `progress` hears of what takes more than a moment, in a line for a person.
  public func object(progress: (String) -> Void = { _ in }) throws(BuildError) -> [UInt8] {
    try run(progress: progress).bytes
  }

  /// Builds as far as `stage`.
  public func run(to stage: BuildStage = .object, progress: (String) -> Void = { _ in }) throws(BuildError) -> Result {
    guard let cache = options.cache ?? CacheFolder.standard else { throw .noCache }
    let toolchain: Toolchain
    do throws(ToolchainError) {
      toolchain = try Toolchain.find(cache: cache)
    } catch {
      throw .toolchain(error)
    }
    var session = BuildSession(self, toolchain, cache)
    switch try language() {
    case .swift: return try session.buildSwift(to: stage, progress)
    case .c: return try session.buildC(to: stage)
    }
  }

  private enum Language {
    case swift, c
  }

  private func language() throws(BuildError) -> Language {
    if sources.isEmpty { throw .unsuitableSources("there is no source to build") }
    for source in sources {
      do throws(SystemCallError) {
        let status = try FileStatus(of: source)
        if status.kind == .directory { throw .init(call: "open", subject: source, errno: .isDirectory) }
      } catch {
        throw .system(error)
      }
    }
    if sources.allSatisfy({ $0.hasSuffix(".swift") }) { return .swift }
    guard sources.count == 1 else {
      throw .unsuitableSources("several sources must all be Swift: \(sources.joined(separator: ", "))")
    }
    if sources[0].hasSuffix(".c") { return .c }
    throw .unsuitableSources("\(sources[0]) is neither Swift (.swift) nor C (.c)")
  }
}
