import Bytecode
import TraceLanguage

/// Values that already lie somewhere: members of structs, elements of arrays, what pointers point to.
extension ProgramLowering {
  /// Where an expression's value lies in memory that C laid out, if it lies anywhere.
  mutating func lowerPlace(_ expression: Expression) -> Location? {
    builder.span = expression.span
    switch expression.kind {
    case .member(let base, _, let name): return memberPlace(base, name)
    case .element(let base, let index): return elementPlace(base, index)
    case .unary(.dereference, let operand):
      guard case .pointer(_, let space) = type(of: operand) else { return nil }
      return Location(base: lowerScalar(operand), offset: 0, space: space)
    case .cast(_, let operand): return lowerPlace(operand)
    case .tupleElement(let base, let index, _): return lowerTupleElement(base, index)
    case .variable(let name):
      guard let declaration = declaration(of: name), case .memory(let offset)? = storage[declaration] else {
        return nil
      }
      return Location(base: scratchBase(), offset: offset)
    default:
      let type = self.type(of: expression).stored
      guard !type.isScalar, type != .void, type != .unknown else { return nil }
      let temporary = temporary(byteCount: layout(of: type).byteCount)
      lower(expression, into: temporary, as: type)
      return temporary
    }
  }

  private mutating func memberPlace(_ base: Expression, _ name: Name) -> Location? {
    switch type(of: base) {
    case .arguments: return argumentPlace(name.text)
    case .pointer(.structure(let id, _), let space):
      guard let member = catalog.member(name.text, of: id, space: space) else { return nil }
      return Location(base: lowerScalar(base), offset: Int32(clamping: member.byteOffset), space: space)
    case .structure(let id, let space):
      guard let member = catalog.member(name.text, of: id, space: space), let place = lowerPlace(base) else {
        return nil
      }
      return place.advanced(by: member.byteOffset)
    case .record(let fields):
      guard let index = fields.firstIndex(where: { $0.name == name.text }), let place = lowerPlace(base) else {
        return nil
      }
      let offsets = StorageLayout.fieldOffsets(of: fields.map(\.type), catalog: catalog).offsets
      return place.advanced(by: offsets[index])
    default: return nil
    }
  }

  private mutating func elementPlace(_ base: Expression, _ index: Expression) -> Location? {
    let baseType = type(of: base)
    switch baseType {
    case .pointer(let pointee, let space):
      let size = catalog.byteCount(of: pointee) ?? 1
      return Location(base: lowerElementAddress(lowerScalar(base), index, size: size), offset: 0, space: space)
    case .array(let element, let count):
      let size = catalog.byteCount(of: element) ?? 1
      guard let place = lowerPlace(base) else { return nil }
      if let constant = constantInteger(index) { return place.advanced(by: Int(clamping: constant) &* size) }
      return lowerCheckedElement(of: place, index, size: size, count: count)
    case .string(let capacity):
      guard let place = lowerPlace(base) else { return nil }
      if let constant = constantInteger(index) { return place.advanced(by: Int(clamping: constant)) }
      return lowerCheckedElement(of: place, index, size: 1, count: capacity)
    case .tuple:
      guard let constant = constantInteger(index) else { return nil }
      return lowerTupleElement(base, Int(clamping: constant))
    default: return nil
    }
  }

  private mutating func lowerElementAddress(_ base: SSAValue, _ index: Expression, size: Int) -> SSAValue {
    let value = lowerScalar(index)
    return builder.binary(.add, base, size == 1 ? value : builder.binary(.mul, value, Int64(size)))
  }

  /// An element whose index is only known at run time: outside the array, the first one is taken and a warning given.
  private mutating func lowerCheckedElement(
    of place: Location, _ index: Expression, size: Int, count: Int
  ) -> Location {
    let value = lowerScalar(index)
    let outside = builder.createBlock(), end = builder.createBlock(parameterCount: 1)
    builder.branch(
      .unsignedLess, value, .constant(Int64(max(1, count))), then: end, [.value(value)], otherwise: outside)
    builder.seal(outside)
    builder.move(to: outside)
    lowerRuntimeError(.arrayOutOfBounds, at: index.span, returned: value)
    builder.jump(end, [.constant(0)])
    builder.seal(end)
    builder.move(to: end)
    var checked = builder.parameters(of: end)[0]
    if size != 1 { checked = builder.binary(.mul, checked, Int64(size)) }
    return Location(base: builder.binary(.add, place.base, checked), offset: place.offset, space: place.space)
  }

  /// The place of a tuple's element.
  mutating func lowerTupleElement(_ base: Expression, _ index: Int) -> Location? {
    guard case .tuple(let elements) = type(of: base).stored, elements.indices.contains(index),
      let place = lowerPlace(base)
    else { return nil }
    return place.advanced(by: StorageLayout.fieldOffsets(of: elements, catalog: catalog).offsets[index])
  }

  // MARK: Loading

