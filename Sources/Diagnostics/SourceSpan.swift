/// Which source text an offset belongs to, when a program is made of several.
///
/// The first text of a run, usually the script itself, is ``SourceID/main``.
public struct SourceID: Hashable, Sendable {
  /// The number of the text, dense from 0.
  public var number: UInt16

  /// The text with this number.
  public init(_ number: UInt16) { self.number = number }

  /// The text that the user named: the script.
  public static let main = SourceID(0)
}

/// A stretch of one source text, as UTF-8 offsets, end exclusive.
///
/// Twelve bytes, so that every node of a tree can carry one.
public struct SourceSpan: Hashable, Sendable {
  /// The text that the offsets count in.
  public var source: SourceID
  private var storedStart: UInt32
  private var storedEnd: UInt32

  /// Offset of the first byte.
  public var start: Int { Int(storedStart) }
  /// Offset behind the last byte, never below ``start``.
  public var end: Int { Int(storedEnd) }
  /// Whether no byte lies in it: it then marks the place before ``start``.
  public var isEmpty: Bool { storedStart == storedEnd }

  /// The bytes from `start` up to, not including, `end`; offsets are clamped to 32 bits and `end` to `start`.
  public init(start: Int, end: Int, in source: SourceID = .main) {
    self.source = source
    storedStart = UInt32(clamping: start)
    storedEnd = max(UInt32(clamping: end), storedStart)
  }

  /// The smallest span that holds both; of another text's span nothing is taken.
  public func union(_ other: SourceSpan) -> SourceSpan {
    guard other.source == source else { return self }
    return SourceSpan(start: min(start, other.start), end: max(end, other.end), in: source)
  }

  /// The empty span at its start.
  public var startPoint: SourceSpan { SourceSpan(start: start, end: start, in: source) }
}

extension SourceSpan: Comparable {
  /// Orders by text, then start, then end.
  public static func < (left: SourceSpan, right: SourceSpan) -> Bool {
    (left.source.number, left.storedStart, left.storedEnd) < (right.source.number, right.storedStart, right.storedEnd)
  }
}
