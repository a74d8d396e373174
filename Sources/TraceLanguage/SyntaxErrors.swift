import Diagnostics

/// The words of everything that can be wrong with a script's text, one factory per mistake.
extension Diagnostic {
  static func syntax(
    _ id: String, at span: SourceSpan, _ message: String, contexts: [Context] = [], hints: [String] = []
  ) -> Diagnostic {
    Diagnostic(.error, id: id, at: span, "syntax: " + message, contexts: contexts, hints: hints)
  }

  // MARK: Tokens

  static func invalidCharacter(_ bytes: ArraySlice<UInt8>, at span: SourceSpan) -> Diagnostic {
    let text = String(decoding: bytes, as: UTF8.self)
    let isQuote = ["\u{201c}", "\u{201d}", "\u{201e}", "\u{2018}", "\u{2019}"].contains { text.contains($0) }
    let isControl = bytes.allSatisfy { $0 < 0x20 || $0 == 0x7f }
    let shown = isControl ? "with code \(bytes.first ?? 0)" : "'\(text)'"
    let hint =
      isQuote
      ? "text is written between straight quotes: \"…\"" : "outside of text and comments a script is plain ASCII"
    return syntax(
      "invalid-character", at: span, "invalid character \(shown)",
      hints: isQuote || isControl || !text.utf8.allSatisfy({ $0 < 0x80 }) ? [hint] : [])
  }

  static func strayHash(at span: SourceSpan) -> Diagnostic {
    syntax(
      "stray-hash", at: span, "'#' may only begin a line",
      hints: ["a comment begins with //, the number of parameters is $#"])
  }

  static func strayDollar(at span: SourceSpan) -> Diagnostic {
    syntax(
      "stray-dollar", at: span, "'$' without a name",
      hints: [
        "$name is a variable, $1 a parameter, $# their number; in a shell's double quotes write \\$ or quote with '…'"
      ])
  }

  static func invalidPositionalParameter(at span: SourceSpan) -> Diagnostic {
    syntax(
      "invalid-positional-parameter", at: span, "no such positional parameter",
      hints: ["parameters count from $1; $# is their number"])
  }

  static func unterminatedComment(at span: SourceSpan) -> Diagnostic {
    syntax("unterminated-comment", at: span, "unterminated comment", hints: ["close it with */; comments do not nest"])
  }

  static func unterminatedString(at span: SourceSpan) -> Diagnostic {
    syntax(
      "unterminated-string", at: span, "unterminated string",
      hints: ["close it with \" on the same line; a line break inside is written \\n"])
  }

