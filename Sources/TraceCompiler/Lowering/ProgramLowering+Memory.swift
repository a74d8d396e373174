import Bytecode
import Diagnostics
import TraceLanguage

/// Values that do not fit a register are written straight to where they are wanted.
extension ProgramLowering {
  /// Writes an expression's value, laid out as `type` is stored; every byte up to the next multiple of 8 is set.
  mutating func lower(_ expression: Expression, into target: Location, as type: ValueType) {
    builder.span = expression.span
    if type.isScalar {
      builder.store(.doubleWord, target, lowerScalar(expression))
      return
    }
    let mark = temporaryMark
    defer { releaseTemporaries(to: mark) }
    switch expression.kind {
    case .variable(let name): copyVariable(name, into: target, as: type)
    case .map(let map): lowerMapValue(map, into: target, as: type)
    case .tuple(let elements):
      guard case .tuple(let types) = type else { return }
      lower(elements, into: target, as: types)
    case .record(let fields):
      guard case .record(let elements) = type else { return }
      lower(fields.map(\.value), into: target, as: elements.map(\.type))
    case .conditional, .elvis, .ifElse: lowerChoice(expression, into: target, as: type)
    case .block(let block): _ = lowerValue(of: block) { $0.lower($1, into: target, as: type) }
    case .comptime(let operand): lower(operand, into: target, as: type)
    case .tupleElement,
      .member where isStored(expression), .element where isStored(expression):
      guard let place = lowerPlace(expression) else { return }
      copyStored(from: place, self.type(of: expression).stored, into: target, as: type)
    default:
      switch type {
      case .string(let capacity): lowerString(expression, into: target, capacity: capacity, padded: true)
      case .buffer(let capacity): lowerBuffer(expression, into: target, capacity: capacity)
      case .stack(let isUser, let format): lowerStack(isUser: isUser, format, into: target)
      case .userSymbol: lowerUserSymbol(expression, into: target)
      case .internetAddress: lowerInternetAddress(expression, into: target)
      case .macAddress: lowerMACAddress(expression, into: target)
      case .structure, .array: lowerAggregate(expression, into: target, as: type)
      default: builder.zero(target, byteCount: StorageLayout.roundedUp(layout(of: type).byteCount))
      }
    }
  }

  private mutating func lower(_ elements: [Expression], into target: Location, as types: [ValueType]) {
    let offsets = StorageLayout.fieldOffsets(of: types, catalog: catalog).offsets
    for (index, element) in elements.enumerated() where types.indices.contains(index) {
      lower(element, into: target.advanced(by: offsets[index]), as: types[index])
    }
    if elements.isEmpty { builder.zero(target, byteCount: 8) }
  }

  private mutating func copyVariable(_ name: String, into target: Location, as type: ValueType) {
    guard let declaration = declaration(of: name), case .memory(let offset)? = storage[declaration] else { return }
    let base = scratchBase()
    copyStored(from: Location(base: base, offset: offset), variableType(declaration), into: target, as: type)
  }

  /// Copies a value that is stored as `source` to where one of the type `type` is wanted.
  mutating func copyStored(from place: Location, _ source: ValueType, into target: Location, as type: ValueType) {
    switch (source, type) {
    case (.string(let from), .string(let to)) where from < to:
      let whole = StorageLayout.roundedUp(from)
      builder.copy(to: target, from: place, byteCount: whole)
      let rest = StorageLayout.roundedUp(to) - whole
      if rest > 0 { builder.zero(target.advanced(by: whole), byteCount: rest) }
    case (.tuple(let from), .tuple(let to)) where from != to: copyParts(from: place, from, into: target, as: to)
    case (.record(let from), .record(let to)) where from != to:
      copyParts(from: place, from.map(\.type), into: target, as: to.map(\.type))
    case (.buffer(let from), .buffer(let to)) where from < to:
      let whole = StorageLayout.roundedUp(4 + from)
      builder.copy(to: target, from: place, byteCount: whole)
      let rest = StorageLayout.roundedUp(4 + to) - whole
      if rest > 0 { builder.zero(target.advanced(by: whole), byteCount: rest) }
    default:
      builder.copy(
        to: target, from: place, byteCount: StorageLayout.roundedUp(layout(of: type).byteCount))
    }
  }

