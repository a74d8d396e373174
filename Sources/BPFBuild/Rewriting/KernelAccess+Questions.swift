internal import Diagnostics

extension KernelAccess {
  /// A call of one of the functions that `BPFKernel` only declares.
  struct Question {
    var call: IRCall
    var instruction: IRInstruction
    /// Tells it from the others of the module.
    var number: Int
    /// The function that it stands in.
    var body: [IRInstruction]
  }

  /// The call of the compiler's own function that answers, with what makes its answer the asker's; nil when what is asked for is not known here.
  static func answered(
    _ question: Question, _ used: inout Set<String>, _ rewriting: inout Rewriting
  ) -> [IRInstruction]? {
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
      answer.result = "%swift.type.\(question.number)"
      answer.text = "call i32 @\(typeInfo)(i32 \(question.number), i64 \(kind))"
      var widened = question.instruction
      widened.text = "zext i32 %swift.type.\(question.number) to i64"
      return [answer, widened]
    case "swift_bpf_enum_info":
      guard arguments.count == 3, let name = text(first.value, question, rewriting),
        let enumerator = text(arguments[1].value, question, rewriting)
      else { return nil }
      used.insert(enumInfo)
      let (type, index) = rewriting.debug.enumeration(name, enumerator)
      attach(type)
      let symbol = "swift.enumerator.\(question.number)"
      rewriting.module.globals.append(enumeratorText("\(enumerator):\(index)", symbol))
      answer.text = "call i64 @\(enumInfo)(i32 \(question.number), ptr @\(symbol), i64 \(kind))"
    default: return nil
    }
    return [answer]
  }

  /// The form in which the backend takes an enumerator: its name and the value that stands for it here.
  private static func enumeratorText(_ text: String, _ symbol: String) -> IRGlobal {
    IRGlobal(
      name: symbol, words: ["private", "unnamed_addr"], isConstant: true, type: "[\(text.utf8.count + 1) x i8]",
      initializer: "c\"\(text)\\00\"", alignment: 1)
  }

  private static func text(_ value: String, _ question: Question, _ rewriting: Rewriting) -> String? {
    text(value, in: question.body, rewriting.module.globals)
  }

  /// The constant string whose address a value of a function is.
  static func text(_ value: String, in body: [IRInstruction], _ globals: [IRGlobal]) -> String? {
    var value = value
    for _ in 0..<8 {
      var symbol: String?
      IRSymbol.forEach(in: Substring(value).utf8) { symbol = String(Substring($0)) }
      if let symbol {
        guard let bytes = globals.first(where: { $0.name == symbol })?.initializer,
          bytes.hasPrefix("c\"")
        else { return nil }
        return MetadataNode.unquoted(bytes.dropFirst().dropLast(4) + "\"")
      }
      guard value.hasPrefix("%"), let definition = body.first(where: { $0.result == value }) else {
        return nil
      }
      // `inttoptr i64 %5 to ptr`: what comes before `to`, or the last operand.
      value = definition.text
      guard !value.contains(text: "@") else { continue }
      guard let operand = value.split(separator: " ").last(where: { $0.hasPrefix("%") }) else { return nil }
      value = String(operand.prefix { $0 != "," })
    }
    return nil
  }
}

extension DebugInformation {
  /// A type of the kernel of which only the name matters; `struct` unless another word stands before the name.
  mutating func namedType(_ name: String) -> Int {
    let words = name.split(separator: " ")
    let called = words.last.map(String.init) ?? name
    let file = file(mainFile)
    let none = writer.list([])
    switch words.count > 1 ? words[0] : "struct" {
    case "union":
      return writer.add(
        "!DICompositeType(tag: DW_TAG_union_type, name: \(MetadataNode.quoted(called)), file: !\(file), size: 0, "
          + "elements: !\(none))")
    case "enum": return enumeration(called, "\(called)_value").type
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

  /// An enumeration of the kernel with those of its enumerators that the module asks for, and which of them this one is.
  ///
  /// The backend tells relocations apart by the name of the type and the index of the enumerator.
  fileprivate mutating func enumeration(_ name: String, _ enumerator: String) -> (type: Int, index: Int) {
    var known = enumerations[name] ?? Enumeration(node: writer.reserve())
    if !known.enumerators.contains(enumerator) { known.enumerators.append(enumerator) }
    enumerations[name] = known
    let values = known.enumerators.enumerated().map { index, name in
      writer.add("!DIEnumerator(name: \(MetadataNode.quoted(name)), value: \(index), isUnsigned: true)")
    }
    let list = writer.list(values)
    let base = scalar("UInt32")
    let file = file(mainFile)
    writer.set(
      known.node,
      "!DICompositeType(tag: DW_TAG_enumeration_type, name: \(MetadataNode.quoted(name)), file: !\(file), size: 32, "
        + "elements: !\(list), baseType: !\(base))")
    return (known.node, known.enumerators.firstIndex(of: enumerator) ?? 0)
  }
}
