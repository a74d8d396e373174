public import Diagnostics

/// Statements between braces; scratch variables declared inside end with it.
public struct Block: Sendable {
  /// The statements in order.
  public var statements: [Statement]
  /// From brace to brace.
  public var span: SourceSpan

  /// A block of these statements.
  public init(_ statements: [Statement], span: SourceSpan) {
    self.statements = statements
    self.span = span
  }
}

/// Statements between braces of which the last is an expression without `;`: the block's value.
public struct BlockExpression: Sendable {
  /// The statements before the value.
  public var statements: [Statement]
  /// The value; nil in the body of a macro that has none.
  public var value: Expression?
  /// From brace to brace.
  public var span: SourceSpan

  /// A block with a value.
  public init(_ statements: [Statement], value: Expression?, span: SourceSpan) {
    self.statements = statements
    self.value = value
    self.span = span
  }
}

/// Something that is done.
public struct Statement: Sendable {
  /// What it is.
  public var kind: Kind
  /// Where it stands, without the `;`.
  public var span: SourceSpan

  /// A statement.
  public init(_ kind: Kind, span: SourceSpan) {
    self.kind = kind
    self.span = span
  }

  /// The forms of a statement.
  public indirect enum Kind: Sendable {
    /// A call, `@x++`, or any expression for its effect.
    case expression(Expression)
    /// `$x = e`, `$x += e`, `let $x: type = e`.
    case assignVariable(VariableAssignment)
    /// `@x = e`, `@x[k] += e`.
    case assignMap(MapReference, AssignmentOperator, Expression)
    /// `_ = e`: evaluates and forgets.
    case discard(Expression)
    /// `let $x`, `let $x: type`.
    case declareVariable(VariableDeclaration)
    /// `if c { … } else { … }`; `else if` is a block with one statement.
    case ifElse(Expression, then: Block, otherwise: Block?)
    /// `while (c) { … }`.
    case whileLoop(Expression, body: Block)
    /// `for ($kv : @map) { … }`.
    case forMap(variable: Name, map: MapReference, body: Block)
    /// `for ($i : a..b) { … }`; `b` is not reached.
    case forRange(variable: Name, from: Expression, to: Expression, body: Block)
    /// `unroll (n) { … }`.
    case unroll(Expression, body: Block)
    /// `break`
    case breakLoop
    /// `continue`
    case continueLoop
    /// `return`, `return e`.
    case returnValue(Expression?)
    /// `{ … }`
    case block(Block)
  }
}

/// `$x = e` and its forms.
public struct VariableAssignment: Sendable {
  /// The variable, with its `$`.
  public var name: Name
  /// `=` or a compound form.
  public var operation: AssignmentOperator
  /// What is assigned.
  public var value: Expression
  /// Whether `let` stood before it: the variable is then new here.
  public var isDeclaration: Bool
  /// The type after `let $x:`.
  public var type: TypeName?

  /// An assignment.
  public init(
    name: Name, operation: AssignmentOperator = .set, value: Expression, isDeclaration: Bool = false,
    type: TypeName? = nil
  ) {
    self.name = name
    self.operation = operation
    self.value = value
    self.isDeclaration = isDeclaration
    self.type = type
  }
}

/// `let $x` without a value.
public struct VariableDeclaration: Sendable {
  /// The variable, with its `$`.
  public var name: Name
  /// The type after the colon.
  public var type: TypeName?

  /// A declaration.
  public init(name: Name, type: TypeName? = nil) {
    self.name = name
    self.type = type
  }
}
