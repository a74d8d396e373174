/// A function with a name (`BTF_KIND_FUNC`).
public struct FunctionType: Sendable {
  let record: TypeRecord

  /// Its number in the graph.
  public var id: TypeID { record.id }
  /// Its name.
  public var name: String { record.name }
  /// Its signature: the id of a ``FunctionPrototype``.
  public var prototype: TypeID { record.type }
  /// Who can call it; nil for a number that btf.h does not know.
  public var linkage: FunctionLinkage? { FunctionLinkage(rawValue: record.linkage) }
}

/// Who can call a function (`enum btf_func_linkage`).
public enum FunctionLinkage: UInt32, Sendable {
  case `static` = 0
  case global = 1
  case extern = 2

  /// `static`, `global` or `extern`, and `(unknown)` for a number that btf.h does not know.
  static func word(_ number: UInt32) -> StaticString {
    switch FunctionLinkage(rawValue: number) {
    case .static: "static"
    case .global: "global"
    case .extern: "extern"
    case nil: "(unknown)"
    }
  }
}

/// The signature of a function (`BTF_KIND_FUNC_PROTO`).
public struct FunctionPrototype: Sendable {
  let record: TypeRecord

  /// What it returns; ``TypeID/void`` for nothing.
  public var result: TypeID { record.type }
  /// Whether it ends with `...`, which is not among the ``parameters``.
  public var isVariadic: Bool {
    let count = record.itemCount
    return count > 0 && record.word(count * 2 - 1) == 0
  }
  /// The parameters in the order of their declaration.
  public var parameters: RecordItems<Parameter> {
    RecordItems(of: record, count: record.itemCount - (isVariadic ? 1 : 0)) { record, index in
      Parameter(graph: record.graph, nameOffset: record.word(index * 2), type: TypeID(record.word(index * 2 + 1)))
    }
  }
}

/// A parameter of a function.
public struct Parameter: Sendable {
  let graph: TypeGraph
  let nameOffset: UInt32

  /// Empty in the signatures of function pointers, mostly.
  public var name: String { graph.string(at: nameOffset) }
  /// What it is, modifiers kept.
  public let type: TypeID
}
