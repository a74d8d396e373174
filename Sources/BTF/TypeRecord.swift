/// The 12 bytes that every type record begins with (`struct btf_type`), and where they are.
struct TypeRecord: Sendable {
  static let commonLength = 12

  let graph: TypeGraph
  let id: TypeID
  let kind: BTFKind
  let nameOffset: UInt32
  private let info: UInt32
  /// A size in bytes or the id of another type, as the kind has it.
  let sizeOrType: UInt32
  /// The first byte after the common part.
  let tailOffset: Int

  fileprivate init(graph: TypeGraph, id: TypeID, kind: BTFKind, offset: Int) {
    self.graph = graph
    self.id = id
    self.kind = kind
    nameOffset = graph.bytes.word(at: offset)
    info = graph.bytes.word(at: offset + 4)
    sizeOrType = graph.bytes.word(at: offset + 8)
    tailOffset = offset + Self.commonLength
  }

  var name: String { graph.string(at: nameOffset) }
  var size: Int { Int(sizeOrType) }
  var type: TypeID { TypeID(sizeOrType) }
  /// `vlen`: how many members, values, parameters or variables follow.
  var itemCount: Int { Self.itemCount(in: info) }
  /// `kind_flag`, whose meaning depends on the kind.
  var flag: Bool { info >> 31 != 0 }
  /// `vlen` as a number, which is a function's linkage.
  var linkage: UInt32 { info & 0xffff }

  /// A word of the tail, which the first pass has checked to be there.
  @inline(__always) func word(_ index: Int) -> UInt32 { graph.bytes.word(at: tailOffset + index * 4) }

  static func kindNumber(in info: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: (info >> 24) & 0x1f) }
  static func itemCount(in info: UInt32) -> Int { Int(info & 0xffff) }
}

extension TypeGraph {
  /// The record of a type, from this graph's bytes or its base's; nil for `void` and ids that are not there.
  func record(_ id: TypeID) -> TypeRecord? {
    let number = Int(id.rawValue)
    guard number >= firstID else { return base?.record(id) }
    guard number < count else { return nil }
    let offset = recordOffset(number)
    guard let kind = BTFKind(rawValue: TypeRecord.kindNumber(in: bytes.word(at: offset + 4))) else { return nil }
    return TypeRecord(graph: self, id: id, kind: kind, offset: offset)
  }

  /// The record of a type that must have one.
  func existingRecord(_ id: TypeID) throws(BTFError) -> TypeRecord {
    guard let record = record(id) else { throw BTFError(.unknownType(id)) }
    return record
  }

  /// Where an own record begins; `number` is within ``ownIDs``.
  @inline(__always) func recordOffset(_ number: Int) -> Int { typesStart + Int(recordOffsets[number - firstID]) }

  /// The kind of a type; nil when the graph has no such id.
  public func kind(of id: TypeID) -> BTFKind? {
    let number = Int(id.rawValue)
    if number == 0 { return .void }
    guard number >= firstID else { return base?.kind(of: id) }
    guard number < count else { return nil }
    return BTFKind(rawValue: TypeRecord.kindNumber(in: bytes.word(at: recordOffset(number) + 4)))
  }
}
