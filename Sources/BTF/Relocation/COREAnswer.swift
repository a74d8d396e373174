/// What a relocation's constant is for one type, the object's own or a kernel's.
struct COREAnswer: Hashable, Sendable {
  /// The constant.
  var value: UInt64
  /// Bytes that an instruction at the field's offset moves; nil where there is no such field.
  var accessSize: Int?
  /// What is loaded from the field, which decides whether a load of another size means the same.
  var content = Content.other
  /// Whether compilers can only have written this constant, so that one can check theirs against it.
  var isCertain = true

  /// What an instruction loads.
  enum Content: Hashable, Sendable { case pointer, unsignedInteger, other }

  init(value: UInt64) { self.value = value }

  /// The constant of a relocation of this kind at the end of a way.
  ///
  /// Rules: libbpf's `bpf_core_calc_field_relo`, `…_type_relo` and `…_enumval_relo`.
  ///
  /// - Throws: ``CORERelocationError/Reason/bitFieldTooWide`` and ``CORERelocationError/Reason/malformed(_:)``.
  init(_ kind: CORERelocationKind, of access: AccessSpec) throws(CORERelocationError.Reason) {
    let answer: COREAnswer?
    do throws(BTFError) {
      answer = try COREAnswer(of: access, kind)
    } catch {
      throw .malformed(error)
    }
    guard let answer else { throw .bitFieldTooWide }
    self = answer
  }

  /// The constant; nil for a bit-field that no integer of eight bytes holds.
  private init?(of access: AccessSpec, _ kind: CORERelocationKind) throws(BTFError) {
    self.init(value: 1)
    switch kind {
    case .fieldExists, .typeExists, .typeMatches, .enumeratorExists: break
    case .localTypeID, .targetTypeID:
      value = UInt64(access.root.rawValue)
      // A linker of BPF objects renumbers types, but not the constants.
      isCertain = false
    case .typeSize: value = UInt64(try access.graph.size(of: access.root))
    case .enumeratorValue: value = access.enumerator.map { UInt64(bitPattern: $0.value) } ?? 0
    case .fieldByteOffset, .fieldByteSize, .fieldIsSigned, .fieldLeftShift, .fieldRightShift:
      guard let field = try FieldPlace(access) else { return nil }
      self.init(kind, of: field, in: access.graph)
    }
  }

  private init(_ kind: CORERelocationKind, of field: FieldPlace, in graph: TypeGraph) {
    // The place of a bit-field's integer is the compiler's choice.
    self.init(value: 0)
    isCertain = !field.isBitField
    switch kind {
    case .fieldByteOffset:
      value = UInt64(field.byteOffset)
      if !field.isBitField {
        accessSize = field.byteSize
        content = field.content
      }
    case .fieldByteSize: value = UInt64(field.byteSize)
    case .fieldIsSigned:
      value = field.isSigned ? 1 : 0
      isCertain = true
    case .fieldLeftShift:
      let before = field.bitOffset - field.byteOffset * 8
      let shift =
        graph.isBigEndian ? (8 - field.byteSize) * 8 + before : 64 - (field.bitCount + before)
      value = UInt64(bitPattern: Int64(shift))
    case .fieldRightShift:
      value = UInt64(bitPattern: Int64(64 - field.bitCount))
      isCertain = true
    default: break
    }
  }
}

/// Where a field lies: its bits, and the bytes that one loads to have them.
struct FieldPlace {
  var bitOffset: Int
  var bitCount: Int
  var byteOffset: Int
  var byteSize: Int
  var isBitField = false
  var isSigned = false
  var content = COREAnswer.Content.other

  /// The field at the end of a way; nil when it is a bit-field that no integer of eight bytes holds.
  init?(_ access: AccessSpec) throws(BTFError) {
    let graph = access.graph
    guard let step = access.steps.last else { return nil }
    var type = step.type
    var bitFieldSize: Int?
    if step.name != nil {
      let composite = try graph.composite(step.type)
      guard step.index < composite.members.count else { throw BTFError(.unknownType(step.type)) }
      type = composite.members[step.index].type
      bitFieldSize = composite.members[step.index].bitFieldSize
    }
    bitOffset = access.bitOffset
    byteSize = try graph.size(of: type)
    byteOffset = bitOffset / 8
    bitCount = bitFieldSize ?? 0
    if let bitFieldSize {
      // The integer grows until it holds all bits and lies on a boundary of its own size.
      guard (1...8).contains(byteSize) else { return nil }
      byteOffset = byteOffset / byteSize * byteSize
      while bitOffset + bitFieldSize > (byteOffset + byteSize) * 8 {
        guard byteSize < 8 else { return nil }
        byteSize *= 2
        byteOffset = bitOffset / 8 / byteSize * byteSize
      }
      isBitField = true
    } else {
      let (bits, overflow) = byteSize.multipliedReportingOverflow(by: 8)
      if overflow { throw BTFError(.sizeOverflow(type)) }
      bitCount = bits
    }
    switch try graph.resolvedType(type) {
    case .integer(let integer):
      isSigned = integer.isSigned
      content = integer.isSigned ? .other : .unsignedInteger
    case .enumeration(let enumeration): isSigned = enumeration.isSigned
    case .pointer: content = .pointer
    default: break
    }
  }
}
