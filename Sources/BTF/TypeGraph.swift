import Synchronization

/// The types of a kernel, a module or an object, read on demand from the bytes of its BTF.
///
/// The bytes stay where they are. Making a graph goes once over the type records to note where each begins (four
/// bytes of memory per type); names are indexed when more than a few are looked up, enum values when the first is.
/// Everything else is decoded when it is asked for, so that a graph of 126,000 types costs milliseconds.
///
///     let kernel = try TypeGraph(bytes: mapping.bytes, owner: mapping)
///     if let task = kernel.id(named: "task_struct", kind: .structure) {
///       let pid = try kernel.member(path: "pid", of: task)   // its type and bit offset
///     }
///
/// Bytes that come from nowhere trustworthy never crash a graph. The first pass checks that the records lie within
/// the bytes; what they refer to is checked when it is followed. ``validate()`` checks it all at once.
///
/// Layout: the kernel's Documentation/bpf/btf.rst.
public final class TypeGraph: Sendable {
  /// The graph whose ids and strings come before this one's: the kernel's, for a module.
  public let base: TypeGraph?
  /// How many bytes a pointer has on the machine that the types describe.
  public let pointerSize: Int

  let bytes: GraphBytes
  /// The string section's place in ``bytes``.
  let strings: Range<Int>
  /// The number of the first string offset that is this graph's own.
  let firstStringOffset: Int
  /// Where the type records begin in ``bytes``.
  let typesStart: Int
  /// The number of the first type that has its record here: 1, or the base's ``count``.
  let firstID: Int
  /// Where each of this graph's own records begins, from ``typesStart``.
  let recordOffsets: [UInt32]

  let nameIndex = AtomicLazyReference<NameIndex>()
  /// How many names were looked up before there was an index of them.
  let searches = Atomic<Int>(0)
  let enumeratorIndex = AtomicLazyReference<EnumeratorIndex>()
  let flavorIndex = AtomicLazyReference<FlavorIndex>()
  private let owner: any Sendable

  /// Reads the BTF in `bytes`, which stay valid and unchanged as long as `owner` lives.
  ///
  /// - Parameters:
  ///   - bytes: the whole of a raw BTF file or `.BTF` section, of either byte order.
  ///   - owner: what keeps the bytes in place; the graph holds on to it.
  ///   - base: the kernel's graph, when the bytes are a module's.
  ///   - pointerSize: bytes of a pointer, which BTF does not say.
  /// - Throws: a ``BTFError`` with the offset of what is malformed.
  /// - Complexity: O(types); 1 ms for a kernel's 126,000.
  public init(
    bytes: UnsafeRawBufferPointer, owner: any Sendable, base: TypeGraph? = nil, pointerSize: Int = 8
  ) throws(BTFError) {
    guard let start = bytes.baseAddress else { throw BTFError(.truncatedHeader(length: 0), at: 0) }
    var bytes = GraphBytes(start: start, count: bytes.count)
    let header = try BTFHeader(reading: &bytes)
    if let base, base.bytes.isSwapped != bytes.isSwapped || base.pointerSize != pointerSize {
      throw BTFError(.mismatchedBase)
    }
    if header.strings.isEmpty {
      // A module may borrow every string from its base.
      if base == nil { throw BTFError(.unterminatedStrings, at: header.strings.lowerBound) }
    } else if bytes.byte(at: header.strings.upperBound - 1) != 0
      || (base == nil && bytes.byte(at: header.strings.lowerBound) != 0)
    {
      throw BTFError(.unterminatedStrings, at: header.strings.lowerBound)
    }
    self.owner = owner
    self.base = base
    self.pointerSize = pointerSize
    self.bytes = bytes
    strings = header.strings
    typesStart = header.types.lowerBound
    firstStringOffset = base.map { $0.firstStringOffset + $0.strings.count } ?? 0
    firstID = base?.count ?? 1
    recordOffsets = try RecordOffsets.find(
      in: bytes, types: header.types, firstID: firstID, nameLimit: firstStringOffset + header.strings.count)
  }

  /// Reads the BTF in an array, of which the graph keeps a copy.
  ///
  /// - Throws: a ``BTFError`` with the offset of what is malformed.
  public convenience init(
    bytes: [UInt8], base: TypeGraph? = nil, pointerSize: Int = 8
  ) throws(BTFError) {
    let copy = OwnedBytes(copying: bytes)
    try self.init(bytes: copy.buffer, owner: copy, base: base, pointerSize: pointerSize)
  }

  /// How many ids there are: `void`, the base's types and this graph's own.
  public var count: Int { firstID + recordOffsets.count }

  /// The ids that have a record, the base's included; `void` is not among them.
  public var ids: some RandomAccessCollection<TypeID> { (1..<max(count, 1)).lazy.map { TypeID(UInt32($0)) } }

  /// The ids whose record is in this graph's own bytes, without those of the base.
  public var ownIDs: some RandomAccessCollection<TypeID> { (firstID..<count).lazy.map { TypeID(UInt32($0)) } }

  /// Whether the bytes are of the other byte order than this machine's.
  public var isByteSwapped: Bool { bytes.isSwapped }
}
