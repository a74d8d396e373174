internal import Diagnostics

/// Expressions as source text, with the parentheses that their reading needs and no others.

/// How tightly an operand must bind to stand without parentheses, loosest first.
struct BindingStrength: Comparable {
  var rank: Int

  static let any = BindingStrength(rank: 0)
  /// Level `n` of the operators of two operands, from 0.
  static func binary(_ level: Int) -> BindingStrength { BindingStrength(rank: 1 + level) }
  static let unary = BindingStrength(rank: 100)
  static let postfix = BindingStrength(rank: 101)
  static let primary = BindingStrength(rank: 102)

  static func < (left: BindingStrength, right: BindingStrength) -> Bool { left.rank < right.rank }
}

extension Expression: CustomStringConvertible {
  /// The expression as source text that reads back as the same tree.
  public var description: String { source(atLevel: .any) }

  /// The text, in parentheses when it binds less tightly than the place needs.
  func source(atLevel level: BindingStrength) -> String {
    strength < level ? "(\(bareSource))" : bareSource
  }

  private var strength: BindingStrength {
    switch kind {
    case .conditional, .elvis, .comptime: .any
    case .binary(let operation, _, _): .binary(Symbol(rawValue: operation.spelling)?.binaryLevel ?? 0)
    case .logical(let operation, _, _): .binary(Symbol(rawValue: operation.spelling)?.binaryLevel ?? 0)
    case .unary(let operation, _): operation.isPostfix ? .postfix : .unary
    case .cast: .unary
    // A brace at the start of a statement, or behind a condition, would be read as the statement's.
    case .ifElse, .block: .any
    case .member, .tupleElement, .element: .postfix
    case .integer, .string, .boolean, .positionalParameter, .parameterCount, .identifier, .variable, .map, .call,
      .type, .tuple, .record, .sizeOf, .offsetOf, .typeInfo:
      .primary
    }
  }

  private var bareSource: String {
    switch kind {
    case .integer(let literal): return literal.source
    case .string(let literal): return quoted(literal.bytes)
    case .boolean(let value): return String(value)
    case .positionalParameter(let number): return "$\(number)"
    case .parameterCount: return "$#"
    case .identifier(let name), .variable(let name): return name
    case .map(let map): return map.description
    case .call(let call): return "\(call.name)(\(call.arguments.map(\.description).joined(separator: ", ")))"
    case .type(let type): return type.description
    case .member(let base, let access, let name):
      return base.source(atLevel: .postfix) + access.rawValue + name.text
    case .tupleElement(let base, let index, _): return base.sourceBeforeElement + ".\(index)"
    case .element(let base, let index): return base.source(atLevel: .postfix) + "[\(index)]"
    case .unary(let operation, let operand):
      if operation.isPostfix { return operand.source(atLevel: .postfix) + operation.spelling }
      let text = operand.source(atLevel: .unary)
      // - before -1 must not become --1.
      let touches = operation.spelling.last == text.first && "+-&".contains(text: operation.spelling)
      return operation.spelling + (touches ? " " : "") + text
    case .binary(let operation, let left, let right): return joined(left, operation.spelling, right)
    case .logical(let operation, let left, let right): return joined(left, operation.spelling, right)
    case .conditional(let condition, let then, let otherwise):
      return "\(condition.source(atLevel: .binary(0))) ? \(then) : \(otherwise)"
    case .elvis(let value, let otherwise): return "\(value.source(atLevel: .binary(0))) ?: \(otherwise)"
    case .cast(let type, let operand): return "(\(type))" + castSource(of: operand)
    case .tuple(let elements):
      if elements.count == 1, let only = elements.first { return "(\(only),)" }
      return "(" + elements.map(\.description).joined(separator: ", ") + ")"
    case .record(let fields):
      return "(" + fields.map { "\($0.name) = \($0.value)" }.joined(separator: ", ") + ")"
    case .sizeOf(let operand): return "sizeof(\(operand.source))"
    case .offsetOf(let operand, let path):
      return "offsetof(\(operand.source), \(path.map(\.text).joined(separator: ".")))"
    case .typeInfo(let operand): return "typeinfo(\(operand.source))"
    case .ifElse(let condition, let then, let otherwise):
      return "if (\(condition)) \(then.source) else \(otherwise.source)"
    case .block(let block): return block.source
    case .comptime(let operand): return "comptime \(operand)"
    }
  }

  private func joined(_ left: Expression, _ spelling: String, _ right: Expression) -> String {
    let level = Symbol(rawValue: spelling)?.binaryLevel ?? 0
    return left.source(atLevel: .binary(level)) + " \(spelling) " + right.source(atLevel: .binary(level + 1))
  }

  /// The text as the operand of `sizeof` and the like.
  var sourceAsOperand: String {
    let text = description
    if case .identifier(let name) = kind, Vocabulary.isBuiltin(name) { return text }
    return text.utf8.first?.isWordStart == true ? "(\(text))" : text
  }

  /// A number before `.0` would read as one with a fraction.
  private var sourceBeforeElement: String {
    if case .integer = kind { return "(\(bareSource))" }
    return source(atLevel: .postfix)
  }

  /// Behind `(name)` an operator of one operand may read as one of two.
  private func castSource(of operand: Expression) -> String {
    if case .unary(let operation, _) = operand.kind, !operation.isPostfix { return "(\(operand.bareSource))" }
    return operand.source(atLevel: .unary)
  }
}

extension MapReference: CustomStringConvertible {
  /// The map with its keys as source text.
  public var description: String {
    keys.isEmpty ? name.text : name.text + "[" + keys.map(\.description).joined(separator: ", ") + "]"
  }
}
