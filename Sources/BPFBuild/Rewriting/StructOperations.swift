/// Makes variables of the kernel's structs of functions, filled with the programs that name their fields.
///
/// In Swift such a variable is a `BPFKernel.StructOps`, which knows the struct by its type parameter; in the object it is
/// the struct itself in `.struct_ops.link` (or `.struct_ops`), with the address of a program in each field that one fills.
enum StructOperations: RewritingRule {
  /// A program by the field that its section names.
  private struct Operation {
    var symbol: String
    var variable: String?
    var field: String
    var isUsed = false
  }

  static func isTable(_ global: IRGlobal) -> Bool { global.type == "%T9BPFKernel19StructOpsDefinitionV" }

  static func apply(to rewriting: inout Rewriting) {
    var operations = rewriting.module.functions.compactMap(operation)
    for index in rewriting.module.globals.indices where isTable(rewriting.module.globals[index]) {
      let global = rewriting.module.globals[index]
      let variable = rewriting.debug.variable(of: global)
      let called = variable?.string("name") ?? global.name
      let place = rewriting.debug.fileName(variable?.node("file")).map {
        SourcePlace(file: $0, line: variable?.integer("line") ?? 0, column: 0)
      }
      guard let initializer = global.initializer, initializer != "undef",
        let parameter = MapDefinitions.typeParameters(variable?.node("type"), rewriting.debug).first,
        let layout = rewriting.debug.layout(parameter), let fields = rewriting.debug.fields(of: parameter)
      else {
        rewriting.report(.tableNotConstant(called, at: place))
        continue
      }
      var text = self.text(in: initializer, rewriting.module.globals)
      var items: [String] = []
      var end = 0
      for field in fields {
        if field.offset > end { items.append("[\(field.offset - end) x i8] zeroinitializer") }
        end = field.offset + field.layout.size
        if field.isOperation {
          let own = operations.firstIndex { $0.variable == called && $0.field == field.name }
          let chosen = own ?? operations.firstIndex { $0.variable == nil && $0.field == field.name }
          if let chosen { operations[chosen].isUsed = true }
          items.append("ptr \(chosen.map { IRSymbol.text(operations[$0].symbol) } ?? "null")")
        } else if let name = text, ["name", "id"].contains(field.name), name.utf8.count < field.layout.size {
          let padding = String(repeating: "\\00", count: field.layout.size - name.utf8.count)
          items.append("[\(field.layout.size) x i8] c\(MetadataNode.quoted(name).dropLast())\(padding)\"")
          text = nil
        } else {
          items.append("[\(field.layout.size) x i8] zeroinitializer")
        }
      }
      if layout.stride > end { items.append("[\(layout.stride - end) x i8] zeroinitializer") }
      if let text {
        rewriting.report(.tableHasNoName(called, text, at: place))
        continue
      }
      let name = rewriting.name(global.name, like: called)
      var table = IRGlobal(
        name: global.name, type: "<{ \(items.map(type).joined(separator: ", ")) }>",
        initializer: "<{ \(items.joined(separator: ", ")) }>",
        section: IRConstant.numbers(in: initializer).first == 1 ? ".struct_ops.link" : ".struct_ops",
        alignment: max(8, layout.alignment))
      let line = variable?.integer("line") ?? 0
      table.debugExpression = .written(rewriting.debug.variable(name, type: layout.node, line: line))
      rewriting.module.globals[index] = table
      rewriting.module.pinned.append(global.name)
    }
    for operation in operations where !operation.isUsed {
      let function = rewriting.module.functions.first { $0.name == operation.symbol }
      let place = function.flatMap { rewriting.debug.subprogram(of: $0).place }
      rewriting.report(.operationWithoutTable(operation.field, operation.variable, at: place))
    }
  }

  private static func operation(_ function: IRFunction) -> Operation? {
    for prefix in ["struct_ops/", "struct_ops.s/"] {
      guard let section = function.section, section.hasPrefix(prefix) else { continue }
      let words = section.dropFirst(prefix.utf8.count).split(separator: ".", maxSplits: 1).map(String.init)
      guard let last = words.last else { return nil }
      return Operation(symbol: function.name, variable: words.count > 1 ? words[0] : nil, field: last)
    }
    return nil
  }

  /// The type in front of a constant.
  private static func type(_ constant: String) -> String {
    var cursor = IRCursor(constant)
    return cursor.type() ?? ""
  }

  /// The text that a definition has the address of; nil for none.
  private static func text(in initializer: String, _ globals: [IRGlobal]) -> String? {
    var text: String?
    IRSymbol.forEach(in: Substring(initializer).utf8) { bytes in
      let symbol = String(Substring(bytes))
      guard let bytes = globals.first(where: { $0.name == symbol })?.initializer, bytes.hasPrefix("c\"") else { return }
      text = MetadataNode.unquoted(bytes.dropFirst().dropLast(4) + "\"")
    }
    return text.flatMap { $0.isEmpty ? nil : $0 }
  }
}

extension DebugInformation {
  /// A field of a struct of functions.
  fileprivate struct TableField {
    var name: String
    var layout: TypeLayout
    var offset: Int
    var isOperation: Bool
  }

  /// The fields of a structure where C has them; nil when one of them has no layout.
  fileprivate mutating func fields(of type: Int) -> [TableField]? {
    var fields: [TableField] = []
    var end = 0
    for number in table.elements(table.node(plainType(type))?.node("elements")) {
      guard let member = table.node(number), let name = member.string("name"),
        let layout = layout(member.node("baseType"))
      else { return nil }
      let offset = (end + layout.alignment - 1) / layout.alignment * layout.alignment
      let isOperation = table.node(plainType(member.node("baseType"))).map(isOperation) ?? false
      fields.append(TableField(name: name, layout: layout, offset: offset, isOperation: isOperation))
      end = offset + layout.size
    }
    return fields.isEmpty ? nil : fields
  }
}

extension BuildProblem {
  fileprivate static func tableNotConstant(_ name: String, at place: SourcePlace?) -> Self {
    BuildProblem(
      "struct-ops-not-constant", "the struct of '\(name)' is not known at compile time", at: place,
      hints: ["give the name as a literal, and declare the fields as Operation, integers and Characters<N>"])
  }

  fileprivate static func tableHasNoName(_ name: String, _ text: String, at place: SourcePlace?) -> Self {
    BuildProblem(
      "struct-ops-name", "the struct of '\(name)' has no field for the name '\(text)'", at: place,
      hints: ["declare it as the kernel has it: var name: Characters<16>"])
  }

  fileprivate static func operationWithoutTable(_ field: String, _ variable: String?, at place: SourcePlace?) -> Self {
    BuildProblem(
      "struct-ops-field",
      variable.map { "there is no StructOps variable '\($0)' with a field '\(field)' of type Operation" }
        ?? "no StructOps variable has a field '\(field)' of type Operation", at: place,
      hints: ["declare it: var \(field): Operation in the struct, and public let table = StructOps<Kernel.…>()"])
  }
}
