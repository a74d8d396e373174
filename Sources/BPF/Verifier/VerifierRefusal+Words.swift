internal import Bytecode
internal import Diagnostics
internal import KernelInterface
internal import LinuxSystem

extension VerifierRefusal.Cause {
  /// The reason on one line: the verifier's own words, which a search finds, or what the call's error means.
  func reason(_ facts: VerifierRefusal.Facts) -> String {
    if self == .poisonedRelocation, let lacking = facts.lacking { return lacking.description }
    if let reason = facts.log.reason ?? facts.log.report?.reason { return reason }
    return "\(facts.error.call): \(facts.error.errno)"
  }

  /// What helps, the likeliest first.
  func remedies(_ facts: VerifierRefusal.Facts) -> [String] {
    // Since 7.3 the kernel suggests something itself.
    let suggestion = facts.log.report.map(\.suggestion).flatMap { $0.isEmpty ? nil : [$0] } ?? []
    switch self {
    case .notPermitted, .tooManyInstructions, .unsupported: return callRemedies(facts)
    case .unknownHelper: return unknownHelper(facts)
    case .helperNotAllowed: return helperNotAllowed(facts)
    case .argumentType: return argumentType(facts) + suggestion
    case .unboundedAccess: return unboundedAccess(facts) + suggestion
    case .returnValue: return returnValue(facts) + suggestion
    default: return (remedy.map { [$0] } ?? []) + suggestion
    }
  }

  /// What helps in every case of the kind.
  private var remedy: String? {
    switch self {
    case .nullPointer: "compare the pointer with NULL before it is used, as in `if (!value) return 0;`"
    case .numberAsPointer:
      "read memory that the kernel does not vouch for by bpf_probe_read_kernel or bpf_probe_read_user, or reach it "
        + "through a pointer with a type"
    case .uninitializedRegister:
      "give the variable a value on every path; a call leaves nothing in r1 to r5, and a program must set its answer"
    case .outOfBounds: "compare the offset with the size of the memory before the access"
    case .unreleasedReference:
      "give back on every path what was acquired, as by bpf_ringbuf_submit or bpf_ringbuf_discard, bpf_sk_release"
    case .endlessLoop:
      "give the loop a limit that is a constant, or use bpf_loop (Linux 5.17) or a numeric iterator (Linux 6.4)"
    case .tooComplex:
      "split the program by tail calls or global functions, which are verified by themselves, and use bpf_loop in place "
        + "of loops that are walked through turn by turn"
    case .stackTooLarge:
      "keep large values in a map with one entry per CPU; the stack of all functions together is small"
    case .uninitializedStack: "set all bytes before they are read, the padding too: `struct key k = {};`"
    case .misaligned: "put the field at an offset that is a multiple of its size, or read it byte by byte"
    case .packetBounds: "compare with the packet's end first, as in `if (data + sizeof(*eth) > data_end) return 0;`"
    case .pointerArithmetic:
      "add only numbers with known limits to pointers into maps, packets and the stack; other pointers must stay as they are"
    case .leakedAddress: "do not store or return pointers, or load the program with CAP_PERFMON"
    case .badTypeInformation: "the object's .BTF.ext does not fit its code: build it again, and strip it only by `-g`"
    case .license:
      "declare a licence that is compatible with the GPL: `char LICENSE[] SEC(\"license\") = \"GPL\";`, in Swift "
        + "`public let license: StaticString = \"GPL\"`"
    case .kernelFunctionNotAllowed:
      "this kernel does not let programs of this type call the function: look at its declaration in the kernel's type "
        + "information, and ask for it by bpf_ksym_exists before"
    case .sleeping: "make the program sleepable (`SEC(\"fentry.s/…\")`), or use what does not sleep"
    case .poisonedRelocation:
      "ask first whether this kernel has it: bpf_core_field_exists, bpf_core_type_exists or bpf_core_enum_value_exists"
    case .contextAccess:
      "use the context's fields as they are declared, with a constant offset; which may be written depends on the "
        + "program's type"
    case .mayGoto: "may_goto comes with Linux 6.9: use a loop with a constant limit before"
    case .readOnlyMemory: "the memory is not for writing: copy it to the stack or to a map first"
    case .callDepth: "functions call each other at most 8 deep and never in a circle: use a loop"
    case .lock: "release a lock on every path before the program ends, and call nothing while it is held"
    case .unreachableCode: "leave out what nothing jumps to; an endless loop before it may be the reason"
    case .malformedCode: "the code is no program for this kernel: check the assembler's output or the compiler's -mcpu"
    case .emptySize: "see to it that the size is not 0, as in `if (size == 0) return 0;`"
    case .attachTarget:
      "attach to another function: the kernel lists those that it allows in available_filter_functions"
    case .unboundedAccess, .helperNotAllowed, .unknownHelper, .argumentType, .returnValue, .notPermitted,
      .tooManyInstructions, .unsupported, .other:
      nil
    }
  }

