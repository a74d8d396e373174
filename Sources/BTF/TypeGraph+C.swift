extension TypeGraph {
  /// The type as a C declaration of `name`: `struct file *file`, `int (*compare)(const void *, const void *)`.
  ///
  /// Anonymous structs, unions and enums are written out. With an empty name the answer is a type name.
  ///
  /// - Parameters:
  ///   - level: by how many tabs what is written out is indented.
  ///   - dropsQualifiers: whether `const`, `volatile` and `restrict` are left out, those of elements and of what
  ///     pointers point to included.
  /// - Throws: for ids that are not there, kinds that are no types (functions, variables), and malformed graphs.
  public func declaration(
    of id: TypeID, named name: String, level: Int = 0, dropsQualifiers: Bool = false
  ) throws(BTFError) -> String {
    var printer = CPrinter(graph: self)
    printer.dropsQualifiers = dropsQualifiers
    // The closure rethrows untyped errors only, hence the result.
    let result: Result<Void, BTFError> = Array(name.utf8).withUnsafeBytes { name in
      Result { () throws(BTFError) in try printer.declare(id, named: CPrinter.Name(bytes: name), level: level) }
    }
    try result.get()
    return printer.string
  }

  /// The type's name as C spells it: `unsigned int`, `struct file *`, `const char *`, `u8[16]`.
  ///
  /// - Throws: as ``declaration(of:named:)``.
  public func cName(of id: TypeID) throws(BTFError) -> String { try declaration(of: id, named: "") }

  /// A function's parameters as C declarations: `struct file *file`, `char *buf`, and `...` at the end of a variadic.
  ///
  /// - Throws: as ``declaration(of:named:)``.
  public func declarations(of prototype: FunctionPrototype) throws(BTFError) -> [String] {
    var texts: [String] = []
    for parameter in prototype.parameters {
      texts.append(try declaration(of: parameter.type, named: parameter.name))
    }
    return prototype.isVariadic && !texts.isEmpty ? texts + ["..."] : texts
  }

  /// The type's full definition as C, with its semicolon: members, values, target or signature.
  ///
  /// Padding and `packed` are written where the members' places demand it. What a definition refers to by name is
  /// not defined along with it.
  ///
  ///     struct list_head {
  ///     	struct list_head *next;
  ///     	struct list_head *prev;
  ///     };
  ///
  /// - Throws: as ``declaration(of:named:)``.
  public func cDefinition(of id: TypeID) throws(BTFError) -> String {
    var printer = CPrinter(graph: self)
    if id == .void {
      try printer.declare(id, named: .none, level: 0)
      return printer.string + ";"
    }
    let record = try existingView(id)
    switch record.kind {
    case .structure, .union, .enumeration, .enumeration64: try printer.define(record, level: 0)
    case .typedef, .function, .variable:
      if record.kind == .typedef { printer.text.append(text: "typedef ") }
      if record.kind == .variable { printer.text.append(text: "extern ") }
      try printer.declare(record.type, named: printer.name(at: record.nameOffset), level: 0)
    default: try printer.declare(id, named: .none, level: 0)
    }
    return printer.string + ";"
  }
}
