import Bytecode
import Diagnostics
import TraceLanguage

/// Strings: read with the size that is used, straight to where they are wanted.
extension ProgramLowering {
  /// Where the bytes of a string come from.
  enum StringSource {
    case literal([UInt8])
    case commandName
    /// NUL-terminated bytes somewhere, read up to a limit.
    case memory(Location, capacity: Int, limit: SSAValue?)
    /// A stored string: in a variable, a map, a tuple.
    case stored(Location, capacity: Int)
  }

  /// Finds out where a string comes from, without reading it.
  mutating func stringSource(_ expression: Expression) -> StringSource {
    if let literal = constants.string(expression) { return .literal(literal.bytes) }
    guard case .string(let capacity) = type(of: expression) else { return .literal([]) }
    switch expression.kind {
    case .identifier("comm"): return .commandName
    case .identifier("probetype"): return .literal(Array(providerName.utf8))
    case .call(let call) where call.name.text == "comm": return .commandName
    case .call(let call) where call.name.text == "str": return readSource(call, capacity: capacity)
    case .member, .element, .unary:
      if isStored(expression) { break }
      guard let place = lowerPlace(expression) else { return .literal([]) }
      return .memory(place.forReading, capacity: capacity, limit: nil)
    default: break
    }
    if let place = lowerPlace(expression) { return .stored(place, capacity: capacity) }
    return .literal([])
  }

  /// Whether a member or element belongs to a tuple or record of the script.
  func isStored(_ expression: Expression) -> Bool {
    switch expression.kind {
    case .member(let base, _, _), .element(let base, _):
      switch type(of: base) {
      case .tuple, .record: true
      default: false
      }
    default: false
    }
  }

  private var providerName: String {
    body.body.probes.first?.probe.name.split(separator: ":").first.map(String.init) ?? ""
  }

  private mutating func readSource(_ call: Call, capacity: Int) -> StringSource {
    let argument = call.arguments[0]
    var limit: SSAValue?
    if call.arguments.count > 1, constantInteger(call.arguments[1]) == nil { limit = lowerScalar(call.arguments[1]) }
    if case .string = type(of: argument) {
      return clipped(stringSource(argument), capacity: capacity, limit: limit)
    }
    return .memory(lowerPointedPlace(argument), capacity: capacity, limit: limit)
  }

  /// The first bytes of a string that is at hand: at most `capacity`, NUL included.
  private mutating func clipped(_ source: StringSource, capacity: Int, limit: SSAValue?) -> StringSource {
    if limit == nil, source.capacity <= capacity { return source }
    switch source {
    case .literal(let bytes) where limit == nil: return .literal(Array(bytes.prefix(max(0, capacity - 1))))
    case .memory(let place, let own, let ownLimit) where limit == nil:
      return .memory(place, capacity: min(own, capacity), limit: ownLimit)
    case .literal, .commandName, .memory:
      let place = materialised(source)
      return clipped(.stored(place, capacity: source.capacity), capacity: capacity, limit: limit)
    case .stored(let place, let own):
      let readable = Location(base: place.base, offset: place.offset, space: .kernel)
      return .memory(readable, capacity: min(own, capacity), limit: limit)
    }
  }

  /// Writes a string into a field of `capacity` bytes; padded, all bytes behind its end are zero.
  mutating func lowerString(_ expression: Expression, into target: Location, capacity: Int, padded: Bool) {
    let source = stringSource(expression)
    lowerString(source, into: target, capacity: capacity, padded: padded)
  }

  mutating func lowerString(_ source: StringSource, into target: Location, capacity: Int, padded: Bool) {
    let rounded = StorageLayout.roundedUp(capacity)
    switch source {
    case .literal(let bytes):
      lowerLiteral(bytes, into: target, byteCount: padded ? rounded : min(rounded, bytes.count + 1))
    case .commandName:
      lowerCommandName(into: target)
      if padded, rounded > 16 { builder.zero(target.advanced(by: 16), byteCount: rounded - 16) }
    case .memory(let place, let own, let limit):
      if padded { builder.zero(target, byteCount: rounded) }
      _ = lowerStringRead(from: place, to: target, capacity: min(own, capacity), limit: limit)
    case .stored(let place, let own):
      copyStored(from: place, .string(capacity: own), into: target, as: .string(capacity: max(own, capacity)))
    }
  }