  private mutating func copyParts(
    from place: Location, _ source: [ValueType], into target: Location, as types: [ValueType]
  ) {
    let from = StorageLayout.fieldOffsets(of: source, catalog: catalog).offsets
    let to = StorageLayout.fieldOffsets(of: types, catalog: catalog).offsets
    for index in types.indices where source.indices.contains(index) {
      let (sourcePlace, targetPlace) = (place.advanced(by: from[index]), target.advanced(by: to[index]))
      copyStored(from: sourcePlace, source[index], into: targetPlace, as: types[index])
    }
  }

  private mutating func lowerChoice(_ expression: Expression, into target: Location, as type: ValueType) {
    let then = builder.createBlock(), otherwise = builder.createBlock(), end = builder.createBlock()
    var first: Expression?, second: Expression?
    switch expression.kind {
    case .conditional(let condition, let left, let right):
      lowerBranch(on: condition, then: then, otherwise: otherwise)
      (first, second) = (left, right)
    case .elvis(let left, let right):
      lowerBranch(on: left, then: then, otherwise: otherwise)
      (first, second) = (left, right)
    case .ifElse(let condition, let left, let right):
      lowerBranch(on: condition, then: then, otherwise: otherwise)
      builder.seal(then)
      builder.move(to: then)
      inRegion { lowering in
        _ = lowering.lowerValue(of: left) { $0.lower($1, into: target, as: type) }
      }
      builder.jump(end)
      builder.seal(otherwise)
      builder.move(to: otherwise)
      inRegion { lowering in
        _ = lowering.lowerValue(of: right) { $0.lower($1, into: target, as: type) }
      }
      builder.jump(end)
      builder.seal(end)
      builder.move(to: end)
      return
    default: return
    }
    for (block, value) in [(then, first), (otherwise, second)] {
      builder.seal(block)
      builder.move(to: block)
      if let value { inRegion { $0.lower(value, into: target, as: type) } }
      builder.jump(end)
    }
    builder.seal(end)
    builder.move(to: end)
  }

  /// A struct or array, byte for byte.
  private mutating func lowerAggregate(_ expression: Expression, into target: Location, as type: ValueType) {
    let byteCount = catalog.byteCount(of: type) ?? 8
    let rounded = StorageLayout.roundedUp(byteCount)
    guard let place = lowerPlace(expression) else {
      builder.zero(target, byteCount: rounded)
      return
    }
    if rounded != byteCount { builder.zero(target.advanced(by: rounded - 8), byteCount: 8) }
    // What lies in the context is kernel memory too, and need not be aligned for the verifier then.
    if rounded <= Self.slotValueLimit { builder.zero(target, byteCount: rounded) }
    lowerRead(byteCount: byteCount, from: place.forReading, to: target)
  }

  private mutating func lowerUserSymbol(_ expression: Expression, into target: Location) {
    var address = builder.constant(0)
    switch expression.kind {
    case .call(let call) where call.name.text == "usym": address = lowerAddress(call.arguments[0])
    default: address = functionAddress()
    }
    builder.store(.doubleWord, target, address)
    builder.store(.doubleWord, target.advanced(by: 8), constant: 0)
    let process = processID()
    builder.store(.word, target.advanced(by: 8), process)
  }

