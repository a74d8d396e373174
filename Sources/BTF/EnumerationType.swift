/// An enum of 32 or 64 bits (`BTF_KIND_ENUM`, `BTF_KIND_ENUM64`).
public struct EnumerationType: Sendable {
  let record: TypeRecord

  /// Its number in the graph.
  public var id: TypeID { record.id }
  /// Empty when it is anonymous.
  public var name: String { record.name }
  /// Bytes in memory: 1, 2, 4 or 8.
  public var size: Int { record.size }
  /// Whether its values are signed.
  ///
  /// Compilers before kernel 6.0 did not say: then it is false although negative values occur.
  public var isSigned: Bool { record.flag }
  /// Whether values take 64 bits in the bytes (`BTF_KIND_ENUM64`).
  public var is64Bit: Bool { record.kind == .enumeration64 }
  /// The values in the order of their declaration.
  public var enumerators: RecordItems<Enumerator> {
    RecordItems(of: record) { record, index in
      let value: Int64
      let nameOffset: UInt32
      if record.kind == .enumeration64 {
        nameOffset = record.word(index * 3)
        let low = UInt64(record.word(index * 3 + 1))
        value = Int64(bitPattern: UInt64(record.word(index * 3 + 2)) << 32 | low)
      } else {
        nameOffset = record.word(index * 2)
        let raw = record.word(index * 2 + 1)
        value = record.flag ? Int64(Int32(bitPattern: raw)) : Int64(raw)
      }
      return Enumerator(
        graph: record.graph, nameOffset: nameOffset, enumeration: record.id, value: value, isSigned: record.flag)
    }
  }

  /// The first name of a value, which is as wide as the enum.
  ///
  /// - Complexity: O(values).
  public func name(ofValue value: Int64) -> String? {
    let mask: UInt64 = (1...7).contains(size) ? (1 << UInt64(size * 8)) &- 1 : .max
    let wanted = UInt64(bitPattern: value) & mask
    return enumerators.first { UInt64(bitPattern: $0.value) & mask == wanted }?.name
  }
}

/// A value of an enum.
public struct Enumerator: Sendable {
  let graph: TypeGraph
  let nameOffset: UInt32

  /// Its name, by which C knows it everywhere.
  public var name: String { graph.string(at: nameOffset) }
  /// The enum that it is a value of.
  public let enumeration: TypeID
  /// The value; of an unsigned 64-bit enum, its bit pattern.
  public let value: Int64
  /// Whether ``value`` is to be read as signed.
  public let isSigned: Bool
  /// The value in decimal, by its sign.
  public var valueText: String { isSigned ? String(value) : String(UInt64(bitPattern: value)) }
}
