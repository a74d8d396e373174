/// Marks every access to a kernel structure, so that the loader finds the field in the kernel that runs.
///
/// A structure declared in an extension of `BPFKernel.Kernel` names some fields of one of the kernel's, in any order. The
/// address of a field becomes a call that carries the field's place in BTF; the backend makes a CO-RE relocation of it.
enum KernelAccess: RewritingRule {
  /// A kernel structure: the written type, and for each element of LLVM's type which field it is; nil is padding.
  private struct Structure {
    var type: Int
    var fields: [Int?]
  }

  private static let access = "llvm.preserve.struct.access.index.p0.p0"
  private static let fieldInfo = "llvm.bpf.preserve.field.info.p0"
  private static let typeInfo = "llvm.bpf.preserve.type.info"
  private static let enumInfo = "llvm.bpf.preserve.enum.value"

  static func apply(to rewriting: inout Rewriting) {
    var known: [String: Structure?] = [:]
    var used: Set<String> = []
    var count = 0
    for index in rewriting.module.functions.indices {
      for line in rewriting.module.functions[index].body.indices {
        let instruction = rewriting.module.functions[index].body[line]
        if instruction.text.hasPrefix("getelementptr ") {
          guard let marked = marked(instruction, &known, &rewriting) else { continue }
          rewriting.module.functions[index].body[line] = marked
          used.insert(access)
        } else if instruction.text.contains(word: "@swift_bpf_"), let call = IRCall(instruction) {
          count += 1
          let question = Question(
            call: call, instruction: instruction, number: count, body: rewriting.module.functions[index].body)
          if let answer = answered(question, &used, &rewriting) {
            rewriting.module.functions[index].body[line] = answer
          } else {
            rewriting.report(.questionNotConstant(at: rewriting.debug.place(of: instruction)))
          }
        }
      }
    }
    rewriting.module.declarations.removeAll { $0.name.hasPrefix("swift_bpf_") }
    let declarations = [
      access: "declare ptr @\(access)(ptr, i32 immarg, i32 immarg)",
      fieldInfo: "declare i32 @\(fieldInfo)(ptr, i64 immarg)",
      typeInfo: "declare i64 @\(typeInfo)(i32 immarg, i64 immarg)",
      enumInfo: "declare i64 @\(enumInfo)(i32 immarg, ptr, i64 immarg)",
    ]
    for name in used.sorted() where !rewriting.module.declarations.contains(where: { $0.name == name }) {
      if let line = declarations[name], let declaration = IRDeclaration(line: line) {
        rewriting.module.declarations.append(declaration)
      }
    }
  }

  /// The address of a field, when the structure is one of the kernel's.
  private static func marked(
    _ instruction: IRInstruction, _ known: inout [String: Structure?], _ rewriting: inout Rewriting
  ) -> IRInstruction? {
    var cursor = IRCursor(instruction.text)
    guard cursor.skip("getelementptr ") else { return nil }
    _ = cursor.skip("inbounds ")
    _ = cursor.skip("nuw ")
    guard let type = cursor.type(), type.contains(word: "T9BPFKernel6KernelO"), cursor.skip(", ptr ") else {
      return nil
    }
    let base = cursor.value()
    guard cursor.skip(", i32 0, i32 "), let element = cursor.integer(), cursor.isAtEnd else { return nil }
    if known[type] == nil { known[type] = structure(type, &rewriting) }
    guard case .some(.some(let structure)) = known[type], element < structure.fields.count,
      let field = structure.fields[element]
    else {
      rewriting.report(.kernelTypeUnknown(type, at: rewriting.debug.place(of: instruction)))
      return nil
    }
    var marked = instruction
    marked.text = "call ptr @\(access)(ptr elementtype(\(type)) \(base), i32 \(element), i32 \(field))"
    marked.attachments.insert(
      MetadataAttachment(kind: "llvm.preserve.access.index", node: .written(structure.type)), at: 0)
    return marked
  }

  private static func structure(_ type: String, _ rewriting: inout Rewriting) -> Structure? {
    // `%T` and the mangled name here, `$e` and the same with a `D` behind it in the debug metadata.
    let name = type.dropFirst(type.hasPrefix("%\"") ? 3 : 2)
    let mangled = "$e" + (name.hasSuffix("\"") ? name.dropLast() : name) + "D"
    guard let number = rewriting.debug.type(identifier: mangled), let layout = rewriting.debug.layout(number),
      let body = rewriting.module.types.first(where: { $0.name == type })?.body, body.hasPrefix("<{")
    else { return nil }
    var fields: [Int?] = []
    var count = 0
    for element in IRCursor.list(body.dropFirst(2).dropLast(2)) {
      // Between fields Swift writes its padding as an array of bytes; a field is never one, it has a type of its own.
      if element.hasPrefix("["), element.hasSuffix(" x i8]") {
        fields.append(nil)
      } else {
        fields.append(count)
        count += 1
      }
    }
    return Structure(type: layout.node, fields: fields)
  }

  /// A call of one of the functions that `BPFKernel` only declares.
  private struct Question {
    var call: IRCall
    var instruction: IRInstruction
    /// Tells it from the others of the module.
    var number: Int
    /// The function that it stands in.
    var body: [IRInstruction]
  }

