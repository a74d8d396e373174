import Diagnostics

/// Attach points, which follow rules of their own: up to a blank, a comma or a brace all is text, `:` separates parts,
/// `"…"` takes anything, `\` takes one character, `$1` a parameter.
///
/// A `/` begins the predicate, except in a path: right behind a colon, or in the target of a user-space probe or the
/// pin of an iterator.
extension Lexer {
  /// Whether the part with this number, from 0, is a path, in which `/` is text.
  static func isPath(part number: Int, ofProvider provider: String, beginningWithSlash: Bool) -> Bool {
    beginningWithSlash && number > 0
      || number == 1 && userSpaceProviders.contains(provider.lowercased())
      || number == 2 && iteratorProviders.contains(provider.lowercased())
  }

  private static let userSpaceProviders: Set<String> = ["uprobe", "u", "uretprobe", "ur", "usdt"]
  private static let iteratorProviders: Set<String> = ["iter", "it"]

  /// The attach point at `position`; its only part is empty when none stands there.
  mutating func scanAttachPoint() -> AttachPoint {
    let start = position
    let name = scanAttachPointName()
    var parts: [AttachPoint.Part] = []
    while true {
      parts.append(scanPart(number: parts.count, provider: parts.first?.text ?? ""))
      guard byte() == UInt8(ascii: ":") else { break }
      position += 1
    }
    return AttachPoint(name: name, parts: parts, span: span(from: start))
  }

  /// `name=` before an attach point.
  private mutating func scanAttachPointName() -> Name? {
    guard byte().isWordStart else { return nil }
    var ahead = self
    let start = position
    let word = ahead.takeWord()
    let name = Name(word, at: ahead.span(from: start))
    ahead.skipTrivia()
    guard ahead.byte() == UInt8(ascii: "="), ahead.byte(1) != UInt8(ascii: "=") else { return nil }
    ahead.position += 1
    ahead.skipTrivia()
    self = ahead
    return name
  }

  private mutating func scanPart(number: Int, provider: String) -> AttachPoint.Part {
    let start = position
    let isPath = Self.isPath(part: number, ofProvider: provider, beginningWithSlash: byte() == UInt8(ascii: "/"))
    var segments: [AttachPoint.Part.Segment] = []
    var pending: [UInt8] = []
    func close(_ segments: inout [AttachPoint.Part.Segment], _ pending: inout [UInt8]) {
      if !pending.isEmpty { segments.append(.text(String(decoding: pending, as: UTF8.self))) }
      pending = []
    }
    scan: while !isAtEnd {
      switch byte() {
      case let byte where byte.isBlank: break scan
      case UInt8(ascii: ":"), UInt8(ascii: ","), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: ";"): break scan
      case UInt8(ascii: "/") where !isPath: break scan
      case UInt8(ascii: "\""):
        scanQuotedPart(into: &pending)
      case UInt8(ascii: "\\") where position + 1 < limit && byte(1) != UInt8(ascii: "\n"):
        pending.append(byte(1))
        position += 2
      case UInt8(ascii: "$") where byte(1) == UInt8(ascii: "#"):
        close(&segments, &pending)
        segments.append(.parameterCount)
        position += 2
      case UInt8(ascii: "$") where byte(1).isDigit:
        close(&segments, &pending)
        let parameter = position
        position += 1
        while byte().isDigit { position += 1 }
        if let number = Int(text(from: parameter + 1, to: position)), number >= 1 {
          segments.append(.parameter(number))
        } else {
          diagnostics.report(.invalidPositionalParameter(at: span(from: parameter)))
        }
      case let plain:
        pending.append(plain)
        position += 1
      }
    }
    close(&segments, &pending)
    return AttachPoint.Part(segments: segments, span: span(from: start))
  }

  /// `"…"` within a part: all its bytes are text, `\"` and `\\` escape.
  private mutating func scanQuotedPart(into content: inout [UInt8]) {
    let start = position
    position += 1
    while !isAtEnd, byte() != UInt8(ascii: "\n") {
      if byte() == UInt8(ascii: "\"") {
        position += 1
        return
      }
      if byte() == UInt8(ascii: "\\"), byte(1) == UInt8(ascii: "\"") || byte(1) == UInt8(ascii: "\\") { position += 1 }
      content.append(byte())
      position += 1
    }
    diagnostics.report(.unterminatedString(at: span(from: start)))
  }
}
