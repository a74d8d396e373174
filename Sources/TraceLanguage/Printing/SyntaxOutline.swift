/// A tree of labels: what of the syntax tree a person wants to see, without places and numbers.
///
/// Two scripts with equal outlines mean the same; `bpf trace -d ast` prints one.
///
///     Program
///      kprobe:f
///       =
///        map: @x
///         builtin: comm
///        call: count
public struct SyntaxOutline: Hashable, Sendable {
  /// What the node is.
  public var label: String
  /// What stands below it.
  public var children: [SyntaxOutline]

  /// A node.
  public init(_ label: String, _ children: [SyntaxOutline] = []) {
    self.label = label
    self.children = children
  }

  /// One line for each node, a blank more of indentation for each level, ending in a newline.
  public var text: String {
    var output = ""
    write(level: 0, to: &output)
    return output
  }

  private func write(level: Int, to output: inout String) {
    output += String(repeating: " ", count: level) + label + "\n"
    for child in children { child.write(level: level + 1, to: &output) }
  }
}

extension Script {
  /// The tree as `-d ast` shows it.
  public var outline: SyntaxOutline {
    var children: [SyntaxOutline] = []
    if let interpreter { children.append(SyntaxOutline("interpreter: \(interpreter)")) }
    children += declarations.map(\.outline)
    children += configuration.map {
      SyntaxOutline("config", [SyntaxOutline($0.key.text), SyntaxOutline($0.value.source)])
    }
    children += imports.map { SyntaxOutline("import: \(quoted(Array($0.path.utf8)))") }
    children += maps.map { SyntaxOutline("map: \($0.name)", [SyntaxOutline("\($0.type)(\($0.capacity))")]) }
    children += macros.map(\.outline)
    children += subprograms.map(\.outline)
    children += probes.flatMap(\.outlines)
    return SyntaxOutline("Program", children)
  }
}

extension Probe {
  /// A line for each attach point; what happens stands below the last.
  fileprivate var outlines: [SyntaxOutline] {
    let labels = attachPoints.map(\.source)
    let predicate = predicate.map { [SyntaxOutline("pred", [$0.outline])] } ?? []
    return labels.dropLast().map { SyntaxOutline($0 + ",") }
      + [SyntaxOutline(labels.last ?? "", predicate + body.statements.map(\.outline))]
  }
}

extension MacroDeclaration {
  fileprivate var outline: SyntaxOutline {
    SyntaxOutline("macro: \(name)(\(parameters.map(\.source).joined(separator: ", ")))", body.outlines)
  }
}

extension SubprogramDeclaration {
  fileprivate var outline: SyntaxOutline {
    let list = parameters.map { "\($0.name) : \($0.type)" }.joined(separator: ", ")
    return SyntaxOutline("fn: \(name)(\(list)) : \(result)", body.statements.map(\.outline))
  }
}

extension CDeclaration {
  fileprivate var outline: SyntaxOutline {
    switch self {
    case .structure(let structure): structure.outline
    case .enumeration(let enumeration): enumeration.outline
    case .typeAlias(let name, let type, _): SyntaxOutline("typedef: \(name)", [type.outline])
    case .define(let define): SyntaxOutline("define: \(define.source)")
    case .include(let include): SyntaxOutline("include: \(include.path)")
    }
  }
}

extension CStructure {
  fileprivate var outline: SyntaxOutline {
    var label = kind.rawValue + (tag.map { ": \($0)" } ?? "")
    if fields == nil { label += " (incomplete)" }
    if isPacked { label += " packed" }
    if let alignment { label += " aligned(\(alignment))" }
    return SyntaxOutline(
      label,
      (fields ?? []).map { field in
        var label = "field" + (field.name.map { ": \($0)" } ?? "")
        if let width = field.bitWidth { label += " : \(width)" }
        if let alignment = field.alignment { label += " aligned(\(alignment))" }
        return SyntaxOutline(label, [field.type.outline])
      })
  }
}

extension CEnumeration {
  fileprivate var outline: SyntaxOutline {
    SyntaxOutline("enum" + (tag.map { ": \($0)" } ?? ""), constants.map { SyntaxOutline("\($0.name) = \($0.value)") })
  }
}

extension CType {
  fileprivate var outline: SyntaxOutline {
    switch self {
    case .void: SyntaxOutline("void")
    case .boolean: SyntaxOutline("_Bool")
    case .integer(let name, _, _), .floatingPoint(let name, _), .named(let name): SyntaxOutline(name)
    case .tagged(let tag, let name): SyntaxOutline("\(tag.rawValue) \(name)")
    case .structure(let structure): structure.outline
    case .enumeration(let enumeration): enumeration.outline
    case .pointer(let type): SyntaxOutline("pointer", [type.outline])
    case .array(let type, let count): SyntaxOutline("array[\(count.map(String.init) ?? "")]", [type.outline])
    case .function: SyntaxOutline("function")
    }
  }
}

