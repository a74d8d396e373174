/// A copy of a graph's records, which can be changed in place before they are written again.
///
/// Ids stay what they are: a record can become one of another kind as long as that has as many words, and new records
/// come behind the others. It is for what has to be said differently to an older kernel, and knows no rules of types.
///
///     var records = TypeRecords(copying: graph)
///     for id in records.ids where records.kind(of: id) == .float {
///       records.setHeader(of: id, kind: .structure, itemCount: 0)
///     }
///     let blob = try records.encoded()
public struct TypeRecords: Sendable {
  /// The records, in words of this machine's order.
  private var words: [UInt32]
  /// Where each record begins in `words`.
  private var starts: [Int]
  /// The string section.
  private var strings: [UInt8]

  /// Copies the records and strings of a graph that has no base.
  ///
  /// - Throws: ``BTFError/Reason/mismatchedBase`` for a graph that rests on another.
  public init(copying graph: TypeGraph) throws(BTFError) {
    guard graph.base == nil else { throw BTFError(.mismatchedBase) }
    starts = graph.recordOffsets.map { Int($0) / 4 }
    var count = 0
    if let last = graph.recordOffsets.last {
      let info = graph.bytes.word(at: graph.typesStart + Int(last) + 4)
      let tail = BTFKind(rawValue: TypeRecord.kindNumber(in: info))?.tail ?? (fixed: 0, perItem: 0)
      count = (Int(last) + TypeRecord.commonLength + tail.fixed + tail.perItem * TypeRecord.itemCount(in: info)) / 4
    }
    words = (0..<count).map { graph.bytes.word(at: graph.typesStart + $0 * 4) }
    strings = Array(UnsafeRawBufferPointer(start: graph.bytes.start, count: graph.bytes.count)[graph.strings])
  }

  /// All ids but `void`'s.
  public var ids: some RandomAccessCollection<TypeID> { (0..<starts.count).lazy.map { TypeID(UInt32($0) + 1) } }

  private func start(_ id: TypeID) -> Int? {
    let place = Int(id.rawValue) - 1
    return starts.indices.contains(place) ? starts[place] : nil
  }

  /// The kind of a record; `void` for an id that is not there.
  public func kind(of id: TypeID) -> BTFKind {
    guard let start = start(id) else { return .void }
    return BTFKind(rawValue: TypeRecord.kindNumber(in: words[start + 1])) ?? .void
  }

  /// `vlen`: how many members, values, parameters or variables a record has, or a function's linkage.
  public func itemCount(of id: TypeID) -> Int { start(id).map { TypeRecord.itemCount(in: words[$0 + 1]) } ?? 0 }

  /// `kind_flag` of a record.
  public func flag(of id: TypeID) -> Bool { start(id).map { words[$0 + 1] >> 31 != 0 } ?? false }

  /// The size of a record, or the type that it refers to.
  public func sizeOrType(of id: TypeID) -> UInt32 { start(id).map { words[$0 + 2] } ?? 0 }

  /// Where a record's name begins in the strings.
  public func nameOffset(of id: TypeID) -> UInt32 { start(id).map { words[$0] } ?? 0 }

  /// Changes the parts of a record's first three words that are given.
  public mutating func setHeader(
    of id: TypeID, nameOffset: UInt32? = nil, kind: BTFKind? = nil, itemCount: Int? = nil, flag: Bool? = nil,
    sizeOrType: UInt32? = nil
  ) {
    guard let start = start(id) else { return }
    if let nameOffset { words[start] = nameOffset }
    let kind = kind ?? self.kind(of: id)
    let count = itemCount ?? self.itemCount(of: id)
    let flag = flag ?? self.flag(of: id)
    words[start + 1] =
      (flag ? 1 << 31 : 0) | UInt32(kind.rawValue) << 24 | UInt32(truncatingIfNeeded: count & 0xffff)
    if let sizeOrType { words[start + 2] = sizeOrType }
  }

  /// Whether a record has a word at `index` behind the first three.
  private func tailIndex(_ index: Int, of id: TypeID) -> Int? {
    guard let start = start(id), index >= 0 else { return nil }
    let place = Int(id.rawValue)
    let end = place < starts.count ? starts[place] : words.count
    return start + 3 + index < end ? start + 3 + index : nil
  }

  /// The words behind the first three, by their places; 0 for one that the record does not have.
  public subscript(id: TypeID, index: Int) -> UInt32 {
    get { tailIndex(index, of: id).map { words[$0] } ?? 0 }
    set { if let place = tailIndex(index, of: id) { words[place] = newValue } }
  }

  /// The text at an offset in the strings.
  public func string(at offset: UInt32) -> String {
    guard let start = Int(exactly: offset), start < strings.count else { return "" }
    return String(decoding: strings[start...].prefix { $0 != 0 }, as: UTF8.self)
  }

  /// Adds a text to the strings and answers where it begins.
  public mutating func addString(_ text: String) -> UInt32 {
    let offset = UInt32(truncatingIfNeeded: strings.count)
    strings += text.utf8
    strings.append(0)
    return offset
  }

  /// Adds an integer (`BTF_KIND_INT`) of all the bits of its size.
  public mutating func addInteger(named name: String, size: Int) -> TypeID {
    starts.append(words.count)
    words += [
      addString(name), UInt32(BTFKind.integer.rawValue) << 24, UInt32(truncatingIfNeeded: size),
      UInt32(truncatingIfNeeded: size * 8),
    ]
    return TypeID(UInt32(truncatingIfNeeded: starts.count))
  }

  /// The bytes: header, types and strings in this machine's byte order.
  ///
  /// - Throws: when they are more than the format can hold.
  public func encoded() throws(BTFError) -> [UInt8] {
    guard let typesLength = UInt32(exactly: words.count * 4), let stringsLength = UInt32(exactly: strings.count) else {
      throw BTFError(.limitExceeded(.size(words.count * 4)))
    }
    var blob: [UInt8] = []
    blob.reserveCapacity(BTFHeader.length + words.count * 4 + strings.count)
    withUnsafeBytes(of: BTFHeader.magic) { blob.append(contentsOf: $0) }
    blob.append(BTFHeader.version)
    blob.append(0)
    for value in [UInt32(BTFHeader.length), 0, typesLength, typesLength, stringsLength] { blob.appendWord(value) }
    words.withUnsafeBytes { blob.append(contentsOf: $0) }
    return blob + strings
  }
}
