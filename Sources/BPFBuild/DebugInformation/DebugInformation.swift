internal import Diagnostics

/// The debug metadata of the object, written from scratch after what swiftc says.
///
/// BTF comes from it: the types of maps and globals, the names of functions, the lines. Swift's own nodes are not patched
/// but read, for their offsets and enumeration values are wrong and their names are not C's.
struct DebugInformation: Sendable {
  /// What was read.
  let table: MetadataTable
  /// What is written.
  var writer = MetadataWriter()
  /// The compile unit that all written nodes belong to.
  private(set) var unit: Int
  /// Expressions of the globals, for the compile unit.
  private(set) var globals: [Int] = []
  /// The names and texts of source files.
  var files = SourceFiles()
  /// The source file of the module; the first one when there are several.
  let mainFile: Int?

  var copies: [Int: Int] = [:]
  var layouts: [Int: TypeLayout] = [:]
  /// Enumerations of the kernel that the programs ask about, by their names.
  var enumerations: [String: Enumeration] = [:]
  /// Types whose layout is being found.
  var openTypes: Set<Int> = []
  var scopes: [Int: Int] = [:]
  var writtenFiles: [Int: Int] = [:]
  /// Nodes of types by the mangled name of the type, filled when first needed.
  var typesByIdentifier: [String: Int]?

  /// An enumeration of the kernel: its written type, and the enumerators that were asked for.
  struct Enumeration: Hashable, Sendable {
    var node: Int
    var enumerators: [String] = []
  }

  init(_ table: MetadataTable) {
    self.table = table
    let units = table.nodes(named: "llvm.dbg.cu")
    let swiftUnit = units.first { table.node($0, contains: "DW_LANG_Swift") }
    mainFile = table.node(swiftUnit)?.node("file")
    unit = writer.reserve()
  }

  /// Finishes the compile unit, and answers its number.
  mutating func finishUnit() -> Int {
    let file = file(mainFile)
    let list = writer.list(globals)
    writer.set(
      unit,
      "distinct !DICompileUnit(language: DW_LANG_C11, file: !\(file), producer: \"swift-bpf\", isOptimized: true, "
        + "runtimeVersion: 0, emissionKind: FullDebug, globals: !\(list))")
    return unit
  }

  /// The written node of a file; of the main file for none.
  ///
  /// No folder goes with it: the object is the same wherever it is built.
  mutating func file(_ node: Int?) -> Int {
    let node = node ?? mainFile ?? -1
    if let known = writtenFiles[node] { return known }
    let name = table.node(node)?.string("filename") ?? "<unknown>"
    var text = "!DIFile(filename: \(MetadataNode.quoted(files.name(of: name))), directory: \"\""
    if let source = files.text(of: name) { text += ", source: \(MetadataNode.quoted(source))" }
    let written = writer.add(text + ")")
    writtenFiles[node] = written
    return written
  }

  /// Adds a global variable, and answers its expression; one that is not defined here is an extern.
  mutating func variable(_ name: String, type: Int, line: Int, isDefinition: Bool = true) -> Int {
    let file = file(mainFile)
    let variable = writer.add(
      "distinct !DIGlobalVariable(name: \(MetadataNode.quoted(name)), scope: !\(unit), file: !\(file), line: \(line), "
        + "type: !\(type), isLocal: false, isDefinition: \(isDefinition))")
    let expression = writer.add("!DIGlobalVariableExpression(var: !\(variable), expr: !DIExpression())")
    globals.append(expression)
    return expression
  }

  /// The variable behind a global's `!dbg`.
  func variable(of global: IRGlobal) -> MetadataNode? {
    guard case .read(let expression)? = global.debugExpression else { return nil }
    return table.node(table.node(expression)?.node("var"))
  }

  /// Copies a node that clang made, with all that it reaches; Swift's modules are left out.
  mutating func copy(_ node: Int) -> Int? {
    if let known = copies[node] { return known }
    guard let text = table.text(node) else { return nil }
    if text.hasPrefix("!DIModule(") { return nil }
    if text.contains(text: "!DICompileUnit(") {
      copies[node] = unit
      return unit
    }
    if text.hasPrefix("!DIFile(") { return file(node) }
    let number = writer.reserve()
    copies[node] = number
    var output = ""
    var rest = Substring(text)
    if let language = rest.firstRange(ofText: ", runtimeLang: DW_LANG_Swift")?.lowerBound {
      let after = rest.utf8.index(language, offsetBy: ", runtimeLang: DW_LANG_Swift".utf8.count)
      rest = Substring(String(rest[..<language]) + String(rest[after...]))
    }
    while let mark = rest.utf8.firstIndex(where: { $0 == UInt8(ascii: "!") || $0 == UInt8(ascii: "\"") }) {
      output += rest[..<mark]
      let after = rest.utf8.index(after: mark)
      if rest.utf8[mark] == UInt8(ascii: "\"") {
        let end =
          rest.utf8[after...].firstIndex(of: UInt8(ascii: "\"")).map { rest.utf8.index(after: $0) } ?? rest.endIndex
        output += rest[mark..<end]
        rest = rest[end...]
        continue
      }
      let end = rest.utf8[after...].firstIndex { !IRCursor.isDigit($0) } ?? rest.endIndex
      if let reference = Int(rest[after..<end]) {
        output += copy(reference).map { "!\($0)" } ?? "null"
      } else {
        output += rest[mark..<end]
      }
      rest = rest[end...]
    }
    writer.set(number, output + rest)
    return number
  }
}
