public import Diagnostics

extension VerifierRefusal {
  /// The refusal as compilers write it: place, source line with a mark below it, the calls on the way, remedies.
  ///
  ///     count.bpf.c:12:3-9: ERROR: the kernel refuses program 'count': R0 invalid mem access 'map_value_or_null'
  ///       *value += 1;
  ///       ~~~~~~
  ///     NOTE: R0=map_value_or_null(id=1,ks=4,vs=8) before instruction 7: (79) r1 = *(u64 *)(r0 +0)
  ///     HINT: compare the pointer with NULL before it is used, as in `if (!value) return 0;`
  public func rendered(isColoured: Bool = false) -> String {
    let (diagnostic, sources) = diagnostic
    return DiagnosticRenderer(sources, isColoured: isColoured).render(diagnostic)
  }

  /// The refusal as a diagnostic, and the source texts that its spans point into.
  ///
  /// A text consists of the one line that is known of it, at its place.
  public var diagnostic: (Diagnostic, [SourceText]) {
    var texts: [SourceText] = []
    func span(_ place: SourcePlace?) -> SourceSpan {
      guard let place, let id = UInt16(exactly: texts.count) else { return Self.nowhere }
      let text = place.sourceText(SourceID(id))
      texts.append(text)
      return place.span(in: text)
    }
    let main = span(place)
    var message = "the kernel refuses program '\(program)'"
    if let function, function != program { message += " in '\(function)'" }
    var contexts = calls.reversed().map { call in
      Diagnostic.Context(
        at: span(call.place),
        "called from \(call.function.map { "'\($0)'" } ?? "here") (instruction \(call.instruction))")
    }
    if let instruction, let instructionText {
      let states = registers.map { "\($0.name)=\($0.state)" }.joined(separator: " ")
      let facts = (states.isEmpty ? "" : "\(states) before ") + "instruction \(instruction): \(instructionText)"
      contexts.insert(Diagnostic.Context(at: Self.nowhere, facts), at: 0)
    }
    if let acquisition {
      contexts.append(
        Diagnostic.Context(at: span(acquisition.place), "acquired here (instruction \(acquisition.instruction))"))
    }
    return (
      Diagnostic(.error, id: cause.rawValue, at: main, "\(message): \(reason)", contexts: contexts, hints: remedies),
      texts
    )
  }

  /// A span of a text that is not there: it is told without a place.
  private static let nowhere = SourceSpan(start: 0, end: 0, in: SourceID(.max))
}

extension SourcePlace {
  /// A text that has this line at its number and nothing else; lines of C stand for themselves.
  fileprivate func sourceText(_ id: SourceID) -> SourceText {
    // A record holds 22 bits for the line.
    let empty = [UInt8](repeating: UInt8(ascii: "\n"), count: min(max(line, 1), 1 << 22) - 1)
    return SourceText(name: file, bytes: empty + Array(text.utf8), id: id)
  }

  /// From the column to the end of the word there, or the whole line without its indentation where no column is known.
  fileprivate func span(in source: SourceText) -> SourceSpan {
    let bytes = Array(text.utf8)
    let start = source.bytes.count - bytes.count
    let indentation = bytes.prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.count
    guard column > 0, column <= bytes.count else {
      return SourceSpan(start: start + indentation, end: start + bytes.count, in: source.id)
    }
    var end = column - 1
    while end < bytes.count, bytes[end].isWordByte { end += 1 }
    return SourceSpan(start: start + column - 1, end: start + max(end, column), in: source.id)
  }
}

extension UInt8 {
  /// Whether it belongs to a name or a number.
  fileprivate var isWordByte: Bool {
    self == UInt8(ascii: "_") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
      || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self)
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) || self >= 0x80
  }
}