  static func invalidEscape(at span: SourceSpan) -> Diagnostic {
    syntax(
      "invalid-escape", at: span, "invalid escape sequence",
      hints: [#"there are \n \t \r \" \\ and a byte's number: octal up to \377, hexadecimal \xNN"#])
  }

  static func singleQuotes(isClosed: Bool, at span: SourceSpan) -> Diagnostic {
    syntax(
      "single-quotes", at: span, isClosed ? "text in single quotes" : "invalid character '''",
      hints: ["write text in double quotes: \"…\""])
  }

  static func numberWithoutDigits(at span: SourceSpan) -> Diagnostic {
    syntax("number-without-digits", at: span, "number without digits", hints: ["write 0x1f, 0b101 or 42"])
  }

  static func digitOutsideBase(_ base: UInt64, at span: SourceSpan) -> Diagnostic {
    syntax(
      "digit-outside-base", at: span, "digit outside base \(base)",
      hints: [base == 8 ? "a leading 0 means octal: leave it out for a decimal number" : "binary digits are 0 and 1"])
  }

  static func integerTooLarge(at span: SourceSpan) -> Diagnostic {
    syntax(
      "integer-too-large", at: span, "integer literal is too large", hints: ["the largest is \(UInt64.max)"])
  }

  static func integerTooLargeForSuffix(_ highest: UInt64, at span: SourceSpan) -> Diagnostic {
    syntax(
      "integer-too-large-for-suffix", at: span, "integer literal is too large for its suffix",
      hints: ["with this suffix the largest is \(highest); ull takes up to \(UInt64.max)"])
  }

  static func durationTooLong(at span: SourceSpan) -> Diagnostic {
    syntax(
      "duration-too-long", at: span, "duration is too long",
      hints: ["times are nanoseconds in 64 bits, which is 584 years"])
  }

  static func invalidPowerOfTen(at span: SourceSpan) -> Diagnostic {
    syntax(
      "invalid-power-of-ten", at: span, "invalid power of ten",
      hints: ["before the e stands one digit from 1 to 9, behind it a number without leading zero, as in 2e3"])
  }

  static func invalidNumberSuffix(_ suffix: String, at span: SourceSpan) -> Diagnostic {
    syntax(
      "invalid-number-suffix", at: span, "invalid suffix '\(suffix)' on a number",
      hints: ["suffixes are u l ul ll ull and, for decimal numbers, the times ns us ms s m h d"])
  }

  // MARK: Lines that begin with #

  static func unusableDirective(_ keyword: String, at span: SourceSpan) -> Diagnostic {
    syntax(
      "unusable-directive", at: span, "cannot use '#\(keyword)'",
      hints: ["there are #include, #define, #undef, #if, #ifdef, #ifndef, #elif, #else and #endif"])
  }

  static func defineWithoutName(at span: SourceSpan) -> Diagnostic {
    syntax("define-without-name", at: span, "#define needs a name", hints: ["as in #define LIMIT 10"])
  }

  static func includeWithoutPath(at span: SourceSpan) -> Diagnostic {
    syntax(
      "include-without-path", at: span, "#include needs a path",
      hints: ["as in #include <linux/path.h>; the kernel's types are known without it"])
  }

  static func conditionalWithoutName(_ keyword: String, at span: SourceSpan) -> Diagnostic {
    syntax("conditional-without-name", at: span, "#\(keyword) needs a name", hints: ["as in #\(keyword) LIMIT"])
  }

  static func unmatchedConditional(_ keyword: String, at span: SourceSpan) -> Diagnostic {
    syntax("unmatched-conditional", at: span, "#\(keyword) without #if", hints: ["remove it, or write the #if before"])
  }

  static func unterminatedConditional(at span: SourceSpan) -> Diagnostic {
    syntax("unterminated-conditional", at: span, "conditional without #endif", hints: ["end it with a line #endif"])
  }

  static func undecidableCondition(_ name: String?, at span: SourceSpan) -> Diagnostic {
    syntax(
      "undecidable-condition", at: span,
      name.map { "condition asks for '\($0)', which nothing defines" } ?? "condition is no integer constant",
      hints: [
        "conditions see the script's own #define lines and BPFTRACE_HAVE_BTF; types come from the running kernel, "
          + "so that a check of its version is seldom needed"
      ])
  }

  // MARK: Structure

  static func unexpected(
    _ token: Token, expected: String, contexts: [Context] = [], hints: [String] = []
  ) -> Diagnostic {
    syntax(
      "unexpected-token", at: token.span, "unexpected \(token.name), expected \(expected)", contexts: contexts,
      hints: hints)
  }

  static func missingSemicolon(at span: SourceSpan) -> Diagnostic {
    syntax("missing-semicolon", at: span, "missing ';'", hints: ["statements are separated by ;"])
  }

  static func nestedTooDeeply(_ limit: Int, at span: SourceSpan) -> Diagnostic {
    syntax(
      "nested-too-deeply", at: span, "nested too deeply (more than \(limit) levels)",
      hints: ["keep parts in variables or split the probe"])
  }

  static func tooManyErrors(at span: SourceSpan) -> Diagnostic {
    syntax("too-many-errors", at: span, "too many errors, the rest is not read", hints: ["mend the first ones first"])
  }

  static func unclosedBrace(before token: Token, opened: SourceSpan) -> Diagnostic {
    syntax(
      "unclosed-brace", at: token.span, "unexpected \(token.name), expected '}'",
      contexts: [Context(at: opened, "this '{' is not closed")],
      hints: token.kind == .endOfFile ? [] : ["a probe begins only behind the '}' of the one before"])
  }

  static func strayBrace(at span: SourceSpan) -> Diagnostic {
    syntax(
      "stray-brace", at: span, "unexpected '}' outside of any probe", hints: ["remove it, or look for a '{' too few"])
  }

  static func emptyAttachPoint(_ token: Token) -> Diagnostic {
    unexpected(
      token, expected: "a probe", hints: ["a probe is an attach point and what happens there: kprobe:vfs_read { … }"])
  }

  static func missingProbeBody(_ token: Token, after attachPoint: String, hasPredicate: Bool) -> Diagnostic {
    if hasPredicate {
      return unexpected(token, expected: "'{'", hints: ["behind the predicate stands what happens: { … }"])
    }
    var hints = ["a probe is written \(attachPoint) { … }, with a condition \(attachPoint) /pid == 1/ { … }"]
    if case .word = token.kind {
      hints = ["attach points are separated by commas; blanks in a path need quotes: \"…\""]
    }
    return unexpected(token, expected: "',', a predicate or '{'", hints: hints)
  }

  static func unclosedPredicate(_ token: Token, opened: SourceSpan) -> Diagnostic {
    let isAssignment = token.kind == .symbol(.assign)
    return unexpected(
      token, expected: "'/'",
      contexts: isAssignment ? [] : [Context(at: opened, "the predicate begins here")],
      hints: [isAssignment ? "a comparison is written ==" : "a predicate is written /condition/ before the '{'"])
  }

  // MARK: Declarations

  static func mapDeclarationInBlock(at span: SourceSpan) -> Diagnostic {
    syntax(
      "map-declaration-in-block", at: span, "a map cannot be declared inside a probe",
      hints: ["put the let before the probes; without one, a map exists once something is stored in it"])
  }

  static func notACType(_ token: Token) -> Diagnostic { unexpected(token, expected: "a C type") }

  static func arrayLengthNotConstant(_ name: String?, at span: SourceSpan) -> Diagnostic {
    syntax(
      "not-constant", at: span, name.map { "'\($0)' is no known constant" } ?? "not an integer constant",
      hints: ["lengths, widths and enum values are integers, #define constants and enum constants of this script"])
  }

  static func storageInCSection(_ word: String, at span: SourceSpan) -> Diagnostic {
    syntax(
      "storage-in-c-section", at: span, "'\(word)' declares a variable or a function",
      hints: ["before the probes stand types and constants only: struct, union, enum, typedef, #define"])
  }

  static func notACType(_ words: [String], at span: SourceSpan) -> Diagnostic {
    syntax(
      "not-a-c-type", at: span, "'\(words.joined(separator: " "))' is no C type",
      hints: ["C's own types are char, short, int, long, long long, their unsigned forms, _Bool, float and double"])
  }

  // MARK: Expressions and statements

  static func misplacedKeyword(_ token: Token) -> Diagnostic {
    unexpected(
      token, expected: "an expression",
      hints: token.kind == .word("else") ? ["else stands directly behind the '}' of its if"] : [])
  }

  static func notAssignable(at span: SourceSpan) -> Diagnostic {
    syntax(
      "not-assignable", at: span, "only a variable or a map can be assigned to",
      hints: ["$x = … or @x[key] = …; a comparison is written =="])
  }

  static func assignmentInExpression(at span: SourceSpan) -> Diagnostic {
    syntax(
      "assignment-in-expression", at: span, "an assignment is a statement, not a value",
      hints: ["a comparison is written =="])
  }

  static func notCountable(_ spelling: String, at span: SourceSpan) -> Diagnostic {
    syntax(
      "not-countable", at: span, "'\(spelling)' applies to a variable or a map only",
      hints: ["as in $x\(spelling) or @x[key]\(spelling)"])
  }

  static func floatingPoint(at span: SourceSpan) -> Diagnostic {
    syntax(
      "floating-point", at: span, "there are no floating-point numbers",
      hints: ["count in a smaller unit: milliseconds instead of seconds, per mille instead of a fraction"])
  }

  static func emptyMapKey(_ name: String, at span: SourceSpan) -> Diagnostic {
    syntax("empty-map-key", at: span, "a map's key is missing", hints: ["write \(name)[key], or \(name) alone"])
  }

  static func noBlockValue(at span: SourceSpan) -> Diagnostic {
    syntax(
      "no-block-value", at: span, "this block has no value",
      hints: ["its value is a last expression without ';', as in { $x = f(); $x + 1 }; an if needs an else"])
  }

  static func keyedMapInLoop(_ name: String, at span: SourceSpan) -> Diagnostic {
    syntax(
      "keyed-map-in-loop", at: span, "a loop runs over a whole map",
      hints: ["for ($kv : \(name)) { … } gives the key as $kv.0 and the value as $kv.1"])
  }

  static func notALoopRange(at span: SourceSpan) -> Diagnostic {
    syntax(
      "not-a-loop-range", at: span, "a loop runs over a map or over a range",
      hints: ["for ($kv : @map) { … } or for ($i : 0..10) { … }"])
  }
}

extension Token {
  /// How messages name it.
  var name: String {
    switch kind {
    case .endOfFile: "end of file"
    case .word(let word): "'\(word)'"
    case .variable(let name), .map(let name): "'\(name)'"
    case .positionalParameter(let number): "'$\(number)'"
    case .parameterCount: "'$#'"
    case .integer: "number"
    case .string: "string"
    case .symbol(let symbol): "'\(symbol.rawValue)'"
    case .directive: "'#' line"
    }
  }
}
