public import Diagnostics

/// The number of an expression, dense from 0 within a script; an operand's is lower than its operation's.
///
/// Later stages keep what they learn (a type, a value) in arrays indexed by it.
public struct ExpressionID: Hashable, Sendable, Comparable {
  /// The number.
  public let index: Int

  /// The expression with this number.
  public init(_ index: Int) { self.index = index }

  /// Orders by number.
  public static func < (left: ExpressionID, right: ExpressionID) -> Bool { left.index < right.index }
}

/// Something that has a value.
public struct Expression: Sendable {
  /// Its number within the script.
  public var id: ExpressionID
  /// What it is.
  public var kind: Kind
  /// Where it stands, with the parentheses around it.
  public var span: SourceSpan

  /// An expression with a number of its own.
  public init(id: ExpressionID, _ kind: Kind, span: SourceSpan) {
    self.id = id
    self.kind = kind
    self.span = span
  }

  /// The forms of an expression.
  public indirect enum Kind: Sendable {
    /// `1`, `0x10`, `2e3`, `5ms`.
    case integer(IntegerLiteral)
    /// `"text"`; adjacent literals are not joined here.
    case string(StringLiteral)
    /// `true`, `false`.
    case boolean(Bool)
    /// `$1`, `$2`, …: a parameter of the command line.
    case positionalParameter(Int)
    /// `$#`.
    case parameterCount
    /// A bare word: a built-in value (`pid`), an enum or `#define` constant, a macro without parentheses.
    case identifier(String)
    /// `$x`; the name has its `$`.
    case variable(String)
    /// `@x`, `@x[1]`, `@x[a, b]`.
    case map(MapReference)
    /// `name(arguments)`.
    case call(Call)
    /// A type as an argument of a call, as in `container_of($p, struct task_struct, flags)`.
    case type(TypeName)
    /// `e.name`, `e->name`.
    case member(Expression, MemberAccess, Name)
    /// `e.0`: an element of a tuple.
    case tupleElement(Expression, Int, indexSpan: SourceSpan)
    /// `e[i]`.
    case element(Expression, index: Expression)
    /// `!e`, `-e`, `*e`, `&e`, `++e`, `e++`, …
    case unary(UnaryOperator, Expression)
    /// `a + b`, `a < b`, …
    case binary(BinaryOperator, Expression, Expression)
    /// `a && b`, `a || b`.
    case logical(LogicalOperator, Expression, Expression)
    /// `c ? a : b`.
    case conditional(Expression, then: Expression, otherwise: Expression)
    /// `a ?: b`: `a` unless it is zero.
    case elvis(Expression, otherwise: Expression)
    /// `(type)e`.
    case cast(TypeName, Expression)
    /// `(a, b)`, `(a,)`, `()`.
    case tuple([Expression])
    /// `(a=1, b=2)`.
    case record([RecordField])
    /// `sizeof(type)`, `sizeof(e)`.
    case sizeOf(TypeOperand)
    /// `offsetof(struct s, a.b)`, `offsetof(e, a.b)`.
    case offsetOf(TypeOperand, path: [Name])
    /// `typeinfo(type)`, `typeinfo(e)`.
    case typeInfo(TypeOperand)
    /// `if c { …; a } else { …; b }` where a value is wanted.
    case ifElse(Expression, then: BlockExpression, otherwise: BlockExpression)
    /// `{ …; e }` where a value is wanted.
    case block(BlockExpression)
    /// `comptime e`: evaluated while compiling.
    case comptime(Expression)
  }
}

/// `@x` or `@x[keys]`.
public struct MapReference: Sendable {
  /// The map, with its `@`; a bare `@` is a map too.
  public var name: Name
  /// The keys, one tuple to the compiler when there are several; none when the map is named alone.
  public var keys: [Expression]
  /// From the name to the closing bracket.
  public var span: SourceSpan

  /// A map, with keys where it is keyed.
  public init(name: Name, keys: [Expression] = [], span: SourceSpan) {
    self.name = name
    self.keys = keys
    self.span = span
  }
}

/// `name(arguments)`.
public struct Call: Sendable {
  /// The function or macro.
  public var name: Name
  /// The arguments; one that can only be a type is ``Expression/Kind/type(_:)``.
  public var arguments: [Expression]

  /// A call of `name`.
  public init(name: Name, arguments: [Expression]) {
    self.name = name
    self.arguments = arguments
  }
}

/// How a field was asked for.
public enum MemberAccess: String, Sendable, Hashable {
  /// `.`
  case dot = "."
  /// `->`
  case arrow = "->"
}

/// `name = e` in a record.
public struct RecordField: Sendable {
  /// The field.
  public var name: Name
  /// Its value.
  public var value: Expression
}

/// What `sizeof`, `offsetof`, `typeof` and `typeinfo` look at.
///
/// A bare word that is no built-in value is taken for a type; the compiler may know better.
public enum TypeOperand: Sendable {
  /// A type's name.
  case type(TypeName)
  /// An expression, whose type is meant; it is not evaluated.
  case expression(Expression)
}
