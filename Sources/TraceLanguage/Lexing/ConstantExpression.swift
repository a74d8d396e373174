import Diagnostics

/// Reads and evaluates an integer constant expression of C: array lengths, enum values, `#define` and `#if`.
///
/// Arithmetic is C's on 64 bits. Casts and `sizeof` are not evaluated: layouts are known only further up.
struct ConstantExpression {
  var cursor: TokenCursor
  /// Whether `defined(NAME)` may be asked, and names that nothing defines are no constants, as in `#if`.
  var asksForDefinitions = false
  /// The first name that is no known constant.
  private(set) var unknownName: String?
  private var depth = 0

  /// Levels of parentheses and prefixes; far more than anybody writes, far less than the stack holds.
  private static let deepest = 64

  private struct Number {
    var bits: UInt64
    var isUnsigned: Bool
  }

  init(cursor: TokenCursor, asksForDefinitions: Bool = false) {
    self.cursor = cursor
    self.asksForDefinitions = asksForDefinitions
  }

  /// The value, a negative one as its 64-bit pattern; nil when it is no constant.
  ///
  /// Stops behind what it could read.
  mutating func value() -> UInt64? { conditional()?.bits }

  private mutating func conditional() -> Number? {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest, let condition = binary(from: 0) else { return nil }
    guard cursor.take(.question) else { return condition }
    guard let first = conditional(), cursor.take(.colon), let second = conditional() else { return nil }
    return condition.bits != 0 ? first : second
  }

  private mutating func binary(from level: Int) -> Number? {
    guard var left = unary() else { return nil }
    while case .symbol(let symbol) = cursor.token.kind, let next = symbol.binaryLevel, next >= level {
      cursor.advance()
      guard let right = binary(from: next + 1), let result = Self.apply(symbol, left, right) else { return nil }
      left = result
    }
    return left
  }

  private mutating func unary() -> Number? {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else { return nil }
    switch cursor.token.kind {
    case .integer(let literal):
      cursor.advance()
      return Number(
        bits: literal.value, isUnsigned: literal.suffix.contains(.unsigned) || literal.value > UInt64(Int64.max))
    case .word("defined") where asksForDefinitions:
      cursor.advance()
      let isParenthesised = cursor.take(.leftParenthesis)
      guard case .word(let name) = cursor.token.kind else { return nil }
      cursor.advance()
      if isParenthesised, !cursor.take(.rightParenthesis) { return nil }
      return Number(bits: cursor.lexer.definedNames.contains(name) ? 1 : 0, isUnsigned: false)
    case .word(let name):
      guard let value = cursor.lexer.constants[name] else {
        unknownName = unknownName ?? name
        return nil
      }
      cursor.advance()
      return Number(bits: value, isUnsigned: false)
    case .symbol(.leftParenthesis):
      cursor.advance()
      guard let inner = conditional(), cursor.take(.rightParenthesis) else { return nil }
      return inner
    case .symbol(let symbol):
      guard [.minus, .plus, .tilde, .exclamation].contains(symbol) else { return nil }
      cursor.advance()
      guard let operand = unary() else { return nil }
      switch symbol {
      case .minus: return Number(bits: 0 &- operand.bits, isUnsigned: operand.isUnsigned)
      case .tilde: return Number(bits: ~operand.bits, isUnsigned: operand.isUnsigned)
      case .exclamation: return Number(bits: operand.bits == 0 ? 1 : 0, isUnsigned: false)
      default: return operand
      }
    default:
      return nil
    }
  }

  private static func apply(_ symbol: Symbol, _ left: Number, _ right: Number) -> Number? {
    let isUnsigned = left.isUnsigned || right.isUnsigned
    let (a, b) = (left.bits, right.bits)
    let (signedA, signedB) = (Int64(bitPattern: a), Int64(bitPattern: b))
    func number(_ bits: UInt64) -> Number { Number(bits: bits, isUnsigned: isUnsigned) }
    func truth(_ value: Bool) -> Number { Number(bits: value ? 1 : 0, isUnsigned: false) }
    switch symbol {
    case .plus: return number(a &+ b)
    case .minus: return number(a &- b)
    case .star: return number(a &* b)
    case .slash, .percent:
      if b == 0 { return nil }
      if isUnsigned { return number(symbol == .slash ? a / b : a % b) }
      let (quotient, remainder) = (
        signedA.dividedReportingOverflow(by: signedB), signedA.remainderReportingOverflow(dividingBy: signedB)
      )
      if quotient.overflow { return nil }
      return number(UInt64(bitPattern: symbol == .slash ? quotient.partialValue : remainder.partialValue))
    case .shiftLeft: return b < 64 ? Number(bits: a << b, isUnsigned: left.isUnsigned) : nil
    case .shiftRight:
      if b >= 64 { return nil }
      return Number(
        bits: left.isUnsigned ? a >> b : UInt64(bitPattern: signedA >> Int64(b)), isUnsigned: left.isUnsigned)
    case .ampersand: return number(a & b)
    case .bar: return number(a | b)
    case .caret: return number(a ^ b)
    case .logicalAnd: return truth(a != 0 && b != 0)
    case .logicalOr: return truth(a != 0 || b != 0)
    case .equal: return truth(a == b)
    case .notEqual: return truth(a != b)
    case .less: return truth(isUnsigned ? a < b : signedA < signedB)
    case .greater: return truth(isUnsigned ? a > b : signedA > signedB)
    case .lessOrEqual: return truth(isUnsigned ? a <= b : signedA <= signedB)
    case .greaterOrEqual: return truth(isUnsigned ? a >= b : signedA >= signedB)
    default: return nil
    }
  }
}
