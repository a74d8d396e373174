public import Diagnostics

/// One place to attach to, such as `tracepoint:syscalls:sys_enter_openat` or `uprobe:/bin/bash:readline`.
///
/// Only split at its colons: which providers there are and what their parts mean is for the probe catalogue.
public struct AttachPoint: Sendable, Hashable {
  /// The text between two colons.
  public struct Part: Sendable, Hashable {
    /// A stretch of a part.
    public enum Segment: Sendable, Hashable {
      /// Literal text, quotes removed and escapes resolved.
      case text(String)
      /// `$1`, `$2`, …: the positional parameter of that number.
      case parameter(Int)
      /// `$#`: how many positional parameters there are.
      case parameterCount
    }

    /// The stretches in order; none for an empty part.
    public var segments: [Segment]
    /// Where the part stands.
    public var span: SourceSpan

    /// A part of these stretches.
    public init(segments: [Segment], span: SourceSpan) {
      self.segments = segments
      self.span = span
    }

    /// The text with `parameters` put in; nil when one is asked for that was not given.
    public func text(parameters: [String]) -> String? {
      var result = ""
      for segment in segments {
        switch segment {
        case .text(let text): result += text
        case .parameter(let number):
          guard number >= 1, number <= parameters.count else { return nil }
          result += parameters[number - 1]
        case .parameterCount: result += String(parameters.count)
        }
      }
      return result
    }

    /// The text with parameters left as written.
    public var text: String {
      var result = ""
      for segment in segments {
        switch segment {
        case .text(let text): result += text
        case .parameter(let number): result += "$\(number)"
        case .parameterCount: result += "$#"
        }
      }
      return result
    }
  }

  /// The name given by `name=` before it.
  public var name: Name?
  /// The text between the colons: at least one part, of which the first names the provider.
  public var parts: [Part]
  /// The attach point with its name.
  public var span: SourceSpan

  /// An attach point of these parts.
  public init(name: Name? = nil, parts: [Part], span: SourceSpan) {
    self.name = name
    self.parts = parts
    self.span = span
  }

  /// The provider as written, in any case and any of its short forms.
  public var provider: String { parts.first?.text ?? "" }
  /// All parts joined by colons, without the name.
  public var text: String { parts.map(\.text).joined(separator: ":") }
}