  private func unboundedAccess(_ facts: VerifierRefusal.Facts) -> [String] {
    let reason = facts.log.reason ?? ""
    let register = VerifierLog.registersNamed(in: reason).first.map { " (\($0))" } ?? ""
    if reason.contains(text: "is negative") || reason.contains(text: "unbounded min value") {
      return [
        "limit the number\(register) from below as well: make it unsigned, or mask it with a constant, as in "
          + "`size &= 0xff`"
      ]
    }
    return [
      "compare the offset or size\(register) with a constant before the access, as in `if (i >= MAX) return 0;`, and "
        + "use the compared variable itself"
    ]
  }

  /// "R2 type=scalar expected=fp, pkt": says what was given in words.
  private func argumentType(_ facts: VerifierRefusal.Facts) -> [String] {
    guard let reason = facts.log.reasons.first(where: { $0.contains(text: " expected=") }),
      let type = reason.firstRange(ofText: "type="), let expected = reason.firstRange(ofText: " expected=")
    else { return [] }
    let register = VerifierLog.registersNamed(in: reason).first
    let place = register.flatMap { Int($0.dropFirst()) }.map { "argument \($0)" } ?? "an argument"
    let given = reason[type.upperBound..<expected.lowerBound]
    let wanted = reason[expected.upperBound...].prefix { $0 != ";" }
    let what =
      ["scalar", "inv", "scalar()"].contains(String(given)) ? "a number" : "a pointer of the kind '\(given)'"
    return ["\(place) is \(what), and must be one of: \(wanted)"]
  }

  private func returnValue(_ facts: VerifierRefusal.Facts) -> [String] {
    guard let reason = facts.log.reason, let range = reason.firstRange(ofText: "should have been in ") else {
      return ["answer what programs of this type may answer"]
    }
    let rest = reason[range.upperBound...]
    let end = rest.firstIndex { $0 == ")" || $0 == "]" }.map(rest.index(after:)) ?? rest.endIndex
    let allowed = rest[..<end]
    // Up to 6.7 the range is written as a number with unknown bits: (0x0; 0x1).
    return [
      "programs of type \(facts.load.type) may answer \(allowed == "(0x0; 0x1)" ? "[0, 1]" : String(allowed)) only"
    ]
  }

  private func unknownHelper(_ facts: VerifierRefusal.Facts) -> [String] {
    guard let number = facts.log.helperNumber else { return [] }
    let helper = HelperFunction(rawValue: number)
    guard let name = helper.name, let first = helper.firstKernel else {
      return ["no kernel has helper \(number): check what the call was made from"]
    }
    return [
      "bpf_\(name) comes with Linux \(first.major).\(first.minor): ask for it by bpf_core_enum_value_exists, or choose "
        + "the program by `KernelFeatures`"
    ]
  }

  /// Names the types of programs that may use the helper on this kernel.
  private func helperNotAllowed(_ facts: VerifierRefusal.Facts) -> [String] {
    guard let number = facts.log.helperNumber else {
      return ["use a helper that programs of type \(facts.load.type) may use"]
    }
    let helper = HelperFunction(rawValue: number)
    var text = "programs of type \(facts.load.type) may not use bpf_\(helper)"
    if helper == .probeWriteUser || helper == .overrideReturn,
      let absence = facts.features?.absence(of: .helper(helper, in: .kprobe))
    {
      return ["\(absence)"]
    }
    if let features = facts.features {
      let types = Self.types.filter { $0 != facts.load.type && features.has(.helper(helper, in: $0)) }
      if !types.isEmpty { text += "; these may: \(types.map(\.description).joined(separator: ", "))" }
    }
    return [text]
  }

  /// The types of programs that are asked for, the common ones first.
  private static let types: [ProgramType] = [
    .kprobe, .tracepoint, .rawTracepoint, .tracing, .perfEvent, .xdp, .schedulerClassifier, .socketFilter,
    .cgroupSocketBuffer, .cgroupSocketAddress, .socketOperations, .socketMessage, .socketBuffer, .socketLookup,
    .structOperations, .securityModule, .systemCall, .lwtXmit, .lwtSegment6Local, .socketReusePort,
    .cgroupSysctl, .cgroupSocketOption, .lircMode2,
  ]
}