  /// Reads a string; gives its length with NUL, or a negative number.
  mutating func lowerStringRead(
    from place: Location, to target: Location, capacity: Int, limit: SSAValue?
  ) -> SSAValue {
    let size: SSAOperand = limit.map { .value(lowerBounded($0, maximum: capacity)) } ?? .constant(Int64(capacity))
    let address = builder.address(of: target)
    let source = builder.address(of: place)
    return builder.call(place.space.readStringHelper, operands: [.value(address), size, .value(source)])
  }

  /// A number that is at most `maximum`, for the verifier to see.
  mutating func lowerBounded(_ value: SSAValue, maximum: Int) -> SSAValue {
    let end = builder.createBlock(parameterCount: 1), over = builder.createBlock()
    builder.branch(
      .unsignedLessOrEqual, value, .constant(Int64(maximum)), then: end, [.value(value)], otherwise: over)
    builder.seal(over)
    builder.move(to: over)
    builder.jump(end, [.constant(Int64(maximum))])
    builder.seal(end)
    builder.move(to: end)
    return builder.parameters(of: end)[0]
  }

  /// Stores bytes that are known while compiling, and zeros up to `byteCount`.
  mutating func lowerLiteral(_ bytes: [UInt8], into target: Location, byteCount: Int) {
    let written = min(StorageLayout.roundedUp(bytes.count + 1), StorageLayout.roundedUp(byteCount))
    for offset in stride(from: 0, to: written, by: 8) {
      var word: UInt64 = 0
      for index in 0..<8 where offset + index < bytes.count && offset + index < byteCount - 1 {
        word |= UInt64(bytes[offset + index]) << UInt64(8 * index)
      }
      builder.store(.doubleWord, target.advanced(by: offset), constant: Int64(bitPattern: word))
    }
    let rounded = StorageLayout.roundedUp(byteCount)
    if rounded > written { builder.zero(target.advanced(by: written), byteCount: rounded - written) }
  }

  /// How many bytes a string has, without its NUL.
  mutating func lowerStringLength(_ expression: Expression) -> SSAValue {
    let source = stringSource(expression)
    if case .literal(let bytes) = source { return builder.constant(Int64(bytes.count)) }
    let mark = temporaryMark
    defer { releaseTemporaries(to: mark) }
    let place: Location
    var limit: SSAValue?
    switch source {
    case .memory(let memory, _, let own): (place, limit) = (memory, own)
    default:
      let own = materialised(source)
      place = Location(base: own.base, offset: own.offset, space: .kernel)
    }
    // The helper that reads a string tells how long it is; what it has read is not looked at.
    let target = temporary(byteCount: source.capacity)
    let count = lowerStringRead(from: place, to: target, capacity: source.capacity, limit: limit)
    let some = builder.createBlock(), end = builder.createBlock(parameterCount: 1)
    builder.branch(.signedGreater, count, .constant(0), then: some, otherwise: end, [.constant(0)])
    builder.seal(some)
    builder.move(to: some)
    builder.jump(end, [.value(builder.binary(.sub, count, 1))])
    builder.seal(end)
    builder.move(to: end)
    return builder.parameters(of: end)[0]
  }

  // MARK: Comparison

  /// Zero when two strings are equal, in their first `limit` bytes where one is given.
  mutating func lowerStringDifference(_ left: Expression, _ right: Expression, limit: Int?) -> SSAValue {
    let mark = temporaryMark
    defer { releaseTemporaries(to: mark) }
    let first = stringSource(left)
    let second = stringSource(right)
    switch (first, second) {
    case (.literal(let a), .literal(let b)):
      let (x, y) = (limit.map { a.prefix($0) } ?? a[...], limit.map { b.prefix($0) } ?? b[...])
      return builder.constant(Array(x) == Array(y) ? 0 : 1)
    case (let source, .literal(let bytes)), (.literal(let bytes), let source):
      return lowerDifference(of: source, from: bytes, limit: limit)
    default: return lowerDifference(of: first, from: second, limit: limit)
    }
  }

