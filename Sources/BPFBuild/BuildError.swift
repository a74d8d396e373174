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
    case .noCache: "there is no folder for caches: neither XDG_CACHE_HOME nor HOME is set; name one with --cache"
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

  /// How the heads of diagnostics are written.
  public enum Style: Hashable, Sendable {
    /// `a.bpf.swift:3:5-9: ERROR: …`, as all of this package's.
    case plain
    /// `a.bpf.swift:3:5: error: …`, as compilers' are, which build systems and editors look for.
    case compiler
  }

  /// All of it, as a person reads it; ends in a newline unless it is empty.
  public func text(isColoured: Bool = false, style: Style = .plain) -> String {
    let renderer = DiagnosticRenderer(sources, isColoured: isColoured)
    guard style == .compiler else { return compilerText + renderer.render(diagnostics) }
    return compilerText
      + diagnostics.sorted.map { diagnostic in
        let severity = diagnostic.severity.rawValue.lowercased()
        guard let source = sources.first(where: { $0.id == diagnostic.span.source }) else {
          let hints = diagnostic.hints.map { "note: \($0)\n" }.joined()
          return "\(severity): \(diagnostic.message)\n" + hints
        }
        let location = source.location(of: diagnostic.span.start)
        let place = "\(source.name):\(location.line):\(location.column): "
        var plain = diagnostic
        plain.hints = []
        // The line and the mark below it follow the head.
        let shown = renderer.render(plain).split(separator: "\n").dropFirst().map { "\($0)\n" }.joined()
        return "\(place)\(severity): \(diagnostic.message)\n\(shown)"
          + diagnostic.hints.map { "\(place)note: \($0)\n" }.joined()
      }.joined()
  }
}
