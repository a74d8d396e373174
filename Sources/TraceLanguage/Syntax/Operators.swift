/// Operators of one operand.
public enum UnaryOperator: String, Sendable, Hashable, CaseIterable {
  /// `!e`
  case not = "!"
  /// `~e`
  case complement = "~"
  /// `-e`
  case negate = "-"
  /// `*e`
  case dereference = "*"
  /// `&e`
  case addressOf = "&"
  /// `++e`: the value after.
  case preIncrement = "++"
  /// `--e`: the value after.
  case preDecrement = "--"
  /// `e++`: the value before.
  case postIncrement = "post++"
  /// `e--`: the value before.
  case postDecrement = "post--"

  /// Whether it stands behind its operand.
  public var isPostfix: Bool { self == .postIncrement || self == .postDecrement }

  /// Whether it changes its operand, which must then be a variable or a map.
  public var isUpdate: Bool {
    switch self {
    case .preIncrement, .preDecrement, .postIncrement, .postDecrement: true
    case .not, .complement, .negate, .dereference, .addressOf: false
    }
  }

  /// How it is written.
  public var spelling: String {
    switch self {
    case .postIncrement: "++"
    case .postDecrement: "--"
    default: rawValue
    }
  }
}

/// Operators of two operands that always evaluate both.
public enum BinaryOperator: String, Sendable, Hashable, CaseIterable {
  /// `a | b`
  case or = "|"
  /// `a ^ b`
  case xor = "^"
  /// `a & b`
  case and = "&"
  /// `a == b`
  case equal = "=="
  /// `a != b`
  case notEqual = "!="
  /// `a < b`
  case less = "<"
  /// `a > b`
  case greater = ">"
  /// `a <= b`
  case lessOrEqual = "<="
  /// `a >= b`
  case greaterOrEqual = ">="
  /// `a << b`
  case shiftLeft = "<<"
  /// `a >> b`
  case shiftRight = ">>"
  /// `a + b`
  case add = "+"
  /// `a - b`
  case subtract = "-"
  /// `a * b`
  case multiply = "*"
  /// `a / b`
  case divide = "/"
  /// `a % b`
  case remainder = "%"

  /// How it is written.
  public var spelling: String { rawValue }

  /// Whether its result is a truth value.
  public var isComparison: Bool {
    switch self {
    case .equal, .notEqual, .less, .greater, .lessOrEqual, .greaterOrEqual: true
    default: false
    }
  }
}

/// Operators that may leave out their second operand.
public enum LogicalOperator: String, Sendable, Hashable, CaseIterable {
  /// `a || b`
  case or = "||"
  /// `a && b`
  case and = "&&"

  /// How it is written.
  public var spelling: String { rawValue }
}

/// `=` and its compound forms.
public enum AssignmentOperator: Sendable, Hashable {
  /// `=`
  case set
  /// `+=`, `-=`, …
  case compound(BinaryOperator)

  /// How it is written.
  public var spelling: String {
    switch self {
    case .set: "="
    case .compound(let operation): operation.spelling + "="
    }
  }
}
