/// A type's record as ``TypeRecord`` has it, without holding on to the graph: for loops over all types.
///
/// It is valid as long as the graph that made it lives.
struct RecordView {
  let id: TypeID
  let kind: BTFKind
  let nameOffset: UInt32
  private let info: UInt32
  /// A size in bytes or the id of another type, as the kind has it.
  let sizeOrType: UInt32
  private let tail: UnsafeRawPointer
  private let isSwapped: Bool

  fileprivate init(_ id: TypeID, kind: BTFKind, in bytes: GraphBytes, at offset: Int) {
    self.id = id
    self.kind = kind
    nameOffset = bytes.word(at: offset)
    info = bytes.word(at: offset + 4)
    sizeOrType = bytes.word(at: offset + 8)
    tail = bytes.start + (offset + TypeRecord.commonLength)
    isSwapped = bytes.isSwapped
  }

  var size: Int { Int(sizeOrType) }
  var type: TypeID { TypeID(sizeOrType) }
  /// `vlen`: how many members, values, parameters or variables follow.
  var itemCount: Int { TypeRecord.itemCount(in: info) }
  /// `kind_flag`, whose meaning depends on the kind.
  var flag: Bool { info >> 31 != 0 }
  /// `vlen` as a number, which is a function's linkage.
  var linkage: UInt32 { info & 0xffff }
  var isComposite: Bool { kind == .structure || kind == .union }

  /// A word of the tail, which the graph's first pass has checked to be there.
  @inline(__always) func word(_ index: Int) -> UInt32 {
    let raw = tail.loadUnaligned(fromByteOffset: index &* 4, as: UInt32.self)
    return isSwapped ? raw.byteSwapped : raw
  }

  /// What an array's elements are.
  var element: TypeID { TypeID(word(0)) }

  /// A struct's or union's member.
  struct Member {
    var nameOffset: UInt32
    var type: TypeID
    var bitOffset: Int
    /// 0 for members that are no bit-fields.
    var bitFieldSize: Int
  }

  @inline(__always) func member(_ index: Int) -> Member {
    let place = word(index &* 3 &+ 2)
    return Member(
      nameOffset: word(index &* 3), type: TypeID(word(index &* 3 &+ 1)),
      bitOffset: Int(flag ? place & 0xff_ffff : place), bitFieldSize: flag ? Int(place >> 24) : 0)
  }

  /// Whether a signature ends with `...`, which is then its last parameter.
  var isVariadic: Bool { itemCount > 0 && word(itemCount * 2 - 1) == 0 }
  /// How many parameters a signature has besides `...`.
  var parameterCount: Int { itemCount - (isVariadic ? 1 : 0) }

  @inline(__always) func parameter(_ index: Int) -> (nameOffset: UInt32, type: TypeID) {
    (word(index &* 2), TypeID(word(index &* 2 &+ 1)))
  }

  /// An enum's value; of an unsigned 64-bit enum, its bit pattern.
  @inline(__always) func enumerator(_ index: Int) -> (nameOffset: UInt32, value: Int64) {
    guard kind == .enumeration64 else {
      let raw = word(index &* 2 &+ 1)
      return (word(index &* 2), flag ? Int64(Int32(bitPattern: raw)) : Int64(raw))
    }
    let bits = UInt64(word(index &* 3 &+ 2)) << 32 | UInt64(word(index &* 3 &+ 1))
    return (word(index &* 3), Int64(bitPattern: bits))
  }
}

extension TypeGraph {
  /// The record of a type; nil for `void` and ids that are not there.
  func view(_ id: TypeID) -> RecordView? {
    let number = Int(id.rawValue)
    guard number >= firstID else { return base?.view(id) }
    guard number < count else { return nil }
    let offset = recordOffset(number)
    guard let kind = BTFKind(rawValue: TypeRecord.kindNumber(in: bytes.word(at: offset + 4))) else { return nil }
    return RecordView(id, kind: kind, in: bytes, at: offset)
  }

  /// The record of a type that must have one.
  func existingView(_ id: TypeID) throws(BTFError) -> RecordView {
    guard let view = view(id) else { throw BTFError(.unknownType(id)) }
    return view
  }
}
