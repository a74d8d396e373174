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
    try printer.declare(id, named: name, level: level)
    return printer.text
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
    switch try type(id) {
    case .structure, .union, .enumeration: try printer.define(existingRecord(id), level: 0)
    case .typedef(let typedef):
      printer.text = "typedef "
      try printer.declare(typedef.target, named: typedef.name, level: 0)
    case .function(let function): try printer.declare(function.prototype, named: function.name, level: 0)
    case .variable(let variable):
      printer.text = "extern "
      try printer.declare(variable.type, named: variable.name, level: 0)
    default: try printer.declare(id, named: "", level: 0)
    }
    return printer.text + ";"
  }
}
