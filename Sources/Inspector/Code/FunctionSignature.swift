internal import BTF

/// A function's declaration as bpftool writes it above the function's instructions: `int first(void * context)`.
struct FunctionSignature {
  private let types: TypeGraph
  private(set) var text = ""

  /// The signature of a function or of a prototype; "" when the types are malformed.
  init(of id: TypeID, in types: TypeGraph) {
    self.types = types
    do throws(BTFError) { try append(id, depth: 0) } catch { text = "" }
  }

  private mutating func append(_ id: TypeID, depth: Int) throws(BTFError) {
    guard depth < 64 else { throw BTFError(.chainTooDeep(id)) }
    switch try types.type(id) {
    case .void: text += "void "
    case .integer, .float, .typedef: text += "\(types.name(of: id)) "
    case .structure: text += "struct \(types.name(of: id)) "
    case .union: text += "union \(types.name(of: id)) "
    case .enumeration: text += "enum \(types.name(of: id)) "
    case .forward(let forward): text += "\(forward.isUnion ? "union" : "struct") \(forward.name) "
    case .array(let array):
      try append(array.element, depth: depth + 1)
      text += "[\(array.count)]"
    case .pointer(let target):
      try append(target, depth: depth + 1)
      text += "* "
    case .volatile(let target):
      text += "volatile "
      try append(target, depth: depth + 1)
    case .const(let target):
      text += "const "
      try append(target, depth: depth + 1)
    case .restrict(let target):
      text += "restrict "
      try append(target, depth: depth + 1)
    case .typeTag(let tag): try append(tag.target, depth: depth + 1)
    case .functionPrototype(let prototype): try append(prototype, named: "", depth: depth + 1)
    case .function(let function):
      guard case .functionPrototype(let prototype) = try types.type(function.prototype) else { return }
      try append(prototype, named: function.name, depth: depth + 1)
    case .variable, .dataSection, .declarationTag: break
    }
  }

  private mutating func append(_ prototype: FunctionPrototype, named name: String, depth: Int) throws(BTFError) {
    try append(prototype.result, depth: depth)
    text += "\(name)("
    for (index, parameter) in prototype.parameters.enumerated() {
      if index > 0 { text += ", " }
      try append(parameter.type, depth: depth)
      if !parameter.name.isEmpty { text += parameter.name } else if text.hasSuffix(" ") { text.removeLast() }
    }
    if prototype.isVariadic { text += prototype.parameters.isEmpty ? "..." : ", ..." }
    text += ")"
  }
}
