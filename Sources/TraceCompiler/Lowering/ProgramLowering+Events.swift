import Bytecode
import Diagnostics
import TraceLanguage

/// Events: what a program sends to user space through the ring buffer.
///
/// Most records have a fixed size: they are reserved in the buffer and filled in place. Records with long strings are
/// put together in scratch memory, each string right behind the last, and copied at the length that they turn out to
/// have.
extension ProgramLowering {
  /// A string of this capacity or more makes a record of variable size.
  private static let tailThreshold = 65

  // MARK: Effects

  mutating func lowerEffect(_ function: BuiltinFunction, _ arguments: [Expression], _ expression: Expression) {
    switch function {
    case .printf: lowerFormatted(.output, arguments)
    case .cat: lowerFormatted(.fileContents, arguments)
    case .system: lowerFormatted(.shell, arguments)
    case .errorf: lowerFormatted(.error(expression.span), arguments)
    case .warnf: lowerFormatted(.warning(expression.span), arguments)
    case .print: lowerPrint(arguments)
    case .clear, .zero:
      guard case .map(let reference) = arguments[0].kind, let map = scriptMap(reference.name.text) else { return }
      sendBare(function == .clear ? .clear(map: map.reference.index) : .zero(map: map.reference.index))
    case .exit:
      lowerExit(arguments.first)
    case .time: sendBare(.time(format: arguments.first.flatMap { constants.string($0)?.text } ?? "%H:%M:%S\n"))
    case .join: lowerJoin(arguments)
    case .delete: _ = lowerDelete(arguments)
    case .signal, .signalThread:
      lowerSignal(function, arguments[0], at: expression.span)
    default: break
    }
  }

  /// Sends a signal to the process that runs, or to its thread alone.
  private mutating func lowerSignal(_ function: BuiltinFunction, _ argument: Expression, at span: SourceSpan) {
    let known = constants.string(argument).flatMap { SignalNames.number(of: $0.text) }
    let number = known.map { builder.constant($0) } ?? lowerScalar(argument)
    let result = builder.call(function == .signal ? .sendSignal : .sendSignalThread, [number])
    let failed = builder.createBlock(), end = builder.createBlock()
    builder.branch(.notEqual, result, .constant(0), then: failed, otherwise: end)
    builder.seal(failed)
    builder.move(to: failed)
    lowerRuntimeError(.helper(function == .signal ? "send_signal" : "send_signal_thread"), at: span, returned: result)
    builder.jump(end)
    builder.seal(end)
    builder.move(to: end)
  }

  private mutating func lowerPrint(_ arguments: [Expression]) {
    if case .map(let reference) = arguments[0].kind, reference.keys.isEmpty, let map = scriptMap(reference.name.text) {
      let limits = arguments.dropFirst().map { Int(clamping: constantInteger($0) ?? 0) }
      sendBare(
        .printMap(
          map: map.reference.index, top: limits.first.flatMap { $0 > 0 ? $0 : nil },
          divisor: limits.count > 1 && limits[1] > 0 ? limits[1] : nil))
      return
    }
    lowerRecord([arguments[0]]) { fields in .printValue(fields[0]) }
  }

  private mutating func lowerFormatted(_ destination: FormattedOutput.Destination, _ arguments: [Expression]) {
    guard let format = constants.string(arguments[0]), case .success(let template) = PrintfTemplate.parse(format.bytes)
    else { return }
    lowerRecord(Array(arguments.dropFirst())) { fields in
      .formatted(FormattedOutput(destination: destination, template: template, arguments: fields))
    }
  }

  private mutating func lowerExit(_ code: Expression?) {
    let value = code.map { lowerScalar($0) } ?? builder.constant(0)
    let field = WireField(offset: EventAction.headerByteCount, type: .integer(byteCount: 8, isSigned: true))
    let index = assembly.index(of: .exit(code: field))
    reserve(byteCount: EventAction.headerByteCount + 8, action: index) { lowering, record in
      lowering.builder.store(.doubleWord, record.advanced(by: EventAction.headerByteCount), value)
    }
    lowerReturn()
  }

  /// Reports a step that failed.
  mutating func lowerRuntimeError(_ error: RuntimeError, at span: SourceSpan, returned: SSAValue?) {
    guard assembly.options.warningLevel > 0, builder.isReachable else { return }
    let field = WireField(offset: EventAction.headerByteCount, type: .integer(byteCount: 8, isSigned: true))
    let index = assembly.index(of: .runtimeError(error, span, returned: field))
    reserve(byteCount: EventAction.headerByteCount + 8, action: index) { lowering, record in
      let place = record.advanced(by: EventAction.headerByteCount)
      if let returned {
        lowering.builder.store(.doubleWord, place, returned)
      } else {
        lowering.builder.store(.doubleWord, place, constant: 0)
      }
    }
  }

  // MARK: Records

  /// An event that is nothing but its action.
  private mutating func sendBare(_ action: EventAction) {
    let index = assembly.index(of: action)
    reserve(byteCount: EventAction.headerByteCount, action: index) { _, _ in }
  }

