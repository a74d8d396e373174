/// One thing to tell a person about a source text: what, where, and what to do.
///
/// Errors of scripts, of builds and refusals of the verifier are all of this form. Each kind has one factory, a
/// static function in an extension, so that its words stand in one place:
///
///     extension Diagnostic {
///       static func undefinedMap(_ name: String, at span: SourceSpan) -> Diagnostic {
///         Diagnostic(
///           .error, id: "undefined-map", at: span, "Undefined map: \(name)",
///           hints: ["a map exists once something is stored in it, as in \(name) = 1"])
///       }
///     }
public struct Diagnostic: Hashable, Sendable {
  /// How bad it is.
  public enum Severity: String, Hashable, Sendable, CaseIterable {
    /// The program cannot be used.
    case error = "ERROR"
    /// The program can be used; it may not do what was meant.
    case warning = "WARNING"
    /// A remark.
    case note = "NOTE"
  }

  /// Another place that belongs to the matter, and what it has to do with it.
  public struct Context: Hashable, Sendable {
    /// The other place.
    public var span: SourceSpan
    /// What is there.
    public var message: String

    /// A place with its remark.
    public init(at span: SourceSpan, _ message: String) {
      self.span = span
      self.message = message
    }
  }

  /// How bad it is.
  public var severity: Severity
  /// The kind of diagnostic, in lower case with hyphens; tests and tools select by it.
  public var id: String
  /// The text that it is about.
  public var span: SourceSpan
  /// What is wrong, in one sentence without a full stop.
  public var message: String
  /// Other places that belong to it.
  public var contexts: [Context]
  /// What to do about it.
  public var hints: [String]

  /// A diagnostic of the given kind.
  public init(
    _ severity: Severity, id: String, at span: SourceSpan, _ message: String, contexts: [Context] = [],
    hints: [String] = []
  ) {
    self.severity = severity
    self.id = id
    self.span = span
    self.message = message
    self.contexts = contexts
    self.hints = hints
  }
}
