import BTF

extension ProgramPlanner {
  /// The fields of `args` at a site, as a program of the given kind gets them; nil where there is no `args`.
  func arguments(at site: ProbeSite, kind: CompiledProgram.Kind) throws(ProbeLookupError) -> [ProbeArgument]? {
    switch site {
    case .tracepoint(let subsystem, let event):
      let record = try target.tracepointRecord(subsystem: subsystem, event: event)
      let space: AddressSpace = subsystem == "syscalls" ? .user : .kernel
      if case .typedRawTracepoint = kind { return systemCallArguments(record, isExit: event.hasPrefix("sys_exit_")) }
      return record.fields.compactMap { recordArgument($0, space: space) }
    case .rawTracepoint(let event):
      return target.rawTracepointParameters(event: event).enumerated().map { index, parameter in
        wordArgument(parameter, index: index)
      }
    case .trampoline(_, _, let typeID, let isExit):
      return trampolineArguments(typeID: typeID, isExit: isExit)
    case .begin, .end, .interval, .profile, .software, .kernelFunction, .userFunction: return nil
    }
  }

  private func recordArgument(_ field: TracepointRecord.Field, space: AddressSpace) -> ProbeArgument? {
    if let base = field.dataLocationBase {
      let element = catalog.type(ofText: field.typeText, space: .kernel) ?? .void
      return ProbeArgument(
        name: field.name, source: .contextTail(offset: field.offset, base: base), type: .pointer(to: element, .kernel))
    }
    let source = ProbeArgument.Source.contextBytes(
      offset: field.offset, byteCount: field.byteCount, isSigned: field.isSigned)
    guard let type = type(of: field, space: space) else { return nil }
    return ProbeArgument(name: field.name, source: source, type: type)
  }

  private func type(of field: TracepointRecord.Field, space: AddressSpace) -> ValueType? {
    let integer = IntegerType(bits: min(64, field.byteCount * 8), isSigned: field.isSigned)
    let type = catalog.type(ofText: field.typeText, space: space)
    if let count = field.elementCount {
      if field.typeText == "char" || field.typeText == "const char" { return .string(capacity: field.byteCount) }
      let element = type ?? .integer(IntegerType(bits: max(8, field.byteCount / max(1, count) * 8), isSigned: false))
      if case .structure(let id, _) = element { return .array(.structure(id, .program), count: count) }
      return .array(element, count: count)
    }
    switch type {
    case .pointer, .boolean, .enumeration: return type
    case .structure(let id, _): return .structure(id, .program)
    // The record says how wide the field is; a type's name may stand for another width there.
    default: return [1, 2, 4, 8].contains(field.byteCount) ? .integer(integer) : .array(.uint8, count: field.byteCount)
    }
  }

  /// A system call's fields as `sys_enter` and `sys_exit` give them: the record has the number at offset 8 and one
  /// word for each argument, or the result, from offset 16 on (kernel/trace/trace_syscalls.c).
  private func systemCallArguments(_ record: TracepointRecord, isExit: Bool) -> [ProbeArgument] {
    record.fields.compactMap { field in
      if field.name == "__syscall_nr" {
        let type = ValueType.integer(IntegerType(bits: 32, isSigned: true))
        return ProbeArgument(name: field.name, source: .systemCallNumber, type: type)
      }
      guard field.offset >= 16, let type = type(of: field, space: .user) else { return nil }
      return ProbeArgument(
        name: field.name,
        source: isExit ? .contextWord(index: 1) : .systemCallArgument(index: (field.offset - 16) / 8), type: type)
    }
  }

  private func wordArgument(_ parameter: ProbeParameter, index: Int) -> ProbeArgument {
    let type = parameter.typeID.flatMap { catalog.valueType(ofKernelType: TypeID($0), space: .kernel) } ?? .uint64
    return ProbeArgument(name: parameter.name, source: .contextWord(index: index), type: type.isScalar ? type : .uint64)
  }

  private func trampolineArguments(typeID: UInt32, isExit: Bool) -> [ProbeArgument] {
    guard let prototype = prototype(ofFunction: typeID) else { return [] }
    var arguments = prototype.parameters.enumerated().map { index, parameter in
      wordArgument(ProbeParameter(name: parameter.name, typeID: parameter.type.rawValue), index: index)
    }
    if isExit, prototype.result != .void {
      let result = ProbeParameter(name: "retval", typeID: prototype.result.rawValue)
      arguments.append(wordArgument(result, index: arguments.count))
    }
    return arguments
  }

  func prototype(ofFunction typeID: UInt32) -> FunctionPrototype? {
    guard let kernel = target.kernelTypes, case .function(let function) = try? kernel.type(TypeID(typeID)),
      case .functionPrototype(let prototype) = try? kernel.type(function.prototype)
    else { return nil }
    return prototype
  }
}
