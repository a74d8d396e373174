internal import Diagnostics

/// Marks every access to a kernel structure, so that the loader finds the field in the kernel that runs.
///
/// A structure declared in an extension of `BPFKernel.Kernel` names some fields of one of the kernel's, in any order. The
/// address of a field becomes a call that carries the field's place in BTF; the backend makes a CO-RE relocation of it.
enum KernelAccess: RewritingRule {
  /// A kernel structure: the written type, and for each element of LLVM's type which field it is; nil is padding.
  struct Structure {
    /// A field: its place among the fields, and its written type when that is an array.
    struct Field {
      var index: Int
      var array: Int?
    }

    var type: Int
    var fields: [Field?]
  }

  /// An array within the context: its written type, and LLVM's.
  struct ArrayField {
    var node: Int
    var type: String
  }

  /// What is known while one function is gone through.
  struct Visit {
    /// The context, when the function is a program.
    var context: String?
    var arrays: [String: ArrayField] = [:]
    /// How many instructions were gone through; tells copies apart.
    var copies = 0
  }

  static let access = "llvm.preserve.struct.access.index.p0.p0"
  static let elementAccess = "llvm.preserve.array.access.index.p0.p0"
  static let fieldInfo = "llvm.bpf.preserve.field.info.p0"
  static let typeInfo = "llvm.bpf.preserve.type.info"
  static let enumInfo = "llvm.bpf.preserve.enum.value"

  private static let declarations = [
    access: "declare ptr @\(access)(ptr, i32 immarg, i32 immarg)",
    elementAccess: "declare ptr @\(elementAccess)(ptr, i32 immarg, i32 immarg)",
    fieldInfo: "declare i32 @\(fieldInfo)(ptr, i64 immarg)",
    typeInfo: "declare i32 @\(typeInfo)(i32 immarg, i64 immarg)",
    enumInfo: "declare i64 @\(enumInfo)(i32 immarg, ptr, i64 immarg)",
  ]

  static func apply(to rewriting: inout Rewriting) {
    var known: [String: Structure?] = [:]
    var used: Set<String> = []
    var count = 0
    for index in rewriting.module.functions.indices {
      let function = rewriting.module.functions[index]
      var visit = Visit(context: function.isProgram ? function.parameters.first?.name : nil)
      var body: [IRInstruction] = []
      for instruction in function.body {
        visit.copies += 1
        if instruction.text.hasPrefix("getelementptr ") {
          body.append(field(instruction, &visit, &known, &used, &rewriting))
        } else if let copy = copied(instruction, visit, &used, rewriting) {
          body += copy
        } else if instruction.text.contains(text: "@swift_bpf_"), let call = IRCall(instruction) {
          count += 1
          let question = Question(call: call, instruction: instruction, number: count, body: function.body)
          if let answer = answered(question, &used, &rewriting) {
            body += answer
          } else {
            rewriting.report(.questionNotConstant(at: rewriting.debug.place(of: instruction)))
          }
        } else {
          body.append(instruction)
        }
      }
      rewriting.module.functions[index].body = body
    }
    rewriting.module.declarations.removeAll { $0.name.hasPrefix("swift_bpf_") }
    for name in used.sorted() where !rewriting.module.declarations.contains(where: { $0.name == name }) {
      if let line = declarations[name], let declaration = IRDeclaration(line: line) {
        rewriting.module.declarations.append(declaration)
      }
    }
  }

  /// An address within a structure or an array, marked when it is one of the kernel's.
  private static func field(
    _ instruction: IRInstruction, _ visit: inout Visit, _ known: inout [String: Structure?],
    _ used: inout Set<String>, _ rewriting: inout Rewriting
  ) -> IRInstruction {
    var cursor = IRCursor(instruction.text)
    _ = cursor.skip("getelementptr ")
    _ = cursor.skip("inbounds ")
    _ = cursor.skip("nuw ")
    guard let result = instruction.result, let type = cursor.type(), cursor.skip(", ptr ") else { return instruction }
    let base = cursor.value()
    if let array = visit.arrays[base] {
      return element(instruction, of: array, at: base, cursor, &visit, &used, rewriting)
    }
    guard type.contains(text: "T9BPFKernel6KernelO"), cursor.skip(", i32 0, i32 "), let number = cursor.integer(),
      cursor.isAtEnd
    else { return instruction }
    if known[type] == nil { known[type] = structure(type, &rewriting) }
    guard case .some(.some(let structure)) = known[type], number < structure.fields.count,
      let field = structure.fields[number]
    else {
      rewriting.report(.kernelTypeUnknown(type, at: rewriting.debug.place(of: instruction)))
      return instruction
    }
    // The verifier takes a context's fields only at constant offsets from its beginning, each by itself.
    if base == visit.context, let array = field.array {
      visit.arrays[result] = ArrayField(node: array, type: elementType(number, of: type, rewriting) ?? "")
    }
    used.insert(access)
    return marked(
      instruction, "call ptr @\(access)(ptr elementtype(\(type)) \(base), i32 \(number), i32 \(field.index))",
      structure.type)
  }