  /// Reserves a record, has it filled and submits it; an event that finds no room is counted.
  ///
  /// `fill` must not leave the program: a record that is reserved has to be submitted.
  private mutating func reserve(
    byteCount: Int, action: Int, fill: (inout ProgramLowering, Location) -> Void
  ) {
    let events = builder.mapAddress(assembly.events)
    let record = builder.call(
      .ringbufReserve, operands: [.value(events), .constant(Int64(byteCount)), .constant(0)])
    let room = builder.createBlock(), full = builder.createBlock(), end = builder.createBlock()
    builder.branch(.notEqual, record, .constant(0), then: room, otherwise: full)
    builder.seal(room)
    builder.seal(full)
    builder.move(to: room)
    builder.store(.doubleWord, record, constant: Int64(action))
    inRegion { fill(&$0, Location(base: record, offset: 0)) }
    builder.call(.ringbufSubmit, operands: [.value(record), .constant(0)])
    builder.jump(end)
    builder.move(to: full)
    countLoss()
    builder.jump(end)
    builder.seal(end)
    builder.move(to: end)
  }

  /// Adds one to the events that this program has lost.
  mutating func countLoss() {
    let counters = builder.mapValueAddress(
      assembly.lossCounters, offset: Int32(clamping: 8 * programIndex))
    builder.atomicAdd(.doubleWord, counters, .constant(1))
  }

  /// A value of a record, as far as it can be known before there is a record.
  private enum Part {
    case scalar(SSAValue, WireType)
    case memory(Expression, ValueType, WireType)
    case tail(StringSource)
  }

  /// Sends the values of expressions.
  private mutating func lowerRecord(_ values: [Expression], _ action: ([WireField]) -> EventAction) {
    let mark = temporaryMark
    defer { releaseTemporaries(to: mark) }
    var parts: [Part] = []
    for value in values {
      let type = self.type(of: value).stored
      if type.isScalar {
        parts.append(.scalar(lowerScalar(value), layout(of: type).wire))
      } else if case .string(let capacity) = type, capacity >= Self.tailThreshold {
        parts.append(.tail(stringSource(value)))
      } else {
        parts.append(.memory(value, type, layout(of: type).wire))
      }
    }
    var fields: [WireField] = []
    var position = EventAction.headerByteCount
    for part in parts {
      let wire: WireType =
        switch part {
        case .scalar(_, let wire), .memory(_, _, let wire): wire
        case .tail(let source): .tailString(capacity: source.capacity)
        }
      fields.append(WireField(offset: position, type: wire))
      position += StorageLayout.roundedUp(max(8, wire.byteCount))
    }
    let index = assembly.index(of: action(fields))
    let hasTail = parts.contains { if case .tail = $0 { true } else { false } }
    if hasTail {
      sendVariable(parts, fields, fixedByteCount: position, action: index)
    } else {
      // What may write more than a field's own bytes is put together beforehand.
      let places = parts.map { materialisedBeforehand($0) }
      reserve(byteCount: position, action: index) { lowering, record in
        for (index, part) in parts.enumerated() {
          lowering.fill(part, places[index], at: record.advanced(by: fields[index].offset))
        }
      }
    }
  }

  /// Values that are not simply written: they may branch, call out or send events of their own.
  private mutating func materialisedBeforehand(_ part: Part) -> Location? {
    guard case .memory(let expression, let type, _) = part, !isPlain(expression) else { return nil }
    let place = temporary(byteCount: layout(of: type).byteCount)
    lower(expression, into: place, as: type)
    return place
  }

  /// Whether writing the value does no more than call one reading helper.
  private func isPlain(_ expression: Expression) -> Bool {
    if constants.string(expression) != nil { return true }
    switch expression.kind {
    case .identifier("comm"): return true
    case .variable: return true
    case .call(let call): return call.name.text == "comm"
    default: return false
    }
  }

  private mutating func fill(_ part: Part, _ place: Location?, at target: Location) {
    switch part {
    case .scalar(let value, _): builder.store(.doubleWord, target, value)
    case .memory(let expression, let type, _):
      if let place {
        builder.copy(to: target, from: place, byteCount: StorageLayout.roundedUp(layout(of: type).byteCount))
      } else {
        lower(expression, into: target, as: type)
      }
    case .tail: break
    }
  }