  /// Compares with a literal: only as much is read as it takes to tell.
  private mutating func lowerDifference(of source: StringSource, from bytes: [UInt8], limit: Int?) -> SSAValue {
    // With its NUL, unless fewer bytes are to be compared.
    let compared = limit.map { min($0, bytes.count + 1) } ?? bytes.count + 1
    if compared <= 0 { return builder.constant(0) }
    let place: Location
    switch source {
    case .stored(let stored, let capacity):
      if capacity < compared { return builder.constant(1) }
      place = stored
    case .commandName:
      if compared > 16 { return builder.constant(1) }
      place = temporary(byteCount: 16)
      lowerCommandName(into: place)
    default:
      let size = min(compared + 1, source.capacity)
      place = temporary(byteCount: size)
      builder.zero(place, byteCount: StorageLayout.roundedUp(size))
      lowerString(source, into: place, capacity: size, padded: false)
      if size < compared { return builder.constant(1) }
    }
    let expected = bytes + [0]
    let end = builder.createBlock(parameterCount: 1)
    var offset = 0
    while offset < compared {
      let count = [8, 4, 2, 1].first { offset + $0 <= compared } ?? 1
      var word: UInt64 = 0
      for index in 0..<count { word |= UInt64(expected[offset + index]) << UInt64(8 * index) }
      let loaded = builder.load(AccessSize(byteCount: count) ?? .byte, place.advanced(by: offset))
      let next = builder.createBlock()
      builder.branch(
        .notEqual, loaded, .constant(Int64(bitPattern: word)), then: end, [.constant(1)], otherwise: next)
      builder.seal(next)
      builder.move(to: next)
      offset += count
    }
    builder.jump(end, [.constant(0)])
    builder.seal(end)
    builder.move(to: end)
    return builder.parameters(of: end)[0]
  }

  /// Compares byte by byte up to the first difference or the common end.
  private mutating func lowerDifference(of first: StringSource, from second: StringSource, limit: Int?) -> SSAValue {
    let capacity = min(first.capacity, second.capacity)
    let count = min(capacity, limit ?? capacity)
    if count <= 0 { return builder.constant(0) }
    let left = materialised(first), right = materialised(second)
    let head = builder.createBlock(parameterCount: 1), end = builder.createBlock(parameterCount: 1)
    let same = builder.createBlock(), more = builder.createBlock()
    builder.jump(head, [.constant(0)])
    builder.move(to: head)
    let index = builder.parameters(of: head)[0]
    let a = builder.load(.byte, Location(base: builder.binary(.add, left.base, index), offset: left.offset))
    let b = builder.load(.byte, Location(base: builder.binary(.add, right.base, index), offset: right.offset))
    builder.branch(.equal, a, .value(b), then: same, otherwise: end, [.constant(1)])
    builder.seal(same)
    builder.move(to: same)
    builder.branch(.notEqual, a, .constant(0), then: more, otherwise: end, [.constant(0)])
    builder.seal(more)
    builder.move(to: more)
    let next = builder.binary(.add, index, 1)
    builder.branch(
      .unsignedLess, next, .constant(Int64(count)), then: head, [.value(next)], otherwise: end, [.constant(0)])
    builder.seal(head)
    builder.seal(end)
    builder.move(to: end)
    return builder.parameters(of: end)[0]
  }

  /// A string's bytes in the program's own memory.
  private mutating func materialised(_ source: StringSource) -> Location {
    if case .stored(let place, _) = source { return place }
    let place = scratchLocation(byteCount: source.capacity)
    lowerString(source, into: place, capacity: source.capacity, padded: true)
    return place
  }

  // MARK: Buffers

  /// Writes a buffer: its length, its bytes, zeros.
  mutating func lowerBuffer(_ expression: Expression, into target: Location, capacity: Int) {
    let rounded = StorageLayout.roundedUp(4 + capacity)
    guard case .call(let call) = expression.kind, let argument = call.arguments.first else {
      builder.zero(target, byteCount: rounded)
      return
    }
    builder.zero(target, byteCount: rounded)
    var length = builder.constant(Int64(capacity))
    if call.arguments.count > 1, constantInteger(call.arguments[1]) == nil {
      length = lowerBounded(lowerScalar(call.arguments[1]), maximum: capacity)
    }
    let source = lowerPointedPlace(argument)
    builder.store(.word, target, length)
    let bytes = builder.address(of: target.advanced(by: 4))
    let address = builder.address(of: source)
    builder.call(source.space.readHelper, operands: [.value(bytes), .value(length), .value(address)])
  }
}

extension ProgramLowering.StringSource {
  /// Bytes that the string may take, NUL included.
  var capacity: Int {
    switch self {
    case .literal(let bytes): bytes.count + 1
    case .commandName: 16
    case .memory(_, let capacity, _), .stored(_, let capacity): capacity
    }
  }
}
