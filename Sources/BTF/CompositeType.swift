/// A struct or union (`BTF_KIND_STRUCT`, `BTF_KIND_UNION`).
public struct CompositeType: Sendable {
  let record: TypeRecord

  /// Its number in the graph.
  public var id: TypeID { record.id }
  /// Empty when it is anonymous.
  public var name: String { record.name }
  /// Whether all members share their memory.
  public var isUnion: Bool { record.kind == .union }
  /// Bytes in memory.
  public var size: Int { record.size }
  /// The members in the order of their declaration.
  public var members: RecordItems<Member> {
    RecordItems(of: record) { record, index in
      let place = record.word(index * 3 + 2)
      return Member(
        graph: record.graph, nameOffset: record.word(index * 3), type: TypeID(record.word(index * 3 + 1)),
        bitOffset: Int(record.flag ? place & 0xff_ffff : place),
        bitFieldSize: record.flag && place >> 24 != 0 ? Int(place >> 24) : nil)
    }
  }
}

/// A member of a struct or union, or one found deeper in it by a path.
public struct Member: Sendable {
  let graph: TypeGraph
  let nameOffset: UInt32

  /// Empty for an anonymous struct, union or bit-field.
  public var name: String { graph.string(at: nameOffset) }
  /// Whether it has no name.
  public var isAnonymous: Bool { nameOffset == 0 }
  /// What it is, modifiers kept.
  public internal(set) var type: TypeID
  /// Bits from the beginning of the struct or union that was asked, to the first byte of the member, or for a
  /// bit-field to its lowest bit (its highest on big-endian machines).
  public internal(set) var bitOffset: Int
  /// How many bits a bit-field has; nil for other members, which begin at a whole byte.
  ///
  /// Old compilers put a bit-field's bits into its integer type: ``TypeGraph/bits(of:)`` sees both forms.
  public internal(set) var bitFieldSize: Int?

  /// Bytes from the beginning of the struct or union that was asked.
  public var byteOffset: Int { bitOffset / 8 }
}
