import BTF
import Diagnostics
import TraceLanguage

extension TypeChecker {
  mutating func memberType(
    _ base: Expression, _ access: MemberAccess, _ name: Name, at span: SourceSpan
  ) -> ValueType {
    let baseType = type(of: base)
    switch baseType {
    case .unknown: return .unknown
    case .arguments:
      if let argument = body?.arguments.first(where: { $0.name == name.text }) { return argument.type }
      diagnostics.report(
        .unknownField(name, of: "args", available: body?.arguments.map(\.name) ?? [], probe: probeName))
      return .unknown
    case .structure(let id, let space), .pointer(.structure(let id, _), let space):
      if let member = catalog.member(name.text, of: id, space: space) { return member.type.moved(to: space) }
      diagnostics.report(
        .unknownField(name, of: catalog.name(of: id), available: catalog.memberNames(of: id), probe: nil))
      return .unknown
    case .record(let fields):
      if let field = fields.first(where: { $0.name == name.text }) { return field.type }
      diagnostics.report(.unknownField(name, of: "the record", available: fields.map(\.name), probe: nil))
      return .unknown
    default:
      diagnostics.report(.noFields(baseType, access, at: span, catalog))
      return .unknown
    }
  }

  mutating func tupleElementType(_ base: Expression, _ index: Int, at span: SourceSpan) -> ValueType {
    let baseType = type(of: base)
    switch baseType {
    case .unknown: return .unknown
    case .tuple(let elements):
      if elements.indices.contains(index) { return elements[index] }
      diagnostics.report(.tupleIndexOutOfRange(index, count: elements.count, at: span))
    default: diagnostics.report(.notATuple(baseType, at: base.span, catalog))
    }
    return .unknown
  }

  mutating func elementType(_ base: Expression, _ index: Expression, at span: SourceSpan) -> ValueType {
    let baseType = type(of: base)
    requireInteger(index, role: "an index")
    switch baseType {
    case .unknown: return .unknown
    case .array(let element, let count):
      if let value = constantInteger(index), value < 0 || value >= count, count > 0 {
        diagnostics.report(.indexOutOfBounds(value, count: count, at: span))
      }
      return element
    case .string(let capacity):
      if let value = constantInteger(index), value < 0 || value >= capacity {
        diagnostics.report(.indexOutOfBounds(value, count: capacity, at: span))
      }
      return .integer(IntegerType(bits: 8, isSigned: true))
    case .pointer(let pointee, let space) where pointee != .void: return pointee.moved(to: space)
    case .tuple(let elements):
      if let value = constantInteger(index), elements.indices.contains(Int(clamping: value)) {
        return elements[Int(clamping: value)]
      }
      diagnostics.report(
        .tupleIndexOutOfRange(Int(clamping: constantInteger(index) ?? -1), count: elements.count, at: span))
    default: diagnostics.report(.notAnArray(baseType, at: base.span, catalog))
    }
    return .unknown
  }

  /// Bytes from a struct's start to the member at the end of `path`.
  mutating func memberOffset(in type: ValueType, path: [Name]) -> Int? {
    var type = type
    var offset = 0
    for name in path {
      let id: StructureID
      switch type {
      case .structure(let structure, _), .pointer(.structure(let structure, _), _): id = structure
      case .unknown: return nil
      default:
        diagnostics.report(.noFields(type, .dot, at: name.span, catalog))
        return nil
      }
      guard let member = catalog.member(name.text, of: id, space: .kernel) else {
        diagnostics.report(
          .unknownField(name, of: catalog.name(of: id), available: catalog.memberNames(of: id), probe: nil))
        return nil
      }
      offset += member.byteOffset
      type = member.type
    }
    return offset
  }

  var probeName: String? { body?.probes.first?.probe.name }

  // MARK: Builtin values

  mutating func builtinType(_ builtin: BuiltinVariable, at span: SourceSpan) -> ValueType {
    switch builtin {
    case .pid, .tid, .cpu, .rand, .cpid, .ppid: return .uint32
    case .uid, .gid, .nsecs, .elapsed, .cgroup, .jiffies: return .uint64
    case .ncpus, .numaid: return .int64
    case .comm: return .string(capacity: 16)
    case .curtask:
      if let id = catalog.target.kernelTypes?.id(named: "task_struct", kind: .structure) {
        return .pointer(to: .structure(.kernel(id.rawValue), .kernel), .kernel)
      }
      return .voidPointer
    case .username: return .username
    case .probe: return .probeName
    case .probetype: return .string(capacity: 24)
    case .kstack: return stackType(isUser: false)
    case .ustack: return stackType(isUser: true)
    case .ctx: return .voidPointer
    case .args:
      if body?.arguments.isEmpty ?? true {
        diagnostics.report(
          .builtinNotAvailable(
            "args", in: probeName,
            hint:
              "tracepoint, rawtracepoint, fentry and fexit probes have it; kprobe and uprobe probes have arg0, arg1, …",
            at: span))
        return .unknown
      }
      return .arguments
    case .func:
      if let site { requireFunctionAddress(at: site, span) }
      switch site {
      case .userFunction?: return .userSymbol
      case .kernelFunction?, .trampoline?: return .kernelSymbol
      default:
        diagnostics.report(
          .builtinNotAvailable(
            "func", in: probeName, hint: "kprobe, uprobe, fentry and fexit probes have it", at: span))
        return .unknown
      }
    case .retval: return returnValueType(at: span)
    }
  }

