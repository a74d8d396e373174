extension TypeGraph {
  /// What a pointer, qualifier, typedef, tag or array rests on; nil for other kinds.
  public func referredType(of id: TypeID) -> TypeID? {
    guard let record = view(id) else { return nil }
    switch record.kind {
    case .pointer, .volatile, .const, .restrict, .typedef, .typeTag, .declarationTag: return record.type
    case .array: return record.element
    default: return nil
    }
  }

  /// The bytes of a type's name, without a terminating zero; empty for anonymous types.
  ///
  /// They are valid as long as the graph lives.
  public func nameBytes(of id: TypeID) -> UnsafeRawBufferPointer { stringBytes(at: nameOffset(of: id)) }

  /// The bytes of the name of an enum's first value; nil for other kinds, and for an enum without values.
  ///
  /// They are valid as long as the graph lives.
  public func firstEnumeratorNameBytes(of id: TypeID) -> UnsafeRawBufferPointer? {
    guard let record = view(id), record.kind == .enumeration || record.kind == .enumeration64, record.itemCount > 0
    else { return nil }
    return stringBytes(at: record.enumerator(0).nameOffset)
  }
}
