/// A pattern with wildcards, as the trace language writes them in probe names.
///
/// `*` stands for any run of bytes, `?` for any one byte, `[a-c_]` for one of a set, `[!a-c]` for one outside of it.
/// A `[` that is never closed stands for itself.
public struct NamePattern: Hashable, Sendable, CustomStringConvertible {
  fileprivate enum Piece: Hashable, Sendable {
    case byte(UInt8)
    case any
    case run
    case set([ClosedRange<UInt8>], inverted: Bool)
  }

  /// The text that the pattern was made of.
  public let description: String
  private let pieces: [Piece]

  /// The pattern that `text` spells; every text is one.
  public init(_ text: String) {
    description = text
    var pieces: [Piece] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "*"): if pieces.last != .run { pieces.append(.run) }
      case UInt8(ascii: "?"): pieces.append(.any)
      case UInt8(ascii: "["): pieces.append(Self.takeSet(from: &rest) ?? .byte(byte))
      default: pieces.append(.byte(byte))
      }
    }
    self.pieces = pieces
  }

  /// Whether the text has wildcards; without any, only one name matches.
  public var hasWildcards: Bool {
    pieces.contains { piece in
      if case .byte = piece { false } else { true }
    }
  }

  /// Whether the whole of `name` matches.
  public func matches(_ name: String) -> Bool {
    var name = name
    return name.withUTF8 { matches(UnsafeRawBufferPointer($0)) }
  }

  /// Whether the whole of a name, given as its bytes, matches.
  ///
  /// - Complexity: O(name × runs) at worst, O(prefix) for names that do not begin as the pattern does.
  public func matches(_ name: UnsafeRawBufferPointer) -> Bool {
    var piece = 0
    var place = 0
    // Where to go on when the bytes after the latest `*` do not fit: it takes one byte more.
    var resume: (piece: Int, place: Int)?
    while place < name.count {
      if piece < pieces.count {
        if case .run = pieces[piece] {
          resume = (piece + 1, place)
          piece += 1
          continue
        }
        if pieces[piece].takes(name[place]) {
          piece += 1
          place += 1
          continue
        }
      }
      guard let last = resume else { return false }
      resume = (last.piece, last.place + 1)
      piece = last.piece
      place = last.place + 1
    }
    return pieces[piece...].allSatisfy { $0 == .run }
  }

  /// Reads a set up to its `]`; nil, with nothing taken, when there is none.
  private static func takeSet(from rest: inout ArraySlice<UInt8>) -> Piece? {
    var body = rest
    let inverted = body.first == UInt8(ascii: "!") || body.first == UInt8(ascii: "^")
    if inverted { body = body.dropFirst() }
    var ranges: [ClosedRange<UInt8>] = []
    // A `]` that comes first is a member of the set.
    while let low = body.popFirst() {
      if low == UInt8(ascii: "]"), !ranges.isEmpty {
        rest = body
        return .set(ranges, inverted: inverted)
      }
      if body.first == UInt8(ascii: "-"), let high = body.dropFirst().first, high != UInt8(ascii: "]"), low <= high {
        ranges.append(low...high)
        body = body.dropFirst(2)
      } else {
        ranges.append(low...low)
      }
    }
    return nil
  }
}

extension NamePattern.Piece {
  fileprivate func takes(_ byte: UInt8) -> Bool {
    switch self {
    case .byte(let own): own == byte
    case .any: true
    case .run: false
    case .set(let ranges, let inverted): ranges.contains { $0.contains(byte) } != inverted
    }
  }
}