  private mutating func requireFunctionAddress(at site: ProbeSite, _ span: SourceSpan) {
    let target = catalog.target
    switch FunctionAddressSource(of: site, target.features, target.architecture.registers) {
    case .unknown:
      guard case .userFunction = site else { return }
      diagnostics.report(.unsupportedByKernel("func in uretprobes", needs: "6.6", at: span))
    case .constant(let function) where target.kernelAddress(ofSymbol: function) == nil:
      diagnostics.report(.unsupportedByKernel("func, where addresses are hidden,", needs: "5.15", at: span))
    case .constant, .instructionPointer, .helper: break
    }
  }

  var site: ProbeSite? { body?.probes.first?.probe.site }

  func stackType(isUser: Bool, mode: StackFormat.Mode? = nil, limit: Int = 127) -> ValueType {
    .stack(isUser: isUser, StackFormat(mode: mode ?? configuration.stackMode, limit: limit))
  }

  private mutating func returnValueType(at span: SourceSpan) -> ValueType {
    switch site {
    case .kernelFunction(_, _, _, isReturn: true)?, .userFunction(_, _, _, isReturn: true)?: return .uint64
    case .trampoline(_, _, _, isExit: true)?:
      if let argument = body?.arguments.first(where: { $0.name == "retval" }) { return argument.type }
    default: break
    }
    diagnostics.report(
      .builtinNotAvailable(
        "retval", in: probeName,
        hint: "kretprobe, uretprobe and fexit probes have it; a syscalls:sys_exit tracepoint has args.ret",
        at: span))
    return .unknown
  }

  mutating func numberedArgumentType(_ name: String, at span: SourceSpan) -> ValueType {
    let index = BuiltinVariable.argumentIndex(of: name) ?? 0
    switch site {
    case .kernelFunction(_, _, _, isReturn: false)?, .userFunction(_, _, _, isReturn: false)?:
      // Beyond the registers, arguments lie on the stack.
      if index > 63 { diagnostics.report(.argumentIndexTooLarge(name, limit: 63, at: span)) }
      return .uint64
    case .rawTracepoint?:
      if index > 11 { diagnostics.report(.argumentIndexTooLarge(name, limit: 11, at: span)) }
      return .uint64
    default:
      diagnostics.report(
        .builtinNotAvailable(
          name, in: probeName,
          hint: "kprobe, uprobe and rawtracepoint probes have it; others name their arguments: args.NAME", at: span))
      return .unknown
    }
  }

  // MARK: Names of types

  /// The type that the script names.
  mutating func resolve(_ name: TypeName) -> ValueType {
    let space = body?.argumentSpace ?? .kernel
    var type: ValueType?
    switch name.base {
    case .named(let word): type = namedType(word, space: space)
    case .tagged(let tag, let tagName): type = catalog.type(tagged: tag, tagName, space: space)
    case .sized("string", let count): type = .string(capacity: Int(clamping: max(1, count)))
    case .sized("buffer", let count): type = .buffer(capacity: Int(clamping: max(1, count)))
    case .sized("inet", _): type = .internetAddress
    case .sized: type = nil
    case .typeOf(let operand): type = self.type(of: operand)
    case .tuple(let elements): type = .tuple(elements.map { resolve($0) })
    }
    guard var result = type else {
      diagnostics.report(.unknownType(name, hasKernelTypes: catalog.target.kernelTypes != nil))
      return .unknown
    }
    for suffix in name.suffixes {
      switch suffix {
      case .pointer: result = .pointer(to: result, space)
      case .array(let count): result = .array(result, count: Int(clamping: count ?? 0))
      }
    }
    return result
  }

  private func namedType(_ word: String, space: AddressSpace) -> ValueType? {
    if let type = catalog.type(named: word, space: space) { return type }
    if word == "string" { return .string(capacity: configuration.maximumStringLength) }
    // Old scripts leave the word `struct` out.
    return catalog.type(tagged: .structure, word, space: space)
      ?? catalog.type(tagged: .enumeration, word, space: space)
  }
}
