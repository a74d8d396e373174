/// Diagnostics as they are found; shown in the order of the text.
public struct DiagnosticList: Sendable {
  /// In the order in which they were reported.
  public private(set) var all: [Diagnostic] = []
  private var known: Set<Diagnostic> = []

  /// None yet.
  public init() {}

  /// Adds one; what is already there, word for word at the same place, is not said twice.
  public mutating func report(_ diagnostic: Diagnostic) {
    if known.insert(diagnostic).inserted { all.append(diagnostic) }
  }

  /// Adds all of another list.
  public mutating func report(contentsOf other: DiagnosticList) {
    for diagnostic in other.all { report(diagnostic) }
  }

  /// Whether nothing was reported.
  public var isEmpty: Bool { all.isEmpty }
  /// Whether there is an error among them.
  public var hasErrors: Bool { all.contains { $0.severity == .error } }
  /// The errors, in the order of the text.
  public var errors: [Diagnostic] { sorted.filter { $0.severity == .error } }
  /// The warnings, in the order of the text.
  public var warnings: [Diagnostic] { sorted.filter { $0.severity == .warning } }

  /// All in the order of the text; those of one place stay in the order in which they were reported.
  public var sorted: [Diagnostic] {
    all.enumerated()
      .sorted { ($0.element.span, $0.offset) < ($1.element.span, $1.offset) }
      .map(\.element)
  }
}
