/// A variable (`BTF_KIND_VAR`).
public struct VariableType: Sendable {
  let record: TypeRecord

  /// Its number in the graph.
  public var id: TypeID { record.id }
  /// Its name.
  public var name: String { record.name }
  /// What it is, modifiers kept.
  public var type: TypeID { record.type }
  /// Where it is defined; nil for a number that btf.h does not know.
  public var linkage: VariableLinkage? { VariableLinkage(rawValue: record.word(0)) }
}

/// Where a variable is defined (`BTF_VAR_*`).
public enum VariableLinkage: UInt32, Sendable {
  case `static` = 0
  case global = 1
  case extern = 2

  /// `static`, `global` or `extern`, and `(unknown)` for a number that btf.h does not know.
  static func word(_ number: UInt32) -> StaticString {
    switch VariableLinkage(rawValue: number) {
    case .static: "static"
    case .global: "global"
    case .extern: "extern"
    case nil: "(unknown)"
    }
  }
}

/// A section of variables, such as `.data` or `.maps` (`BTF_KIND_DATASEC`).
public struct DataSectionType: Sendable {
  let record: TypeRecord

  /// Its number in the graph.
  public var id: TypeID { record.id }
  /// Its name.
  public var name: String { record.name }
  /// Bytes of the section; 0 in objects until they are linked.
  public var size: Int { record.size }
  /// The variables in the order of their offsets.
  public var variables: RecordItems<SectionVariable> {
    RecordItems(of: record) { record, index in
      SectionVariable(
        variable: TypeID(record.word(index * 3)), offset: Int(record.word(index * 3 + 1)),
        size: Int(record.word(index * 3 + 2)))
    }
  }
}

/// Where a variable lies in its section (`struct btf_var_secinfo`).
public struct SectionVariable: Hashable, Sendable {
  /// The id of a ``VariableType``.
  public var variable: TypeID
  /// Bytes from the beginning of the section.
  public var offset: Int
  /// Bytes in memory.
  public var size: Int

  /// A variable's place.
  public init(variable: TypeID, offset: Int, size: Int) {
    self.variable = variable
    self.offset = offset
    self.size = size
  }
}