extension Statement {
  fileprivate var outline: SyntaxOutline {
    switch kind {
    case .expression(let expression): return expression.outline
    case .assignVariable(let assignment):
      let target = SyntaxOutline("variable: \(assignment.name)" + (assignment.type.map { " : \($0)" } ?? ""))
      return SyntaxOutline(
        (assignment.isDeclaration ? "let " : "") + assignment.operation.spelling, [target, assignment.value.outline])
    case .assignMap(let map, let operation, let value):
      return SyntaxOutline(operation.spelling, [map.outline, value.outline])
    case .discard(let expression): return SyntaxOutline("discard", [expression.outline])
    case .declareVariable(let declaration):
      let type = declaration.type.map { " : \($0)" } ?? ""
      return SyntaxOutline("let", [SyntaxOutline("variable: \(declaration.name)\(type)")])
    case .ifElse(let condition, let then, let otherwise):
      return SyntaxOutline(
        "if", [condition.outline, then.outline("then")] + (otherwise.map { [$0.outline("else")] } ?? []))
    case .whileLoop(let condition, let body): return SyntaxOutline("while", [condition.outline, body.outline("block")])
    case .forMap(let variable, let map, let body):
      return SyntaxOutline("for", [SyntaxOutline("variable: \(variable)"), map.outline, body.outline("block")])
    case .forRange(let variable, let from, let to, let body):
      let range = SyntaxOutline("range", [from.outline, to.outline])
      return SyntaxOutline("for", [SyntaxOutline("variable: \(variable)"), range, body.outline("block")])
    case .unroll(let count, let body): return SyntaxOutline("unroll", [count.outline, body.outline("block")])
    case .breakLoop: return SyntaxOutline("break")
    case .continueLoop: return SyntaxOutline("continue")
    case .returnValue(let value): return SyntaxOutline("return", value.map { [$0.outline] } ?? [])
    case .block(let block): return block.outline("block")
    }
  }
}

extension Block {
  fileprivate func outline(_ label: String) -> SyntaxOutline { SyntaxOutline(label, statements.map(\.outline)) }
}

extension BlockExpression {
  fileprivate var outlines: [SyntaxOutline] {
    statements.map(\.outline) + (value.map { [SyntaxOutline("value", [$0.outline])] } ?? [])
  }
}

extension MapReference {
  fileprivate var outline: SyntaxOutline { SyntaxOutline("map: \(name)", keys.map(\.outline)) }
}

extension TypeOperand {
  fileprivate var outline: SyntaxOutline {
    switch self {
    case .type(let type): SyntaxOutline("type: \(type)")
    case .expression(let expression): expression.outline
    }
  }
}

extension Expression {
  fileprivate var outline: SyntaxOutline {
    switch kind {
    case .integer(let literal): SyntaxOutline("int: \(literal.source)")
    case .string(let literal): SyntaxOutline("string: \(escaped(literal.bytes))")
    case .boolean(let value): SyntaxOutline("bool: \(value)")
    case .positionalParameter(let number): SyntaxOutline("param: $\(number)")
    case .parameterCount: SyntaxOutline("param: $#")
    case .identifier(let name): SyntaxOutline((Vocabulary.isBuiltin(name) ? "builtin: " : "identifier: ") + name)
    case .variable(let name): SyntaxOutline("variable: \(name)")
    case .map(let map): map.outline
    case .call(let call): SyntaxOutline("call: \(call.name)", call.arguments.map(\.outline))
    case .type(let type): SyntaxOutline("type: \(type)")
    case .member(let base, let access, let name):
      SyntaxOutline(access.rawValue, [base.outline, SyntaxOutline(name.text)])
    case .tupleElement(let base, let index, _): SyntaxOutline(".", [base.outline, SyntaxOutline(String(index))])
    case .element(let base, let index): SyntaxOutline("[]", [base.outline, index.outline])
    case .unary(let operation, let operand):
      operation.isPostfix
        ? SyntaxOutline(operation.spelling + " (after)", [operand.outline])
        : SyntaxOutline(operation == .dereference ? "dereference" : operation.spelling, [operand.outline])
    case .binary(let operation, let left, let right): SyntaxOutline(operation.spelling, [left.outline, right.outline])
    case .logical(let operation, let left, let right): SyntaxOutline(operation.spelling, [left.outline, right.outline])
    case .conditional(let condition, let then, let otherwise):
      SyntaxOutline("?:", [condition.outline, then.outline, otherwise.outline])
    case .elvis(let value, let otherwise): SyntaxOutline("?:", [value.outline, otherwise.outline])
    case .cast(let type, let operand): SyntaxOutline("(\(type))", [operand.outline])
    case .tuple(let elements): SyntaxOutline("tuple:", elements.map(\.outline))
    case .record(let fields):
      SyntaxOutline("record:", fields.map { SyntaxOutline("field: \($0.name)", [$0.value.outline]) })
    case .sizeOf(let operand): SyntaxOutline("sizeof:", [operand.outline])
    case .offsetOf(let operand, let path):
      SyntaxOutline("offsetof:", [operand.outline, SyntaxOutline(path.map(\.text).joined(separator: "."))])
    case .typeInfo(let operand): SyntaxOutline("typeinfo:", [operand.outline])
    case .ifElse(let condition, let then, let otherwise):
      SyntaxOutline(
        "if", [condition.outline, SyntaxOutline("then", then.outlines), SyntaxOutline("else", otherwise.outlines)])
    case .block(let block): SyntaxOutline("block", block.outlines)
    case .comptime(let operand): SyntaxOutline("comptime", [operand.outline])
    }
  }
}
