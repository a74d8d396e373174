import BTF
import Bytecode
import Diagnostics
import TraceLanguage

/// Facts about the event, the process and the machine.
extension ProgramLowering {
  /// A bare word that is a scalar.
  mutating func lowerName(_ name: String, _ expression: Expression) -> SSAValue {
    if let builtin = BuiltinVariable(name: name) { return lowerBuiltin(builtin) }
    if let index = BuiltinVariable.argumentIndex(of: name) { return lowerNumberedArgument(index) }
    return builder.constant(catalog.constant(named: name)?.value ?? 0)
  }

  mutating func lowerBuiltin(_ builtin: BuiltinVariable) -> SSAValue {
    switch builtin {
    case .pid: return processID()
    case .tid: return threadID()
    case .uid, .username:
      return builder.zeroExtend(builder.call(.getCurrentUidGid, purity: .eventConstant), bits: 32)
    case .gid:
      return builder.binary(.logicalShiftRight, builder.call(.getCurrentUidGid, purity: .eventConstant), 32)
    case .nsecs: return builder.call(.ktimeGetBootNs)
    case .elapsed:
      return builder.binary(
        .sub, builder.call(.ktimeGetBootNs), Int64(bitPattern: assembly.options.startTime))
    case .cpu: return builder.zeroExtend(builder.call(.getSmpProcessorId, purity: .eventConstant), bits: 32)
    case .curtask: return builder.call(.getCurrentTask, purity: .eventConstant)
    case .cgroup: return builder.call(.getCurrentCgroupId, purity: .eventConstant)
    case .rand: return builder.zeroExtend(builder.call(.getPrandomU32), bits: 32)
    case .ctx: return frame.context
    case .ncpus: return builder.constant(Int64(features.possibleCPUCount))
    case .numaid: return builder.call(.getNumaNodeId, purity: .eventConstant)
    case .jiffies: return builder.call(.jiffies64)
    case .cpid: return builder.constant(Int64(assembly.options.child ?? 0))
    case .ppid: return parentProcessID()
    case .func: return functionAddress()
    case .retval: return lowerReturnValue()
    case .probe: return probeNameIndex()
    case .comm, .args, .kstack, .ustack, .probetype: return builder.constant(0)
    }
  }

  // MARK: Process ids

  /// The process (thread group) id as our own pid namespace knows it.
  mutating func processID() -> SSAValue {
    if let namespace = features.processNamespace { return namespaceID(namespace, offset: 4) }
    return builder.binary(.logicalShiftRight, builder.call(.getCurrentPidTgid, purity: .eventConstant), 32)
  }

  /// The thread id as our own pid namespace knows it.
  mutating func threadID() -> SSAValue {
    if let namespace = features.processNamespace { return namespaceID(namespace, offset: 0) }
    return builder.zeroExtend(builder.call(.getCurrentPidTgid, purity: .eventConstant), bits: 32)
  }

  /// One half of `struct bpf_pidns_info`; zero for a process that is not in our namespace.
  private mutating func namespaceID(
    _ namespace: TargetFeatures.ProcessNamespace, offset: Int
  ) -> SSAValue {
    let ids: Location
    if let known = frame.processIDs, frame.regions.contains(known.region) {
      ids = known.location
    } else {
      let slot = frame.processIDsSlot ?? builder.createFrameSlot(size: 8)
      frame.processIDsSlot = slot
      ids = Location(base: builder.frameAddress(slot), offset: 0)
      builder.store(.doubleWord, ids, constant: 0)
      let address = builder.address(of: ids)
      builder.call(
        .getNsCurrentPidTgid,
        operands: [
          .constant(Int64(bitPattern: namespace.device)), .constant(Int64(bitPattern: namespace.inode)),
          .value(address), .constant(8),
        ])
      frame.processIDs = (ids, frame.regions.last ?? 0)
    }
    return builder.load(.word, ids.advanced(by: offset))
  }

  private mutating func parentProcessID() -> SSAValue {
    guard let kernel = catalog.target.kernelTypes, let task = kernel.id(named: "task_struct", kind: .structure),
      let parent = try? kernel.member(path: "real_parent", of: task),
      let process = try? kernel.member(path: "tgid", of: task)
    else { return builder.constant(0) }
    let current = builder.call(.getCurrentTask, purity: .eventConstant)
    let pointer = lowerWord(
      .doubleWord, from: Location(base: current, offset: Int32(clamping: parent.byteOffset), space: .kernel))
    return lowerWord(.word, from: Location(base: pointer, offset: Int32(clamping: process.byteOffset), space: .kernel))
  }

  // MARK: The probe's name

  /// The index of the name of the probe that fired.
  mutating func probeNameIndex() -> SSAValue {
    if let selectedName { return selectedName }
    if body.body.probes.count == 1, let only = body.body.probes.first { return builder.constant(Int64(only.nameIndex)) }
    return builder.call(.getAttachCookie, [frame.context], purity: .eventConstant)
  }

