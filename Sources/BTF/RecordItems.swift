/// The members, values, parameters or variables of a type, each decoded from the bytes when it is asked for.
public struct RecordItems<Item>: RandomAccessCollection, Sendable {
  let record: TypeRecord
  let decode: @Sendable (TypeRecord, Int) -> Item

  /// How many items there are.
  public let endIndex: Int
  /// Always 0.
  public var startIndex: Int { 0 }

  init(of record: TypeRecord, count: Int? = nil, decode: @escaping @Sendable (TypeRecord, Int) -> Item) {
    self.record = record
    self.decode = decode
    endIndex = count ?? record.itemCount
  }

  /// The item at `index`, which must be within the collection's bounds.
  public subscript(index: Int) -> Item {
    precondition(indices.contains(index), "item index out of range")
    return decode(record, index)
  }
}
