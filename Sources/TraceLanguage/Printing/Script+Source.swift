/// Scripts and statements as source text, which reads back as the same tree.

extension Script: CustomStringConvertible {
  /// The script, laid out anew: comments are gone, two blanks for each level.
  public var description: String {
    var pieces: [String] = []
    if let interpreter { pieces.append("#!\(interpreter)\n") }
    pieces += declarations.map { $0.source + "\n" }
    if !configuration.isEmpty {
      pieces.append(
        "config = {\n" + configuration.map { "  \($0.key) = \($0.value.source);\n" }.joined() + "}\n")
    }
    pieces += imports.map { "import \(quoted(Array($0.path.utf8)));\n" }
    pieces += maps.map { "let \($0.name) = \($0.type)(\($0.capacity));\n" }
    pieces += macros.map {
      "macro \($0.name)(\($0.parameters.map(\.source).joined(separator: ", "))) \($0.body.source)\n"
    }
    pieces += subprograms.map { subprogram in
      let parameters = subprogram.parameters.map { "\($0.name) : \($0.type)" }.joined(separator: ", ")
      return "fn \(subprogram.name)(\(parameters)) : \(subprogram.result) \(subprogram.body.source(level: 0))\n"
    }
    pieces += probes.map { $0.description + "\n" }
    return pieces.joined()
  }
}

extension Probe: CustomStringConvertible {
  /// The probe as source text.
  public var description: String {
    attachPoints.map(\.source).joined(separator: ",\n") + (predicate.map { " /\($0.sourceInPredicate)/" } ?? "")
      + " " + body.source(level: 0)
  }
}

extension Expression {
  /// A predicate must not begin with what makes a comment of its slash.
  fileprivate var sourceInPredicate: String {
    let text = description
    return text.hasPrefix("*") ? " \(text)" : text
  }
}

extension Block {
  func source(level: Int) -> String {
    if statements.isEmpty { return "{\n\(indent(level))}" }
    return "{\n" + statements.map { indent(level + 1) + $0.source(level: level + 1) + "\n" }.joined()
      + indent(level) + "}"
  }
}

extension BlockExpression {
  var source: String {
    let parts = statements.map { $0.source(level: 0) } + (value.map { [$0.source(atLevel: .binary(0))] } ?? [])
    return "{ " + parts.joined(separator: " ") + " }"
  }
}

private func indent(_ level: Int) -> String { String(repeating: "  ", count: level) }

extension Statement: CustomStringConvertible {
  /// The statement as source text.
  public var description: String { source(level: 0) }

  fileprivate func source(level: Int) -> String {
    switch kind {
    case .expression(let expression): return expression.sourceAsStatement + ";"
    case .assignVariable(let assignment):
      let type = assignment.type.map { ": \($0)" } ?? ""
      return (assignment.isDeclaration ? "let " : "")
        + "\(assignment.name)\(type) \(assignment.operation.spelling) \(assignment.value);"
    case .assignMap(let map, let operation, let value): return "\(map) \(operation.spelling) \(value);"
    case .discard(let expression): return "_ = \(expression);"
    case .declareVariable(let declaration):
      return "let \(declaration.name)" + (declaration.type.map { ": \($0)" } ?? "") + ";"
    case .ifElse(let condition, let then, let otherwise):
      let end = otherwise.map { " else " + $0.sourceAfterElse(level: level) } ?? ""
      return "if (\(condition)) \(then.source(level: level))\(end)"
    case .whileLoop(let condition, let body): return "while (\(condition)) \(body.source(level: level))"
    case .forMap(let variable, let map, let body): return "for (\(variable) : \(map)) \(body.source(level: level))"
    case .forRange(let variable, let from, let to, let body):
      return "for (\(variable) : \(from)..\(to)) \(body.source(level: level))"
    case .unroll(let count, let body): return "unroll (\(count)) \(body.source(level: level))"
    case .breakLoop: return "break;"
    case .continueLoop: return "continue;"
    case .returnValue(let value): return "return" + (value.map { " \($0)" } ?? "") + ";"
    case .block(let block): return block.source(level: level)
    }
  }
}

extension Expression {
  /// What would begin with a brace or a keyword of a statement stands in parentheses.
  fileprivate var sourceAsStatement: String { source(atLevel: .binary(0)) }
}

extension Block {
  /// `if` behind `else` needs no braces of its own.
  fileprivate func sourceAfterElse(level: Int) -> String {
    if statements.count == 1, let only = statements.first, case .ifElse = only.kind { return only.source(level: level) }
    return source(level: level)
  }
}

extension CDeclaration {
  fileprivate var source: String {
    switch self {
    case .structure(let structure): structure.source + ";"
    case .enumeration(let enumeration): enumeration.source + ";"
    case .typeAlias(let name, let type, _): "typedef \(type.declaration(of: name.text));"
    case .define(let define): "#define \(define.source)"
    case .include(let include): "#include " + (include.isSystem ? "<\(include.path)>" : "\"\(include.path)\"")
    }
  }
}

extension CStructure {
  fileprivate var source: String {
    var text = kind.rawValue
    if let tag { text += " \(tag)" }
    guard let fields else { return text }
    text += " {\n"
    for field in fields {
      text += "  " + field.type.declaration(of: field.name?.text ?? "")
      if let width = field.bitWidth { text += " : \(width)" }
      if let alignment = field.alignment { text += " __attribute__((aligned(\(alignment))))" }
      text += ";\n"
    }
    text += "}"
    if isPacked { text += " __attribute__((packed))" }
    if let alignment { text += " __attribute__((aligned(\(alignment))))" }
    return text
  }
}

extension CEnumeration {
  fileprivate var source: String {
    "enum " + (tag.map { "\($0) " } ?? "") + "{ "
      + constants.map { "\($0.name) = \($0.value)" }.joined(separator: ", ") + " }"
  }
}

extension CType {
  /// The declaration of `name` with this type: what stands around a name in C is read from the name outwards.
  fileprivate func declaration(of name: String) -> String {
    switch self {
    case .void: return join("void", name)
    case .boolean: return join("_Bool", name)
    case .integer(let type, _, _), .floatingPoint(let type, _), .named(let type): return join(type, name)
    case .tagged(let tag, let type): return join("\(tag.rawValue) \(type)", name)
    case .structure(let structure): return join(structure.source, name)
    case .enumeration(let enumeration): return join(enumeration.source, name)
    case .pointer(let target):
      switch target {
      case .array, .function: return target.declaration(of: "(*\(name))")
      default: return target.declaration(of: "*\(name)")
      }
    case .array(let element, let count): return element.declaration(of: "\(name)[\(count.map(String.init) ?? "")]")
    case .function: return join("void", "\(name)(void)")
    }
  }

  private func join(_ type: String, _ name: String) -> String { name.isEmpty ? type : "\(type) \(name)" }
}
