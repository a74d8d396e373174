import Bytecode

/// Where a program finds the address of the function that it traces: `func`.
enum FunctionAddressSource: Hashable {
  /// `bpf_get_func_ip`.
  case helper
  /// The context's instruction pointer, so many bytes behind the place.
  case instructionPointer(distance: Int)
  /// The compiler knows it: this kernel function's.
  case constant(function: String)
  /// Nothing tells it.
  case unknown

  /// The source for a probe.
  ///
  /// Uprobes have the place itself in their instruction pointer (`handle_swbp` in `kernel/events/uprobes.c`), on every
  /// kernel. For kprobes within a function the helper answers 0. At a return, the instruction pointer is elsewhere.
  init(of site: ProbeSite, _ features: TargetFeatures, _ registers: RegisterFile) {
    switch site {
    case .userFunction(_, _, _, isReturn: false): self = .instructionPointer(distance: 0)
    case .userFunction: self = features.hasUserFunctionAddress ? .helper : .unknown
    case .kernelFunction(_, _, let offset, isReturn: false) where offset != 0 || !features.hasFunctionAddress:
      self = .instructionPointer(distance: registers.breakpointByteCount)
    case .kernelFunction(_, let name, _, _), .trampoline(_, let name, _, _):
      self = features.hasFunctionAddress ? .helper : .constant(function: name)
    case .begin, .end, .interval, .profile, .software, .tracepoint, .rawTracepoint: self = .unknown
    }
  }
}

extension ProgramLowering {
  /// The address of the function that is traced.
  mutating func functionAddress() -> SSAValue {
    guard let site = body.body.probes.first?.probe.site else { return builder.constant(0) }
    let registers = target.architecture.registers
    switch FunctionAddressSource(of: site, features, registers) {
    case .helper: return builder.call(.getFuncIp, [frame.context], purity: .eventConstant)
    case .instructionPointer(let distance):
      let place = lowerRegister(registers.instructionPointer)
      return distance == 0 ? place : builder.binary(.sub, place, Int64(distance))
    case .constant(let function):
      return builder.constant(Int64(bitPattern: target.kernelAddress(ofSymbol: function) ?? 0))
    case .unknown: return builder.constant(0)
    }
  }
}
