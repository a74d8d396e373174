/// Writes expressions, as they occur in `decltype` and template arguments.
enum ItaniumExpressionWriting {
  typealias ID = ItaniumNode.ID
  typealias TooBig = ItaniumPrinter.TooBig

  static func write(_ id: ID, _ printer: inout ItaniumPrinter) throws(TooBig) {
    switch printer.node(id) {
    case .literal(let type, let suffix, let digits):
      if let suffix {
        try printer.writeText(digits + suffix)
      } else {
        try printer.writeText("(")
        if let type { try printer.print(type) }
        try printer.writeText(")\(digits)")
      }
    case .unary(let symbol, let operand):
      try printer.writeText(symbol)
      if symbol == "&", let function = printer.resolved(operand),
        case .function(let name?, nil, _, let qualifiers) = printer.node(function), qualifiers.isEmpty,
        case .nested = printer.node(name)
      {
        // As by c++filt: the address of a member function is written without its parameters.
        try printer.print(name)
      } else {
        try writeOperand(operand, &printer)
      }
    case .postfix(let operand, let symbol):
      try writeOperand(operand, &printer)
      try printer.writeText(symbol)
    case .binary(let one, let symbol, let other):
      // A bare `>` would end the template arguments.
      if symbol == ">" { try printer.writeText("(") }
      try writeOperand(one, &printer)
      try printer.writeText(symbol)
      try writeOperand(other, &printer)
      if symbol == ">" { try printer.writeText(")") }
    case .conditional(let condition, let one, let other):
      try writeOperand(condition, &printer)
      try printer.writeText("?")
      try writeOperand(one, &printer)
      try printer.writeText(" : ")
      try writeOperand(other, &printer)
    case .call(let callee, let arguments):
      try writeOperand(callee, &printer)
      try printer.writeParameters(arguments)
    case .cast(let type, let operands):
      try printer.writeText("(")
      try printer.print(type)
      try printer.writeText(")")
      try printer.writeParameters(operands)
    case .namedCast(let name, let type, let operand):
      try printer.writeText("\(name)<")
      try printer.print(type)
      try printer.writeText(">(")
      try printer.print(operand)
      try printer.writeText(")")
    case .enclosed(let start, let operand, let end):
      try printer.writeText(start)
      try printer.print(operand)
      try printer.writeText(end)
    case .list(let type, let elements):
      if let type { try printer.print(type) }
      try printer.writeText("{")
      try printer.writeList(elements)
      try printer.writeText("}")
    case .member(let object, let symbol, let member):
      try writeOperand(object, &printer)
      try printer.writeText(symbol)
      try printer.print(member)
    case .new(let isGlobal, let isArray, let placement, let type, let initializer):
      try printer.writeText("\(isGlobal ? "::" : "")new\(isArray ? "[]" : "") ")
      if !placement.isEmpty {
        try printer.writeParameters(placement)
        try printer.writeText(" ")
      }
      try printer.print(type)
      if let initializer { try printer.writeParameters(initializer) }
    case .delete(let word, let operand):
      try printer.writeText(word)
      try writeOperand(operand, &printer)
    case .fold(let isLeft, let operation, let pack, let start):
      try writeFold(isLeft: isLeft, operation, pack, start, &printer)
    default: break
    }
  }

  private static func writeFold(
    isLeft: Bool, _ operation: String, _ pack: ID, _ start: ID?, _ printer: inout ItaniumPrinter
  ) throws(TooBig) {
    try printer.writeText("(")
    if isLeft {
      if let start {
        try writeOperand(start, &printer)
        try printer.writeText(operation)
      }
      try printer.writeText("...\(operation)")
      try writeOperand(pack, &printer)
    } else {
      try writeOperand(pack, &printer)
      try printer.writeText("\(operation)...")
      if let start {
        try printer.writeText(operation)
        try writeOperand(start, &printer)
      }
    }
    try printer.writeText(")")
  }

  /// Writes an operand, in parentheses unless it is a name.
  private static func writeOperand(_ id: ID, _ printer: inout ItaniumPrinter) throws(TooBig) {
    var isSimple = false
    if let resolved = printer.resolved(id) {
      switch printer.node(resolved) {
      case .text, .nested, .abbreviation, .list: isSimple = true
      default: break
      }
    }
    if !isSimple { try printer.writeText("(") }
    try printer.print(id)
    if !isSimple { try printer.writeText(")") }
  }
}