  private mutating func lowerInternetAddress(_ expression: Expression, into target: Location) {
    builder.zero(target, byteCount: 24)
    guard case .call(let call) = expression.kind, let address = call.arguments.last else { return }
    let family = call.arguments.count == 2 ? lowerScalar(call.arguments[0]) : nil
    let type = self.type(of: address)
    let isMemory: Bool
    var byteCount = 4
    switch type {
    case .array, .string:
      isMemory = true
      byteCount = min(16, catalog.byteCount(of: type) ?? 4)
    case .pointer:
      isMemory = true
      byteCount = 16
    default: isMemory = false
    }
    if let family {
      builder.store(.word, target, family)
    } else {
      builder.store(.word, target, constant: byteCount == 16 ? 10 : 2)
    }
    if isMemory {
      let source: Location
      if case .pointer(_, let space) = type {
        source = Location(base: lowerScalar(address), offset: 0, space: space)
      } else {
        guard let place = lowerPlace(address) else { return }
        source = place.forReading
      }
      lowerRead(byteCount: byteCount, from: source, to: target.advanced(by: 4))
    } else {
      builder.store(.word, target.advanced(by: 4), lowerScalar(address))
    }
  }

  private mutating func lowerMACAddress(_ expression: Expression, into target: Location) {
    builder.store(.doubleWord, target, constant: 0)
    guard case .call(let call) = expression.kind, let argument = call.arguments.first else { return }
    lowerRead(byteCount: 6, from: lowerPointedPlace(argument), to: target)
  }

  /// The memory that an argument stands for: where it lies, or where it points.
  mutating func lowerPointedPlace(_ argument: Expression) -> Location {
    switch type(of: argument) {
    case .array, .string, .structure:
      if let place = lowerPlace(argument) { return place.forReading }
    case .pointer(_, let space): return Location(base: lowerScalar(argument), offset: 0, space: space)
    default: break
    }
    return Location(base: lowerScalar(argument), offset: 0, space: bareAddressSpace)
  }

  /// Where a bare number points: in a uprobe and its like into the process, else it is for the address to tell.
  private var bareAddressSpace: AddressSpace { body.body.argumentSpace == .user ? .user : .byAddress }

  // MARK: Comparison

  /// `==` and `!=` of what lies in memory.
  mutating func lowerMemoryComparison(
    _ operation: BinaryOperator, _ left: Expression, _ right: Expression
  ) -> SSAValue {
    let isEqual = operation == .equal
    let leftType = type(of: left), rightType = type(of: right)
    if leftType == .probeName, let text = constants.string(right) {
      return lowerProbeNameComparison(text.text, isEqual: isEqual)
    }
    if rightType == .probeName, let text = constants.string(left) {
      return lowerProbeNameComparison(text.text, isEqual: isEqual)
    }
    if case .string = leftType, case .string = rightType {
      let difference = lowerStringDifference(left, right, limit: nil)
      return builder.compare(isEqual ? .equal : .notEqual, difference, 0)
    }
    if leftType.isScalar, rightType.isScalar {
      let first = lowerScalar(left), second = lowerScalar(right)
      return builder.compare(isEqual ? .equal : .notEqual, first, second)
    }
    guard let type = leftType.stored.joined(with: rightType.stored) else { return builder.constant(0) }
    let mark = temporaryMark
    defer { releaseTemporaries(to: mark) }
    let byteCount = StorageLayout.roundedUp(layout(of: type).byteCount)
    let first = temporary(byteCount: byteCount), second = temporary(byteCount: byteCount)
    lower(left, into: first, as: type)
    lower(right, into: second, as: type)
    return lowerByteComparison(first, second, byteCount: byteCount, isEqual: isEqual)
  }

  /// Compares memory whose size is a multiple of 8, word by word.
  private mutating func lowerByteComparison(
    _ first: Location, _ second: Location, byteCount: Int, isEqual: Bool
  ) -> SSAValue {
    let end = builder.createBlock(parameterCount: 1)
    for offset in stride(from: 0, to: byteCount, by: 8) {
      let left = builder.load(.doubleWord, first.advanced(by: offset))
      let right = builder.load(.doubleWord, second.advanced(by: offset))
      let next = builder.createBlock()
      builder.branch(
        .notEqual, left, .value(right), then: end, [.constant(isEqual ? 0 : 1)], otherwise: next)
      builder.seal(next)
      builder.move(to: next)
    }
    builder.jump(end, [.constant(isEqual ? 1 : 0)])
    builder.seal(end)
    builder.move(to: end)
    return builder.parameters(of: end)[0]
  }
}
