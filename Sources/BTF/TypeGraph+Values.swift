extension TypeGraph {
  /// Reads a value of a type from its bytes, which are in the graph's byte order.
  ///
  /// - Parameter bytes: at least ``size(of:)`` bytes; more are ignored.
  /// - Throws: for fewer bytes than the type has, and for types without values (`void`, functions).
  public func value(of id: TypeID, in bytes: UnsafeRawBufferPointer) throws(BTFError) -> TypedValue {
    let needed = try size(of: id)
    guard bytes.count >= needed else {
      throw BTFError(.valueTooShort(id, needed: needed, given: bytes.count))
    }
    var reader = ValueReader(graph: self, bytes: bytes)
    return try reader.read(id, at: 0, depth: 0)
  }

  /// Reads a member's value from the bytes of the struct or union that the member was found in.
  ///
  /// - Throws: as ``value(of:in:)``.
  public func value(of member: Member, in bytes: UnsafeRawBufferPointer) throws(BTFError) -> TypedValue {
    var reader = ValueReader(graph: self, bytes: bytes)
    return try reader.read(member, at: 0, depth: 0)
  }

  /// The value of a type as bpftrace prints it: `{ .pid = 7, .comm = bash, .tv = [1,2] }`.
  ///
  /// - Throws: as ``value(of:in:)``.
  public func formatValue(_ bytes: UnsafeRawBufferPointer, as id: TypeID) throws(BTFError) -> String {
    try value(of: id, in: bytes).description
  }
}

/// One reading of a value.
private struct ValueReader {
  let graph: TypeGraph
  let bytes: UnsafeRawBufferPointer
  /// How many more parts may be read: some for each byte, and some of no size, which could else be without number.
  private var steps: Int

  init(graph: TypeGraph, bytes: UnsafeRawBufferPointer) {
    self.graph = graph
    self.bytes = bytes
    // A buffer is far shorter than a 64th of all memory.
    steps = bytes.count &* 16 &+ 1 << 12
  }