  /// The call of the compiler's own function that answers; nil when what is asked for is not known here.
  private static func answered(
    _ question: Question, _ used: inout Set<String>, _ rewriting: inout Rewriting
  ) -> IRInstruction? {
    let arguments = question.call.arguments
    var answer = question.instruction
    guard let symbol = question.call.symbol, let first = arguments.first else { return nil }
    func attach(_ type: Int) {
      answer.attachments.insert(MetadataAttachment(kind: "llvm.preserve.access.index", node: .written(type)), at: 0)
    }
    let kind = arguments.last.flatMap { Int($0.value) } ?? 0
    switch symbol {
    case "swift_bpf_opaque":
      answer.text = "call \(question.call.type) asm sideeffect \"\", \"=r,0\"(\(first.type) \(first.value))"
    case "swift_bpf_field_info":
      used.insert(fieldInfo)
      answer.text = "call i32 @\(fieldInfo)(ptr \(first.value), i64 \(kind))"
    case "swift_bpf_type_info":
      guard let name = text(first.value, question, rewriting) else { return nil }
      used.insert(typeInfo)
      attach(rewriting.debug.namedType(name))
      answer.text = "call i64 @\(typeInfo)(i32 \(question.number), i64 \(kind))"
    case "swift_bpf_enum_info":
      guard arguments.count == 3, let name = text(first.value, question, rewriting),
        let enumerator = text(arguments[1].value, question, rewriting)
      else { return nil }
      used.insert(enumInfo)
      attach(rewriting.debug.enumeration(name, enumerator))
      let symbol = "swift.enumerator.\(question.number)"
      rewriting.module.globals.append(enumeratorText("\(enumerator):0", symbol))
      answer.text = "call i64 @\(enumInfo)(i32 \(question.number), ptr @\(symbol), i64 \(kind))"
    default: return nil
    }
    return answer
  }

  /// The form in which the backend takes an enumerator: its name and the value that stands for it here.
  private static func enumeratorText(_ text: String, _ symbol: String) -> IRGlobal {
    IRGlobal(
      name: symbol, words: ["private", "unnamed_addr"], isConstant: true, type: "[\(text.utf8.count + 1) x i8]",
      initializer: "c\"\(text)\\00\"", alignment: 1)
  }

  /// The constant string whose address a value is.
  private static func text(_ value: String, _ question: Question, _ rewriting: Rewriting) -> String? {
    var value = value
    for _ in 0..<8 {
      var symbol: String?
      IRSymbol.forEach(in: Substring(value).utf8) { symbol = String(Substring($0)) }
      if let symbol {
        guard let bytes = rewriting.module.globals.first(where: { $0.name == symbol })?.initializer,
          bytes.hasPrefix("c\"")
        else { return nil }
        return MetadataNode.unquoted(bytes.dropFirst().dropLast(4) + "\"")
      }
      guard value.hasPrefix("%"), let definition = question.body.first(where: { $0.result == value }) else {
        return nil
      }
      // `inttoptr i64 %5 to ptr`: what comes before `to`, or the last operand.
      value = definition.text
      guard !value.contains(word: "@") else { continue }
      guard let operand = value.split(separator: " ").last(where: { $0.hasPrefix("%") }) else { return nil }
      value = String(operand.prefix { $0 != "," })
    }
    return nil
  }
}

extension DebugInformation {
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

extension DebugInformation {
  /// A type of the kernel of which only the name matters; `struct` unless another word stands before the name.
  fileprivate mutating func namedType(_ name: String) -> Int {
    let words = name.split(separator: " ")
    let called = words.last.map(String.init) ?? name
    let file = file(mainFile)
    let none = writer.list([])
    switch words.count > 1 ? words[0] : "struct" {
    case "union":
      return writer.add(
        "!DICompositeType(tag: DW_TAG_union_type, name: \(MetadataNode.quoted(called)), file: !\(file), size: 0, "
          + "elements: !\(none))")
    case "enum": return enumeration(called, "\(called)_value")
    case "typedef":
      let base = scalar("Int32")
      return writer.add(
        "!DIDerivedType(tag: DW_TAG_typedef, name: \(MetadataNode.quoted(called)), file: !\(file), baseType: !\(base))")
    default:
      return writer.add(
        "!DICompositeType(tag: DW_TAG_structure_type, name: \(MetadataNode.quoted(called)), file: !\(file), size: 0, "
          + "elements: !\(none))")
    }
  }

  /// An enumeration of the kernel with one of its enumerators.
  fileprivate mutating func enumeration(_ name: String, _ enumerator: String) -> Int {
    let value = writer.add("!DIEnumerator(name: \(MetadataNode.quoted(enumerator)), value: 0, isUnsigned: true)")
    let list = writer.list([value])
    let base = scalar("UInt32")
    let file = file(mainFile)
    return writer.add(
      "!DICompositeType(tag: DW_TAG_enumeration_type, name: \(MetadataNode.quoted(name)), file: !\(file), size: 32, "
        + "elements: !\(list), baseType: !\(base))")
  }
}