  /// Puts a record together in scratch memory and sends as much of it as there is.
  private mutating func sendVariable(_ parts: [Part], _ fields: [WireField], fixedByteCount: Int, action: Int) {
    var room = fixedByteCount
    for part in parts {
      if case .tail(let source) = part { room += StorageLayout.roundedUp(source.capacity) }
    }
    let record = scratchLocation(byteCount: room)
    builder.store(.doubleWord, record, constant: Int64(action))
    var cursor = builder.constant(Int64(fixedByteCount))
    for (index, part) in parts.enumerated() {
      let target = record.advanced(by: fields[index].offset)
      if case .tail(let source) = part {
        let before = cursor
        let place = Location(base: builder.binary(.add, record.base, before), offset: record.offset)
        let length = lowerTail(source, to: place)
        // Offset and length without NUL, 16 bits each; nothing could be read where the length is negative.
        let end = builder.createBlock(parameterCount: 2), some = builder.createBlock()
        builder.branch(
          .signedGreater, length, .constant(0), then: some, otherwise: end, [.value(before), .value(before)])
        builder.seal(some)
        builder.move(to: some)
        let text = builder.binary(.sub, length, 1)
        let described = builder.binary(.or, before, builder.binary(.shiftLeft, text, 16))
        let next = builder.binary(.add, before, length)
        builder.jump(end, [.value(next), .value(described)])
        builder.seal(end)
        builder.move(to: end)
        cursor = builder.parameters(of: end)[0]
        builder.store(.doubleWord, target, builder.parameters(of: end)[1])
      } else {
        fill(part, nil, at: target)
      }
    }
    let address = builder.address(of: record)
    let events = builder.mapAddress(assembly.events)
    let result = builder.call(
      .ringbufOutput, operands: [.value(events), .value(address), .value(cursor), .constant(0)])
    let full = builder.createBlock(), end = builder.createBlock()
    builder.branch(.notEqual, result, .constant(0), then: full, otherwise: end)
    builder.seal(full)
    builder.move(to: full)
    countLoss()
    builder.jump(end)
    builder.seal(end)
    builder.move(to: end)
  }

  /// Writes a string into the record's tail; gives its length with NUL.
  private mutating func lowerTail(_ source: StringSource, to place: Location) -> SSAValue {
    switch source {
    case .memory(let from, let capacity, let limit):
      return lowerStringRead(from: from, to: place, capacity: capacity, limit: limit)
    case .stored(let from, let capacity):
      let kernel = Location(base: from.base, offset: from.offset, space: .kernel)
      return lowerStringRead(from: kernel, to: place, capacity: capacity, limit: nil)
    case .literal, .commandName:
      let capacity = source.capacity
      let copy = temporary(byteCount: capacity)
      lowerString(source, into: copy, capacity: capacity, padded: true)
      let kernel = Location(base: copy.base, offset: copy.offset, space: .kernel)
      return lowerStringRead(from: kernel, to: place, capacity: capacity, limit: nil)
    }
  }

  // MARK: join

  /// Strings that `join` takes, and bytes of each.
  private static let joinLimit = 16

  /// Sends the strings that an array of addresses points to, up to the first null.
  private mutating func lowerJoin(_ arguments: [Expression]) {
    let mark = temporaryMark
    defer { releaseTemporaries(to: mark) }
    let separator = arguments.count > 1 ? constants.string(arguments[1])?.text ?? " " : " "
    let list = lowerPointedPlace(arguments[0])
    let capacity = assembly.configuration.maximumStringLength
    let fixed = EventAction.headerByteCount + 8 * Self.joinLimit
    let fields = (0..<Self.joinLimit).map {
      WireField(offset: EventAction.headerByteCount + 8 * $0, type: .tailString(capacity: capacity))
    }
    let index = assembly.index(of: .join(separator: separator, strings: fields))
    let record = scratchLocation(byteCount: fixed + Self.joinLimit * capacity)
    builder.zero(record, byteCount: fixed)
    builder.store(.doubleWord, record, constant: Int64(index))
    let send = builder.createBlock(parameterCount: 1)
    var cursor = builder.constant(Int64(fixed))
    for (number, field) in fields.enumerated() {
      let address = lowerWord(.doubleWord, from: list.advanced(by: 8 * number))
      let some = builder.createBlock(), next = builder.createBlock()
      builder.branch(.notEqual, address, .constant(0), then: some, otherwise: send, [.value(cursor)])
      builder.seal(some)
      builder.move(to: some)
      let place = Location(base: builder.binary(.add, record.base, cursor), offset: record.offset)
      let length = lowerStringRead(
        from: Location(base: address, offset: 0, space: list.space), to: place, capacity: capacity, limit: nil)
      builder.branch(.signedGreater, length, .constant(0), then: next, otherwise: send, [.value(cursor)])
      builder.seal(next)
      builder.move(to: next)
      let text = builder.binary(.sub, length, 1)
      builder.store(
        .doubleWord, record.advanced(by: field.offset),
        builder.binary(.or, cursor, builder.binary(.shiftLeft, text, 16)))
      cursor = builder.binary(.add, cursor, length)
    }
    builder.jump(send, [.value(cursor)])
    builder.seal(send)
    builder.move(to: send)
    let address = builder.address(of: record)
    let result = builder.call(
      .ringbufOutput,
      operands: [
        .value(builder.mapAddress(assembly.events)), .value(address), .value(builder.parameters(of: send)[0]),
        .constant(0),
      ])
    let full = builder.createBlock(), end = builder.createBlock()
    builder.branch(.notEqual, result, .constant(0), then: full, otherwise: end)
    builder.seal(full)
    builder.move(to: full)
    countLoss()
    builder.jump(end)
    builder.seal(end)
    builder.move(to: end)
  }
}
