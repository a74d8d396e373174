/// What each word of a kind's record is: a name, another type, or a number.
///
/// Whoever copies types, compares or renumbers them goes by this; include/uapi/linux/btf.h. Words are counted from the
/// record's beginning: the name, the kind and number of items, the size or type, and what the kind adds.
enum RecordShape {
  /// Whether word `index` of a record of that kind is a type.
  @inline(__always) static func isType(_ index: Int, in kind: BTFKind) -> Bool {
    switch kind {
    case .void, .integer, .float, .forward, .enumeration, .enumeration64: false
    case .pointer, .typedef, .volatile, .const, .restrict, .function, .typeTag, .variable, .declarationTag: index == 2
    case .array: index == 3 || index == 4
    case .structure, .union: index > 3 && index % 3 == 1
    case .functionPrototype: index == 2 || index > 3 && index % 2 == 0
    case .dataSection: index > 2 && index % 3 == 0
    }
  }

  /// Whether word `index` of a record of that kind is a name.
  @inline(__always) static func isName(_ index: Int, in kind: BTFKind) -> Bool {
    if index < 3 { return index == 0 }
    return switch kind {
    case .structure, .union, .enumeration64: index % 3 == 0
    case .enumeration, .functionPrototype: index % 2 == 1
    default: false
    }
  }
}

extension TypeRecord {
  /// How many words the record has, the common ones included.
  var wordCount: Int {
    let tail = kind.tail
    return (Self.commonLength + tail.fixed + tail.perItem * itemCount) / 4
  }

  /// A word of the record, the common ones included.
  @inline(__always) func rawWord(_ index: Int) -> UInt32 {
    graph.bytes.word(at: tailOffset - Self.commonLength + index * 4)
  }

  /// Calls `body` with each type that the record refers to.
  func forEachReference<E: Error>(_ body: (TypeID) throws(E) -> Void) throws(E) {
    for index in 2..<wordCount where RecordShape.isType(index, in: kind) { try body(TypeID(rawWord(index))) }
  }
}
