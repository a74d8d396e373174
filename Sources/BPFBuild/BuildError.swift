public import Diagnostics
public import LinuxSystem

/// Why there is no object.
public enum BuildError: Error, Sendable {
  /// There is no compiler to build with.
  case toolchain(ToolchainError)
  /// The sources are wrong; the report says where.
  case rejected(BuildReport)
  /// Files that cannot be built, or not together.
  case unsuitableSources(String)
  /// A file could not be read or written, or a program not be run.
  case system(SystemCallError)
  /// The user has no folder for caches.
  case noCache
}

extension BuildError: CustomStringConvertible {
  /// What a person reads, without colour and without a newline at the end.
  public var description: String {
    switch self {
    case .toolchain(let error): "\(error)"
    case .rejected(let report): String(report.text().dropLast())
    case .unsuitableSources(let reason): reason
    case .system(let error): "\(error)"
    case .noCache: "there is no folder for caches: neither XDG_CACHE_HOME nor HOME is set"
    }
  }
}

/// What the compilers and the rewriting said of the sources.
public struct BuildReport: Sendable {
  /// What the compilers said, as they said it.
  public var compilerText: String
  /// What the rewriting found.
  public var diagnostics: DiagnosticList
  /// The texts that the diagnostics point into.
  public var sources: [SourceText]

  /// Nothing to say.
  init() {
    compilerText = ""
    diagnostics = DiagnosticList()
    sources = []
  }

  /// Whether there is nothing to say.
  public var isEmpty: Bool { compilerText.isEmpty && diagnostics.isEmpty }

  /// All of it, as a person reads it; ends in a newline unless it is empty.
  public func text(isColoured: Bool = false) -> String {
    compilerText + DiagnosticRenderer(sources, isColoured: isColoured).render(diagnostics)
  }
}