  /// An address within an array of the context: its storage, or an element by a constant index.
  private static func element(
    _ instruction: IRInstruction, of array: ArrayField, at base: String, _ cursor: IRCursor, _ visit: inout Visit,
    _ used: inout Set<String>, _ rewriting: Rewriting
  ) -> IRInstruction {
    var cursor = cursor
    guard let result = instruction.result else { return instruction }
    if cursor.skip(", i32 0, i32 0") {
      visit.arrays[result] = ArrayField(node: array.node, type: elementType(0, of: array.type, rewriting) ?? "")
      return instruction
    }
    guard array.type.hasPrefix("["), cursor.skip(", i64 "), let index = cursor.integer(), index >= 0, cursor.isAtEnd
    else { return instruction }
    used.insert(elementAccess)
    return marked(
      instruction, "call ptr @\(elementAccess)(ptr elementtype(\(array.type)) \(base), i32 1, i32 \(index))", array.node
    )
  }

  /// A copy of an array of the context, element by element, for each has its own place; nil for anything else.
  private static func copied(
    _ instruction: IRInstruction, _ visit: Visit, _ used: inout Set<String>, _ rewriting: Rewriting
  ) -> [IRInstruction]? {
    guard instruction.text.contains(text: "@llvm.memcpy."), let call = IRCall(instruction), call.arguments.count >= 3,
      let array = visit.arrays[call.arguments[1].value], let size = Int(call.arguments[2].value)
    else { return nil }
    let type = array.type.hasPrefix("[") ? array.type : elementType(0, of: array.type, rewriting) ?? ""
    var cursor = IRCursor(type.dropFirst().dropLast())
    guard type.hasPrefix("["), let count = cursor.integer(), cursor.skip(" x "), count > 0,
      let element = rewriting.sizes.layout(of: cursor.remaining), [1, 2, 4, 8].contains(element.size),
      size <= count * element.size, size <= 256
    else { return nil }
    used.insert(elementAccess)
    let name = "\(call.arguments[0].value.filter { $0 != "\"" }).copy.\(visit.copies)"
    let bits = element.size * 8
    return (0..<(size / element.size)).flatMap { index -> [IRInstruction] in
      func line(_ part: String?, _ text: String) -> IRInstruction {
        IRInstruction(result: part.map { "\(name).\($0).\(index)" }, text, attachments: instruction.attachments)
      }
      let source = line(
        "from",
        "call ptr @\(elementAccess)(ptr elementtype(\(type)) \(call.arguments[1].value), i32 1, i32 \(index))")
      return [
        marked(source, source.text, array.node),
        line("value", "load i\(bits), ptr \(name).from.\(index), align \(element.size)"),
        line("to", "getelementptr inbounds i\(bits), ptr \(call.arguments[0].value), i64 \(index)"),
        line(nil, "store i\(bits) \(name).value.\(index), ptr \(name).to.\(index), align 1"),
      ]
    }
  }

  private static func marked(_ instruction: IRInstruction, _ text: String, _ type: Int) -> IRInstruction {
    var marked = instruction
    marked.text = text
    marked.attachments.insert(
      MetadataAttachment(kind: "llvm.preserve.access.index", node: .written(type)), at: 0)
    return marked
  }

  /// The elements of one of LLVM's structure types.
  private static func elements(of type: String, _ rewriting: Rewriting) -> [String]? {
    guard let body = rewriting.module.types.first(where: { $0.name == type })?.body, body.hasPrefix("<{") else {
      return nil
    }
    return IRCursor.list(body.dropFirst(2).dropLast(2))
  }

  private static func elementType(_ number: Int, of type: String, _ rewriting: Rewriting) -> String? {
    guard let elements = elements(of: type, rewriting), number < elements.count else { return nil }
    return elements[number]
  }

  private static func structure(_ type: String, _ rewriting: inout Rewriting) -> Structure? {
    // `%T` and the mangled name here, `$e` and the same with a `D` behind it in the debug metadata.
    let name = type.dropFirst(type.hasPrefix("%\"") ? 3 : 2)
    let mangled = "$e" + (name.hasSuffix("\"") ? name.dropLast() : name) + "D"
    guard let number = rewriting.debug.type(identifier: mangled), let layout = rewriting.debug.layout(number),
      let elements = elements(of: type, rewriting)
    else { return nil }
    let table = rewriting.debug.table
    let members = table.elements(table.node(number)?.node("elements"))
    var fields: [Structure.Field?] = []
    var count = 0
    for element in elements {
      // Between fields Swift writes its padding as an array of bytes; a field is never one, it has a type of its own.
      if element.hasPrefix("["), element.hasSuffix(" x i8]") {
        fields.append(nil)
        continue
      }
      let member = count < members.count ? rewriting.debug.layout(table.node(members[count])?.node("baseType")) : nil
      let array = member.flatMap { rewriting.debug.isArray($0.node) ? $0.node : nil }
      fields.append(Structure.Field(index: count, array: array))
      count += 1
    }
    return Structure(type: layout.node, fields: fields)
  }
}

extension DebugInformation {
  /// Whether a written type is an array.
  fileprivate func isArray(_ type: Int) -> Bool {
    writer.nodes[type].hasPrefix("!DICompositeType(tag: DW_TAG_array_type")
  }

  /// The type whose mangled name is `identifier`.
  mutating func type(identifier: String) -> Int? {
    if let typesByIdentifier { return typesByIdentifier[identifier] }
    var types: [String: Int] = [:]
    for number in 0..<table.count where table.node(number, contains: "9BPFKernel6KernelO") {
      guard let node = table.node(number), node.kind == "DICompositeType", let name = node.string("identifier"),
        node["elements"] != nil || types[name] == nil
      else { continue }
      types[name] = number
    }
    typesByIdentifier = types
    return types[identifier]
  }
}