  /// Whether the probe's name is that text: a matter of numbers here.
  mutating func lowerProbeNameComparison(_ text: String, isEqual: Bool) -> SSAValue {
    let matches = body.body.probes.filter { $0.probe.name == text }.map(\.nameIndex)
    if matches.isEmpty { return builder.constant(isEqual ? 0 : 1) }
    if matches.count == body.body.probes.count { return builder.constant(isEqual ? 1 : 0) }
    let index = probeNameIndex()
    var result = builder.compare(.equal, index, Int64(matches[0]))
    for match in matches.dropFirst() {
      result = builder.binary(.or, result, builder.compare(.equal, index, Int64(match)))
    }
    return isEqual ? result : builder.compare(.equal, result, 0)
  }

  // MARK: The command's name

  /// Writes the command's name, 16 bytes with zeros to the end; it is asked for once in a stretch of the text.
  mutating func lowerCommandName(into target: Location) {
    if let known = frame.commandName, frame.regions.contains(known.region) {
      builder.copy(to: target, from: known.location, byteCount: 16)
      return
    }
    let name: Location
    if usesCommandNameOften {
      let slot = frame.commandNameSlot ?? builder.createFrameSlot(size: 16)
      frame.commandNameSlot = slot
      name = Location(base: builder.frameAddress(slot), offset: 0)
      frame.commandName = (name, frame.regions.last ?? 0)
    } else {
      name = target
    }
    // Zeros first: see `lowerRead`.
    builder.zero(name, byteCount: 16)
    builder.call(.getCurrentComm, operands: [.value(builder.address(of: name)), .constant(16)])
    if usesCommandNameOften { builder.copy(to: target, from: name, byteCount: 16) }
  }

  /// Whether `comm` stands more than once in the body.
  private var usesCommandNameOften: Bool {
    var count = 0
    SyntaxWalk.expressions(of: probe) { expression in
      switch expression.kind {
      case .identifier("comm"): count += 1
      case .call(let call) where call.name.text == "comm": count += 1
      default: break
      }
    }
    return count > 1
  }

  // MARK: Calls that give a scalar

  mutating func lowerScalarCall(_ call: Call, _ expression: Expression) -> SSAValue {
    let arguments = call.arguments
    if arguments.isEmpty, let builtin = BuiltinVariable(name: call.name.text) { return lowerBuiltin(builtin) }
    guard let function = BuiltinFunction(rawValue: call.name.text) else { return builder.constant(0) }
    switch function {
    case .ksym, .kptr, .uptr: return lowerAddress(arguments[0])
    case .strftime: return lowerScalar(arguments[1])
    case .cgroupPath: return lowerScalar(arguments[0])
    case .strlen: return lowerStringLength(arguments[0])
    case .nsecs: return lowerClock(arguments.first)
    case .reg:
      guard let name = constants.string(arguments[0]),
        let register = target.architecture.registers.register(named: name.text)
      else { return builder.constant(0) }
      return lowerRegister(register)
    case .kaddr:
      let symbol = constants.string(arguments[0])?.text ?? ""
      return builder.constant(Int64(bitPattern: target.kernelAddress(ofSymbol: symbol) ?? 0))
    case .cgroupid:
      let path = constants.string(arguments[0])?.text ?? ""
      return builder.constant(Int64(bitPattern: target.cgroupID(ofPath: path) ?? 0))
    case .strncmp:
      let limit = Int(clamping: constantInteger(arguments[2]) ?? 0)
      return lowerStringDifference(arguments[0], arguments[1], limit: limit)
    case .hasKey: return lowerHasKey(arguments)
    case .delete: return lowerDelete(arguments)
    case .bswap:
      let value = lowerScalar(arguments[0])
      let bits = type(of: expression).arithmeticType?.bits ?? 64
      return bits == 8 ? value : builder.byteSwap(value, bits: UInt8(truncatingIfNeeded: bits))
    default: return builder.constant(0)
    }
  }

  private mutating func lowerClock(_ mode: Expression?) -> SSAValue {
    guard let mode, case .identifier(let name) = mode.kind, let clock = ClockKind(rawValue: name) else {
      return builder.call(.ktimeGetBootNs)
    }
    switch clock {
    case .boot: return builder.call(.ktimeGetBootNs)
    case .monotonic: return builder.call(.ktimeGetNs)
    case .tai: return builder.call(.ktimeGetTaiNs)
    case .softwareTAI:
      // The boot clock and the distance to TAI as it was when the script was compiled.
      return builder.binary(.add, builder.call(.ktimeGetBootNs), Int64(bitPattern: assembly.options.taiOffset))
    }
  }

  /// The address that an expression is or lies at.
  mutating func lowerAddress(_ expression: Expression) -> SSAValue {
    switch type(of: expression) {
    case .array, .string, .structure:
      return lowerPlace(expression).map { builder.address(of: $0) } ?? builder.constant(0)
    default: return lowerScalar(expression)
    }
  }
}
