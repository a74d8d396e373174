import BTF
import Bytecode
import Diagnostics
import TraceLanguage

/// What the program's context tells: arguments, results, registers.
extension ProgramLowering {
  private func argument(_ name: String) -> ProbeArgument? { body.body.arguments.first { $0.name == name } }

  /// Where an argument lies, when it lies in the context.
  mutating func argumentPlace(_ name: String) -> Location? {
    guard let argument = argument(name) else { return nil }
    switch argument.source {
    case .contextBytes(let offset, _, _): return Location(base: frame.context, offset: Int32(clamping: offset))
    case .contextTail, .contextWord, .systemCallArgument, .systemCallNumber: return nil
    }
  }

  /// An argument that is a scalar.
  mutating func lowerScalarArgument(_ name: String) -> SSAValue? {
    guard let argument = argument(name), argument.type.isScalar else { return nil }
    switch argument.source {
    case .contextBytes(let offset, let byteCount, let isSigned):
      return lowerContextBytes(offset: offset, byteCount: byteCount, isSigned: isSigned, type: argument.type)
    case .contextTail(let offset, let base):
      let location = builder.load(.word, frame.context, offset: Int32(clamping: offset))
      let start = builder.binary(.and, location, 0xffff)
      let place = builder.binary(.add, frame.context, start)
      return base == 0 ? place : builder.binary(.add, place, Int64(base))
    case .contextWord(let index): return narrowed(lowerContextWord(index, type: argument.type), to: argument.type)
    case .systemCallArgument(let index):
      let registers = target.architecture.registers.systemCallArguments
      guard registers.indices.contains(index) else { return builder.constant(0) }
      let saved = builder.load(.doubleWord, frame.context)
      let value = builder.load(.doubleWord, saved, offset: Int32(clamping: registers[index].offset))
      return narrowed(value, to: argument.type)
    case .systemCallNumber: return systemCallNumber()
    }
  }

  private mutating func lowerContextBytes(
    offset: Int, byteCount: Int, isSigned: Bool, type: ValueType
  ) -> SSAValue {
    guard let size = AccessSize(byteCount: byteCount) else { return builder.constant(0) }
    if offset % byteCount == 0 {
      let value = builder.load(size, frame.context, offset: Int32(clamping: offset))
      guard isSigned, byteCount < 8 else { return value }
      return builder.signExtend(value, bits: UInt8(truncatingIfNeeded: byteCount * 8))
    }
    // The verifier takes aligned accesses only.
    let place = Location(base: frame.context, offset: Int32(clamping: offset), space: .kernel)
    let value = lowerWord(size, from: place)
    guard isSigned, byteCount < 8 else { return value }
    return builder.signExtend(value, bits: UInt8(truncatingIfNeeded: byteCount * 8))
  }

  /// A word of the context of a tracing program.
  ///
  /// The verifier knows what typed pointers there point to, and would not let a script calculate with them; read as
  /// memory, they are numbers.
  private mutating func lowerContextWord(_ index: Int, type: ValueType) -> SSAValue {
    let offset = Int32(clamping: 8 * index)
    if case .trampoline = plan.kind, case .pointer = type {
      let slot = wordSlot()
      lowerRead(byteCount: 8, from: Location(base: frame.context, offset: offset, space: .kernel), to: slot)
      return builder.load(.doubleWord, slot)
    }
    return builder.load(.doubleWord, frame.context, offset: offset)
  }

  /// The part of a 64-bit word that a narrower parameter occupies.
  private mutating func narrowed(_ value: SSAValue, to type: ValueType) -> SSAValue {
    switch type {
    case .integer(let integer): extended(value, to: integer)
    case .boolean: builder.zeroExtend(value, bits: 8)
    case .enumeration: builder.zeroExtend(value, bits: 32)
    default: value
    }
  }

  // MARK: Registers

  /// An argument by its number: `arg0`, `arg1` and so on.
  mutating func lowerNumberedArgument(_ index: Int) -> SSAValue {
    if case .rawTracepoint = plan.kind { return builder.load(.doubleWord, frame.context, offset: Int32(8 * index)) }
    let file = target.architecture.registers
    if file.functionArguments.indices.contains(index) { return lowerRegister(file.functionArguments[index]) }
    let stack = lowerRegister(file.stackPointer)
    let distance = file.firstStackArgumentOffset + 8 * (index - file.functionArguments.count)
    let place = Location(base: stack, offset: Int32(clamping: distance), space: body.body.argumentSpace)
    return lowerWord(.doubleWord, from: place)
  }

  mutating func lowerRegister(_ register: Register) -> SSAValue {
    let size = AccessSize(byteCount: register.byteCount) ?? .doubleWord
    return builder.load(size, frame.context, offset: Int32(clamping: register.offset))
  }

  mutating func lowerReturnValue() -> SSAValue {
    if case .trampoline = plan.kind { return lowerScalarArgument("retval") ?? builder.constant(0) }
    return lowerRegister(target.architecture.registers.returnValue)
  }

  // MARK: System calls on the raw tracepoints