  /// Loads the scalar that an expression names in memory.
  mutating func lowerLoad(_ expression: Expression) -> SSAValue {
    let type = self.type(of: expression)
    if case .member(let base, _, let name) = expression.kind {
      if self.type(of: base) == .arguments, let value = lowerScalarArgument(name.text) { return value }
      if let (member, place) = bitFieldMember(base, name) { return lowerBitField(member, at: place) }
      if isScriptLaidOut(self.type(of: base)) {
        return lowerPlace(expression).map { builder.load(.doubleWord, $0) } ?? builder.constant(0)
      }
    }
    if case .element(let base, _) = expression.kind, isScriptLaidOut(self.type(of: base)) {
      return lowerPlace(expression).map { builder.load(.doubleWord, $0) } ?? builder.constant(0)
    }
    guard let place = lowerPlace(expression) else { return builder.constant(0) }
    return lowerLoad(type, from: place)
  }

  private func isScriptLaidOut(_ type: ValueType) -> Bool {
    switch type {
    case .tuple, .record: true
    default: false
    }
  }

  /// Loads a scalar from memory that C laid out, and extends it to 64 bits.
  mutating func lowerLoad(_ type: ValueType, from place: Location) -> SSAValue {
    let byteCount = catalog.byteCount(of: type) ?? 8
    guard let size = AccessSize(byteCount: byteCount) else { return builder.constant(0) }
    let isSigned: Bool =
      switch type {
      case .integer(let integer): integer.isSigned
      case .enumeration(let id): catalog.enumerators(of: id).isSigned
      default: false
      }
    let loaded = lowerWord(size, from: place)
    guard isSigned, byteCount < 8 else { return loaded }
    return builder.signExtend(loaded, bits: UInt8(truncatingIfNeeded: byteCount * 8))
  }

  /// Loads 1, 2, 4 or 8 bytes, zero-extended; what cannot be read is zero.
  mutating func lowerWord(_ size: AccessSize, from place: Location) -> SSAValue {
    if place.space == .program { return builder.load(size, place) }
    let slot = wordSlot()
    lowerRead(byteCount: size.byteCount, from: place, to: slot)
    return builder.load(size, slot)
  }

  /// Copies bytes out of kernel or user memory; what cannot be read becomes zeros.
  ///
  /// What lies on the stack and is written by a helper on one path and by stores on another is filled with zeros before.
  /// Else the verifier, when it goes back from the place where both paths meet to see which values it relied on, walks
  /// over the helper as if that had written nothing, beyond the stack's beginning, and gives up on the program
  /// ("verifier bug: stack slot", `__mark_chain_precision` in kernel/bpf/verifier.c).
  mutating func lowerRead(byteCount: Int, from place: Location, to target: Location) {
    let address = builder.address(of: target)
    let source = builder.address(of: place)
    builder.call(
      place.space.readHelper, operands: [.value(address), .constant(Int64(byteCount)), .value(source)])
  }

  private mutating func bitFieldMember(
    _ base: Expression, _ name: Name
  ) -> (TypeCatalog.MemberLayout, Location)? {
    let id: StructureID
    let space: AddressSpace
    switch type(of: base) {
    case .pointer(.structure(let structure, _), let pointed): (id, space) = (structure, pointed)
    case .structure(let structure, let own): (id, space) = (structure, own)
    default: return nil
    }
    guard let member = catalog.member(name.text, of: id, space: space), member.bits != nil,
      let place = memberPlace(base, name)
    else { return nil }
    return (member, place)
  }

  private mutating func lowerBitField(_ member: TypeCatalog.MemberLayout, at place: Location) -> SSAValue {
    guard let bits = member.bits, let size = AccessSize(byteCount: member.containerByteCount) else {
      return builder.constant(0)
    }
    let word = lowerWord(size, from: place)
    // To the top, and down again with the field's sign.
    let high = builder.binary(.shiftLeft, word, Int64(64 - bits.offset - bits.count))
    let isSigned = member.type.arithmeticType?.isSigned ?? false
    return builder.binary(isSigned ? .arithmeticShiftRight : .logicalShiftRight, high, Int64(64 - bits.count))
  }

  // MARK: Constants

  var constants: ConstantValues {
    ConstantValues(catalog: catalog, parameters: assembly.options.positionalParameters)
  }

  func constantInteger(_ expression: Expression) -> Int64? { constants.integer(expression) }

  /// The type that `sizeof` and `offsetof` look at.
  func type(of operand: TypeOperand) -> ValueType {
    switch operand {
    case .expression(let expression): return type(of: expression)
    case .type(let name):
      var checker = TypeChecker(
        script: script, catalog: catalog, configuration: assembly.configuration, options: assembly.options)
      checker.body = body.body
      return checker.type(of: .type(name))
    }
  }

  func memberOffset(in type: ValueType, path: [Name]) -> Int? {
    var checker = TypeChecker(
      script: script, catalog: catalog, configuration: assembly.configuration, options: assembly.options)
    return checker.memberOffset(in: type, path: path)
  }
}
