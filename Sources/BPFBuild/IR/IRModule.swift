/// A module of LLVM IR while it is rewritten: only what the programs reach.
struct IRModule: Sendable {
  /// The data layout and the triple; nil until they are known.
  var dataLayout: String?
  var triple: String?
  var types: [(name: String, body: String)] = []
  var globals: [IRGlobal] = []
  var functions: [IRFunction] = []
  var declarations: [IRDeclaration] = []
  /// The words of each attribute group.
  var attributeGroups: [Int: String] = [:]
  /// Symbols that the optimiser must not drop, without `@`.
  var pinned: [String] = []
  /// Compile units of the metadata that was written.
  var compileUnits: [Int] = []
  var moduleFlags: [Int] = []
}

extension IRModule {
  /// The module as text, with the metadata written for it.
  func text(metadata: MetadataWriter) -> String {
    var output = ""
    if let dataLayout { output += "target datalayout = \"\(dataLayout)\"\n" }
    if let triple { output += "target triple = \"\(triple)\"\n" }
    for type in types { output += "\(type.name) = type \(type.body)\n" }
    for global in globals { output += global.text + "\n" }
    if !pinned.isEmpty {
      let symbols = pinned.map { "ptr \(IRSymbol.text($0))" }.joined(separator: ", ")
      output +=
        "@llvm.compiler.used = appending global [\(pinned.count) x ptr] [\(symbols)], section \"llvm.metadata\"\n"
    }
    for function in functions { output += "\n" + function.text }
    if !declarations.isEmpty { output += "\n" }
    for declaration in declarations { output += declaration.text + "\n" }
    for (number, words) in attributeGroups.sorted(by: { $0.key < $1.key }) {
      output += "attributes #\(number) = { \(words) }\n"
    }
    func list(_ name: String, _ items: [Int]) {
      if !items.isEmpty { output += "!\(name) = !{\(items.map { "!\($0)" }.joined(separator: ", "))}\n" }
    }
    list("llvm.dbg.cu", compileUnits)
    list("llvm.module.flags", moduleFlags)
    for (number, node) in metadata.nodes.enumerated() { output += "!\(number) = \(node)\n" }
    return output
  }
}

extension MetadataReference {
  /// `!7`; a node of the module that was read shows its origin, since it must not stay.
  var text: String {
    switch self {
    case .read(let number): "!read.\(number)"
    case .written(let number): "!\(number)"
    }
  }
}

extension IRInstruction {
  var line: String {
    if isLabel { return text }
    let definition = result.map { "\($0) = " } ?? ""
    return "  \(definition)\(text)\(attachments.map { ", !\($0.kind) \($0.node.text)" }.joined())"
  }
}

extension IRFunction {
  var text: String {
    var head = (["define"] + words + [result]).joined(separator: " ")
    head += " \(IRSymbol.text(name))(\(parameters.map(\.text).joined(separator: ", ")))"
    if let attributes { head += " #\(attributes)" }
    if let section { head += " section \"\(section)\"" }
    for attachment in attachments { head += " !\(attachment.kind) \(attachment.node.text)" }
    return head + " {\n" + body.map { $0.line + "\n" }.joined() + "}\n"
  }
}

extension IRFunction.Parameter {
  var text: String { ([type] + attributes + [name]).filter { !$0.isEmpty }.joined(separator: " ") }
}

extension IRDeclaration {
  var text: String {
    var line = "declare"
    for attachment in attachments { line += " !\(attachment.kind) \(attachment.node.text)" }
    line += " " + (signature.words + [signature.result]).joined(separator: " ")
    line += " \(IRSymbol.text(name))(\(signature.parameters.map(\.text).joined(separator: ", ")))"
    if let attributes { line += " #\(attributes)" }
    if let section { line += " section \"\(section)\"" }
    return line
  }
}

extension IRGlobal {
  var text: String {
    var line =
      "\(IRSymbol.text(name)) = " + (words + [isConstant ? "constant" : "global", type]).joined(separator: " ")
    if let initializer { line += " \(initializer)" }
    if let section { line += ", section \"\(section)\"" }
    if let alignment { line += ", align \(alignment)" }
    return line + attachments.map { ", !\($0.kind) \($0.node.text)" }.joined()
  }
}