  /// The number of the system call, in a folded program.
  mutating func systemCallNumber() -> SSAValue {
    guard case .systemCallNumber(_, let isExit) = plan.selector, isExit else {
      return builder.load(.doubleWord, frame.context, offset: 8)
    }
    let saved = builder.load(.doubleWord, frame.context)
    return builder.load(
      .doubleWord, saved, offset: Int32(clamping: target.architecture.registers.systemCallNumber.offset))
  }

  /// Finds the body and the probe name that belong to the system call, and leaves all others alone.
  mutating func lowerSelection(_ selection: [Int: (body: Int, nameIndex: Int)], isExit: Bool) {
    builder.span = probe.span
    let number = systemCallNumber()
    let candidates = builder.createBlock()
    if selection.count <= 4 {
      lowerComparedSelection(selection, number: number)
      return
    }
    let limit = (selection.keys.max() ?? 0) + 1
    builder.branch(.unsignedLess, number, .constant(Int64(limit)), then: candidates, otherwise: exitBlock)
    builder.seal(candidates)
    builder.move(to: candidates)
    // Two bytes for each number: the probe's name and one more, or 0 for a call that is not traced.
    var bytes = [UInt8](repeating: 0, count: (limit * 4 + 7) / 8 * 8)
    for (number, entry) in selection where number >= 0 {
      let name = UInt16(truncatingIfNeeded: entry.nameIndex + 1)
      let body = UInt16(truncatingIfNeeded: entry.body)
      bytes[number * 4] = UInt8(truncatingIfNeeded: name)
      bytes[number * 4 + 1] = UInt8(truncatingIfNeeded: name >> 8)
      bytes[number * 4 + 2] = UInt8(truncatingIfNeeded: body)
      bytes[number * 4 + 3] = UInt8(truncatingIfNeeded: body >> 8)
    }
    let table = assembly.append(
      CompiledMap(
        role: .table(bytes: bytes), storage: .array, keyByteCount: 4, valueByteCount: bytes.count, maximumEntries: 1))
    let start = builder.mapValueAddress(table)
    let place = builder.binary(.add, start, builder.binary(.shiftLeft, number, 2))
    let name = builder.load(.halfWord, place)
    let traced = builder.createBlock()
    builder.branch(.notEqual, name, .constant(0), then: traced, otherwise: exitBlock)
    builder.seal(traced)
    builder.move(to: traced)
    lowerCompatibilityFilter(number: number)
    movePrologueHere()
    selectedName = builder.binary(.sub, name, 1)
    if bodies.count == 1 { return lowerBody(at: 0) }
    let chosen = builder.load(.halfWord, place, offset: 2)
    lowerBodies(chosen: chosen)
  }

  private mutating func lowerBodies(chosen: SSAValue) {
    for index in bodies.indices {
      let run = builder.createBlock(), next = builder.createBlock()
      builder.branch(.equal, chosen, .constant(Int64(index)), then: run, otherwise: next)
      builder.seal(run)
      builder.move(to: run)
      inRegion { $0.lowerBody(at: index) }
      builder.jump(exitBlock)
      builder.seal(next)
      builder.move(to: next)
    }
  }

  /// The few calls that are traced are compared one by one.
  private mutating func lowerComparedSelection(
    _ selection: [Int: (body: Int, nameIndex: Int)], number: SSAValue
  ) {
    for (call, entry) in selection.sorted(by: { $0.key < $1.key }) {
      let run = builder.createBlock(), next = builder.createBlock()
      builder.branch(.equal, number, .constant(Int64(call)), then: run, otherwise: next)
      builder.seal(run)
      builder.move(to: run)
      inRegion { lowering in
        lowering.lowerCompatibilityFilter(number: number)
        lowering.selectedName = lowering.builder.constant(Int64(entry.nameIndex))
        lowering.lowerBody(at: entry.body)
      }
      builder.jump(exitBlock)
      builder.seal(next)
      builder.move(to: next)
    }
  }

  /// Leaves out system calls of 32-bit programs, as the kernel's own system call tracepoints do: their numbers mean
  /// other calls.
  private mutating func lowerCompatibilityFilter(number: SSAValue) {
    let test = target.architecture.registers.compatibilityTest
    guard let kernel = catalog.target.kernelTypes,
      let task = kernel.id(named: "task_struct", kind: .structure),
      let member = try? kernel.member(path: "thread_info.\(test.threadInfoField)", of: task),
      let byteCount = try? kernel.size(of: member.type), let size = AccessSize(byteCount: byteCount)
    else { return }
    let offset = Int32(clamping: member.byteOffset)
    let flags: SSAValue
    if features.hasTypedCurrentTask {
      let current = builder.call(.getCurrentTaskBtf, purity: .eventConstant)
      flags = builder.load(size, current, offset: offset)
    } else {
      let current = builder.call(.getCurrentTask, purity: .eventConstant)
      flags = lowerWord(size, from: Location(base: current, offset: offset, space: .kernel))
    }
    let native = builder.createBlock()
    builder.branch(
      .equal, builder.binary(.and, flags, Int64(bitPattern: test.fieldMask)), .constant(0), then: native,
      otherwise: exitBlock)
    builder.seal(native)
    builder.move(to: native)
  }
}
