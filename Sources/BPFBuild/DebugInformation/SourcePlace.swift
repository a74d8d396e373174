/// A place in a source file, as debug metadata and compilers tell it.
public struct SourcePlace: Hashable, Sendable {
  /// The file, as the compiler was given it.
  public var file: String
  /// From 1; 0 when nobody knows.
  public var line: Int
  /// From 1; 0 when nobody knows.
  public var column: Int

  /// A place by file, line and column.
  public init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }
}

extension DebugInformation {
  /// What a function's debug metadata says of it.
  struct Subprogram {
    var name: String?
    var place: SourcePlace?
  }

  /// The name and the declaration of a function.
  func subprogram(of function: IRFunction) -> Subprogram {
    guard case .read(let number)? = function.subprogram, let node = table.node(number) else { return Subprogram() }
    let file = fileName(node.node("file"))
    let line = node.integer("line") ?? 0
    return Subprogram(
      name: node.string("name") ?? node.string("linkageName"),
      place: file.map { SourcePlace(file: $0, line: line, column: 0) })
  }

  /// Where an instruction stands in the user's text: the place outermost in the chain of inlined calls that has a line
  /// and lies in a file of the module.
  func place(of instruction: IRInstruction) -> SourcePlace? {
    guard case .read(let number)? = instruction.location else { return nil }
    var best: SourcePlace?
    var location: Int? = number
    var steps = 0
    while let current = location, steps < 256, let node = table.node(current), node.kind == "DILocation" {
      steps += 1
      let line = node.integer("line") ?? 0
      if let file = scopeFile(node.node("scope")), line > 0, !file.hasPrefix("<"), !files.isForeign(file) || best == nil
      {
        best = SourcePlace(file: file, line: line, column: node.integer("column") ?? 0)
      }
      location = node.node("inlinedAt")
    }
    return best
  }

  /// The location in the user's text that led to one in a library's: where the library was called.
  ///
  /// The verifier quotes the lines of an object, and a line of a library says little to who wrote the program.
  func ownLocation(_ location: Int) -> Int {
    var current = location
    for _ in 0..<256 {
      guard let node = table.node(current), node.kind == "DILocation", let caller = node.node("inlinedAt"),
        let file = scopeFile(node.node("scope")), files.isForeign(file)
      else { break }
      current = caller
    }
    return current
  }

  private func scopeFile(_ scope: Int?) -> String? {
    var scope = scope
    var steps = 0
    while let current = scope, steps < 256, let node = table.node(current) {
      steps += 1
      if let file = node.node("file") { return fileName(file) }
      scope = node.node("scope")
    }
    return nil
  }

  /// The name of a file as the compiler was given it.
  func fileName(_ node: Int?) -> String? { table.node(node)?.string("filename") }

  /// What Swift says of a failed check: the name of the artificial function that its trap is inlined from.
  func reason(of instruction: IRInstruction) -> String {
    guard case .read(let number)? = instruction.location else { return "trap" }
    var scope = table.node(number)?.node("scope")
    var steps = 0
    while let current = scope, steps < 256, let node = table.node(current) {
      steps += 1
      if node.kind == "DISubprogram" {
        let prefix = "Swift runtime failure: "
        guard let name = node.string("name"), name.hasPrefix(prefix) else { return "trap" }
        return String(name.dropFirst(prefix.count))
      }
      scope = node.node("scope")
    }
    return "trap"
  }
}
