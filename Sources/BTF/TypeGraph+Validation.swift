extension TypeGraph {
  /// Checks all that is otherwise checked when it is used: that every id and name in every record exists.
  ///
  /// The kernel has checked its own BTF; files that come from elsewhere deserve this.
  ///
  /// - Throws: the first fault, with its offset.
  /// - Complexity: O(bytes).
  public func validate() throws(BTFError) {
    let nameLimit = firstStringOffset + strings.count
    for id in ownIDs {
      let record = try existingRecord(id)
      let at = record.tailOffset - TypeRecord.commonLength
      switch record.kind {
      case .pointer, .typedef, .volatile, .const, .restrict, .function, .functionPrototype, .variable, .declarationTag,
        .typeTag:
        try checkExists(record.type, at: at + 8)
      default: break
      }
      let perItem = record.kind.tail.perItem / 4
      for item in 0..<record.itemCount where perItem > 0 {
        let place = record.tailOffset + item * perItem * 4
        switch record.kind {
        case .structure, .union, .functionPrototype:
          try checkName(bytes.word(at: place), of: id, below: nameLimit, at: place)
          try checkExists(TypeID(bytes.word(at: place + 4)), at: place + 4)
        case .enumeration, .enumeration64: try checkName(bytes.word(at: place), of: id, below: nameLimit, at: place)
        case .dataSection: try checkExists(TypeID(bytes.word(at: place)), at: place)
        default: break
        }
      }
      if record.kind == .array {
        try checkExists(TypeID(record.word(0)), at: record.tailOffset)
        try checkExists(TypeID(record.word(1)), at: record.tailOffset + 4)
      }
      if record.kind.isModifier { _ = try resolve(id) }
    }
  }

  private func checkExists(_ id: TypeID, at offset: Int) throws(BTFError) {
    if Int(id.rawValue) >= count { throw BTFError(.unknownType(id), at: offset) }
  }

  private func checkName(_ name: UInt32, of id: TypeID, below limit: Int, at offset: Int) throws(BTFError) {
    if Int(name) >= limit { throw BTFError(.nameOutOfBounds(id, nameOffset: name), at: offset) }
  }
}
