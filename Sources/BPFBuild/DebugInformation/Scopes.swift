extension DebugInformation {
  /// The signature of a function whose metadata is written.
  struct Signature: Hashable, Sendable {
    var name: String
    var isProgram: Bool
    var result: String
    var parameters: [String]
  }

  /// Writes the subprogram of a function, with a name for every argument: the kernel refuses functions whose arguments
  /// have none.
  mutating func subprogram(_ number: Int, _ signature: Signature) -> Int {
    let node = table.node(number)
    let written = writer.reserve()
    scopes[number] = written
    let file = file(node?.node("file"))
    let line = node?.integer("line") ?? 0
    var names: [Int: String] = [:]
    for variable in table.elements(node?.node("retainedNodes")) {
      guard let local = table.node(variable), let position = local.integer("arg") else { continue }
      names[position] = local.string("name")
    }
    let types = [integer(signature.result)] + signature.parameters.map { integer($0) }
    let variables = signature.parameters.indices.map { index in
      let name = names[index + 1].map(CIdentifier.of) ?? "arg\(index + 1)"
      return writer.add(
        "!DILocalVariable(name: \"\(name)\", arg: \(index + 1), scope: !\(written), file: !\(file), line: \(line), "
          + "type: !\(types[index + 1] ?? scalar("Int64")))")
    }
    let type = writer.add("!DISubroutineType(types: !\(writer.list(types)))")
    let retained = writer.list(variables)
    set(
      written, name: signature.name, file: file, line: line, type: type, isLocal: !signature.isProgram,
      retained: ", retainedNodes: !\(retained)")
    return written
  }

  private mutating func set(
    _ number: Int, name: String, file: Int, line: Int, type: Int, isLocal: Bool, retained: String
  ) {
    writer.set(
      number,
      "distinct !DISubprogram(name: \"\(CIdentifier.of(name))\", scope: !\(file), file: !\(file), line: \(line), "
        + "type: !\(type), scopeLine: \(line), "
        + "spFlags: \(isLocal ? "DISPFlagLocalToUnit | " : "")DISPFlagDefinition | DISPFlagOptimized, unit: !\(unit)\(retained))"
    )
  }

  /// The C type of what travels in a register; nil for nothing.
  private mutating func integer(_ type: String) -> Int? {
    if type == "void" { return nil }
    if type == "ptr" { return pointer(to: nil) }
    guard type.hasPrefix("i"), let bits = Int(type.dropFirst()) else { return scalar("Int64") }
    return bits == 1
      ? scalar("Bool") : scalar(bits <= 8 ? "Int8" : bits <= 16 ? "Int16" : bits <= 32 ? "Int32" : "Int64")
  }

  /// Writes a location or a scope after one that was read.
  mutating func scope(_ number: Int) -> Int? {
    if let known = scopes[number] { return known }
    guard let node = table.node(number) else { return nil }
    let written = writer.reserve()
    scopes[number] = written
    switch node.kind {
    case "DILocation":
      let parent = node.node("scope").flatMap { scope($0) }
      let inlined = node.node("inlinedAt").flatMap { scope($0) }.map { ", inlinedAt: !\($0)" } ?? ""
      writer.set(
        written,
        "\(node.isDistinct ? "distinct " : "")!DILocation(line: \(node.integer("line") ?? 0), "
          + "column: \(node.integer("column") ?? 0), scope: !\(parent ?? unit)\(inlined))")
    case "DILexicalBlock", "DILexicalBlockFile":
      let parent = node.node("scope").flatMap { scope($0) } ?? unit
      let file = file(node.node("file"))
      writer.set(
        written,
        node.kind == "DILexicalBlock"
          ? "distinct !DILexicalBlock(scope: !\(parent), file: !\(file), line: \(node.integer("line") ?? 0), "
            + "column: \(node.integer("column") ?? 0))"
          : "!DILexicalBlockFile(scope: !\(parent), file: !\(file), discriminator: 0)")
    case "DISubprogram":
      // A function that was inlined, or whose body did not survive.
      let file = file(node.node("file"))
      let type = writer.add("!DISubroutineType(types: !\(writer.list([nil])))")
      let name = node.string("name") ?? node.string("linkageName") ?? "inlined"
      set(
        written, name: name, file: file, line: node.integer("line") ?? 0, type: type, isLocal: true, retained: "")
    default:
      scopes[number] = nil
      return nil
    }
    return written
  }
}
