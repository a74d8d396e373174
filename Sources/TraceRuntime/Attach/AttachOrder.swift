import TraceCompiler

/// The order in which programs are attached.
///
/// Within one provider, function probes go in the reverse order of the script, the others in its order: what users of
/// bpftrace see where several probes hit the same place.
enum AttachOrder {
  /// The indexes of the programs in the order in which they are attached.
  static func indexes(of programs: [CompiledProgram]) -> [Int] {
    var slots: [Provider: [Int]] = [:]
    for (index, program) in programs.enumerated() {
      if let provider = Provider(program) { slots[provider, default: []].append(index) }
    }
    var order = Array(programs.indices)
    for places in slots.values {
      for (place, program) in zip(places, places.reversed()) { order[place] = program }
    }
    return order
  }

  /// The providers whose probes go in reverse.
  private enum Provider: Hashable {
    case kernelFunction(isReturn: Bool)
    case userFunction(isReturn: Bool)
    case trampoline(isExit: Bool)

    init?(_ program: CompiledProgram) {
      switch program.attachments.first?.site {
      case .kernelFunction(_, _, _, let isReturn): self = .kernelFunction(isReturn: isReturn)
      case .userFunction(_, _, _, let isReturn): self = .userFunction(isReturn: isReturn)
      case .trampoline(_, _, _, let isExit): self = .trampoline(isExit: isExit)
      default: return nil
      }
    }
  }
}