  mutating func read(_ id: TypeID, at offset: Int, depth: Int) throws(BTFError) -> TypedValue {
    steps -= 1
    guard depth < TypeGraph.chainLimit, steps > 0 else { throw BTFError(.chainTooDeep(id)) }
    let resolved = try graph.resolve(id)
    switch try graph.type(resolved) {
    case .integer(let type):
      let isWhole = type.bitCount == type.size * 8
      let bits = try bits(
        from: (isWhole ? 0 : type.bitOffset), count: isWhole ? type.size * 8 : type.bitCount, at: offset, of: resolved)
      if type.isBoolean { return .boolean(bits != 0) }
      return integer(bits, count: type.bitCount, isSigned: type.isSigned)
    case .enumeration(let type):
      return try enumerator(bits(from: 0, count: type.size * 8, at: offset, of: resolved), of: type)
    case .pointer:
      let bits = try bits(from: 0, count: graph.pointerSize * 8, at: offset, of: resolved)
      return .pointer(UInt64(truncatingIfNeeded: bits))
    case .float(let type):
      let bits = try bits(from: 0, count: type.size * 8, at: offset, of: resolved)
      switch type.size {
      case 2: return .float(Double(Float16(bitPattern: UInt16(truncatingIfNeeded: bits))))
      case 4: return .float(Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits))))
      case 8: return .float(Double(bitPattern: UInt64(truncatingIfNeeded: bits)))
      // Wider ones have no layout that is the same everywhere.
      default: return .unsigned(bits)
      }
    case .array(let array): return try read(array, at: offset, depth: depth)
    case .structure(let composite), .union(let composite):
      var fields: [TypedValue.Field] = []
      for member in composite.members {
        // A bit-field without a name only pads.
        if member.isAnonymous, try graph.bits(of: member) != nil { continue }
        fields.append(.init(name: member.name, value: try read(member, at: offset, depth: depth)))
      }
      return .structure(fields)
    case .variable(let variable): return try read(variable.type, at: offset, depth: depth + 1)
    case .void, .forward, .function, .functionPrototype, .dataSection, .declarationTag, .typedef, .volatile, .const,
      .restrict, .typeTag:
      throw BTFError(.noSize(id, graph.kind(of: resolved) ?? .void))
    }
  }

  mutating func read(_ member: Member, at offset: Int, depth: Int) throws(BTFError) -> TypedValue {
    guard let place = try graph.bits(of: member) else {
      // The member's offset is below 2^40, and `offset` is within the bytes.
      return try read(member.type, at: offset + member.bitOffset / 8, depth: depth + 1)
    }
    let bits = try bits(from: place.offset, count: place.count, at: offset, of: member.type)
    switch try graph.resolvedType(member.type) {
    case .integer(let type) where type.isBoolean: return .boolean(bits != 0)
    case .integer(let type): return integer(bits, count: place.count, isSigned: type.isSigned)
    case .enumeration(let type): return enumerator(signExtended(bits, count: place.count, if: type.isSigned), of: type)
    default: return .unsigned(bits)
    }
  }

  private mutating func read(_ array: ArrayType, at offset: Int, depth: Int) throws(BTFError) -> TypedValue {
    let size = try graph.size(of: array.element)
    let (length, overflow) = size.multipliedReportingOverflow(by: array.count)
    guard !overflow, length <= bytes.count, offset <= bytes.count - length else {
      throw BTFError(.valueTooShort(array.record.id, needed: overflow ? .max : length, given: bytes.count))
    }
    if case .integer(let element) = try graph.resolvedType(array.element), element.isCharacter {
      return .characters(Array(bytes[offset..<offset + length]))
    }
    var elements: [TypedValue] = []
    // Elements of no size would all be the same nothing.
    guard size > 0 else { return .array(elements) }
    elements.reserveCapacity(array.count)
    for index in 0..<array.count {
      elements.append(try read(array.element, at: offset + index * size, depth: depth + 1))
    }
    return .array(elements)
  }

  /// `count` bits, the first of them `first` bits after the byte at `offset`, as an unsigned number.
  private func bits(from first: Int, count: Int, at offset: Int, of id: TypeID) throws(BTFError) -> UInt128 {
    guard (1...128).contains(count), first >= 0, offset >= 0 else { throw BTFError(.badBits(id)) }
    let start = offset + first / 8
    let skipped = first % 8
    let length = (skipped + count + 7) / 8
    guard start <= bytes.count, length <= bytes.count - start else {
      throw BTFError(.valueTooShort(id, needed: length, given: max(0, bytes.count - start)))
    }
    // Up to 17 bytes: the bits of the last one may not fit beside the others.
    var value: UInt128 = 0
    for bit in 0..<length {
      let byte = UInt128(bytes[start + (graph.isBigEndian ? length - 1 - bit : bit)])
      let shift = bit * 8 - (graph.isBigEndian ? length * 8 - skipped - count : skipped)
      value |= shift >= 0 ? byte << UInt128(shift) : byte >> UInt128(-shift)
    }
    return count == 128 ? value : value & ((1 << UInt128(count)) - 1)
  }

  private func signExtended(_ bits: UInt128, count: Int, if isSigned: Bool) -> UInt128 {
    guard isSigned, (1..<128).contains(count), bits >> UInt128(count - 1) != 0 else { return bits }
    return bits | ~((1 << UInt128(count)) - 1)
  }

  private func integer(_ bits: UInt128, count: Int, isSigned: Bool) -> TypedValue {
    if isSigned { return .integer(Int128(bitPattern: signExtended(bits, count: count, if: true))) }
    return Int128(exactly: bits).map(TypedValue.integer) ?? .unsigned(bits)
  }

  private func enumerator(_ bits: UInt128, of type: EnumerationType) -> TypedValue {
    let name = type.name(ofValue: Int64(truncatingIfNeeded: bits))
    let extended = signExtended(bits, count: min(max(type.size, 1) * 8, 127), if: type.isSigned)
    return .enumerator(name: name, value: Int128(bitPattern: extended))
  }
}

extension TypeGraph {
  /// Whether values of the graph's types have their highest byte first.
  public var isBigEndian: Bool { (UInt16(1).bigEndian == 1) != isByteSwapped }
}
