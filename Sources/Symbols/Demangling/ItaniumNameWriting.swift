/// Writes names and expressions, which have no right side.
enum ItaniumNameWriting {
  typealias TooBig = ItaniumPrinter.TooBig

  static func write(_ id: ItaniumNode.ID, _ printer: inout ItaniumPrinter) throws(TooBig) {
    switch printer.node(id) {
    case .text(let text): try printer.writeText(text)
    case .abbreviation(let text, _, _): try printer.writeText(text)
    case .nested(let scope, let name), .local(let scope, let name):
      try printer.print(scope)
      try printer.writeText("::")
      try printer.print(name)
    case .template(let name, let arguments):
      try printer.print(name)
      try printer.writeArguments(arguments)
    case .tagged(let name, let tag):
      try printer.print(name)
      try printer.writeText("[abi:\(tag)]")
    case .constructor(let scope): try writeBaseName(scope, &printer)
    case .destructor(let scope):
      try printer.writeText("~")
      try writeBaseName(scope, &printer)
    case .operatorName(let text): try printer.writeText(text)
    case .conversion(let type):
      try printer.writeText("operator ")
      try printer.print(type)
    case .lambda(let parameters, let number):
      try printer.writeText("{lambda")
      try printer.writeParameters(parameters)
      try printer.writeText("#\(number)}")
    case .structuredBinding(let names):
      try printer.writeText("[")
      try printer.writeList(names)
      try printer.writeText("]")
    case .special(let text, let name), .prefixed(let text, let name):
      try printer.writeText(text)
      try printer.print(name)
    case .constructionTable(let base, let whole):
      try printer.writeText("construction vtable for ")
      try printer.print(base)
      try printer.writeText("-in-")
      try printer.print(whole)
    case .clone(let name, let suffix):
      try printer.print(name)
      try printer.writeText(" [clone \(suffix)]")
    case .vector(let type, let count):
      try printer.print(type)
      try printer.writeText(" __vector(")
      try printer.print(count)
      try printer.writeText(")")
    case .decltype(let operand):
      try printer.writeText("decltype (")
      try printer.print(operand)
      try printer.writeText(")")
    case .pack(let elements), .parameterPack(let elements): try printer.writeList(elements)
    case .expansion(let pattern): try printer.writeExpansion(pattern)
    default: try ItaniumExpressionWriting.write(id, &printer)
    }
  }

  /// The class's own name: without scope, arguments and tags.
  private static func writeBaseName(_ id: ItaniumNode.ID, _ printer: inout ItaniumPrinter) throws(TooBig) {
    guard var id = printer.resolved(id) else { return }
    while true {
      switch printer.node(id) {
      case .nested(_, let name), .local(_, let name), .template(let name, _), .tagged(let name, _): id = name
      case .abbreviation(_, let base, _):
        try printer.writeText(base)
        return
      default:
        try printer.print(id)
        return
      }
    }
  }
}
