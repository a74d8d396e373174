internal import Bytecode
internal import Diagnostics
internal import KernelInterface
internal import LinuxSystem

extension VerifierRefusal {
  /// Kinds of mistakes that programs are refused for.
  ///
  /// The raw value is the identifier of the diagnostic.
  public enum Cause: String, CaseIterable, Sendable {
    /// A pointer that may be null is used.
    case nullPointer = "null-pointer"
    /// A number is used as an address.
    case numberAsPointer = "number-as-pointer"
    /// A register is read that nothing was written to.
    case uninitializedRegister = "uninitialized-register"
    /// A number without known limits is used as an offset or a size.
    case unboundedAccess = "unbounded-access"
    /// An access goes beyond the memory that is there.
    case outOfBounds = "out-of-bounds"
    /// What was acquired is not given back on every path.
    case unreleasedReference = "unreleased-reference"
    /// A loop has no end that the verifier can see.
    case endlessLoop = "endless-loop"
    /// The verifier gave up, because there are too many paths.
    case tooComplex = "too-complex"
    /// More stack is used than the 512 bytes that there are.
    case stackTooLarge = "stack-too-large"
    /// This kernel has no such helper.
    case unknownHelper = "unknown-helper"
    /// The helper is not for programs of this type.
    case helperNotAllowed = "helper-not-allowed"
    /// Bytes of the stack are read that nothing was written to.
    case uninitializedStack = "uninitialized-stack"
    /// An access is not a multiple of its size away from the memory's beginning.
    case misaligned
    /// A packet is read beyond what was compared with its end.
    case packetBounds = "packet-bounds"
    /// An operation that cannot be done with this pointer.
    case pointerArithmetic = "pointer-arithmetic"
    /// A kernel address would get where users read it.
    case leakedAddress = "leaked-address"
    /// The records of functions, lines or types do not fit the program.
    case badTypeInformation = "bad-type-information"
    /// The licence is not one that opens this function.
    case license
    /// A kfunc that this program may not call.
    case kernelFunctionNotAllowed = "kernel-function-not-allowed"
    /// Something that may sleep, where nothing may.
    case sleeping
    /// A field or type that this kernel does not have.
    case poisonedRelocation = "poisoned-relocation"
    /// A part of the context that is not there, or not for writing.
    case contextAccess = "context-access"
    /// An argument is not of the kind that the function takes.
    case argumentType = "argument-type"
    /// The program answers what its type may not answer.
    case returnValue = "return-value"
    /// `may_goto` that is malformed or not known.
    case mayGoto = "may-goto"
    /// Memory that may only be read is written to.
    case readOnlyMemory = "read-only-memory"
    /// Functions call each other too deeply or in a circle.
    case callDepth = "call-depth"
    /// A lock is held too long or not held.
    case lock
    /// Instructions that nothing leads to.
    case unreachableCode = "unreachable-code"
    /// Instructions that are none, or jump out of the program.
    case malformedCode = "malformed-code"
    /// A size that may be 0 where it may not.
    case emptySize = "empty-size"
    /// What the program is meant for does not take it.
    case attachTarget = "attach-target"
    /// The process may not load such a program, or nobody may.
    case notPermitted = "not-permitted"
    /// More instructions than the kernel takes.
    case tooManyInstructions = "too-many-instructions"
    /// The kernel does not know this kind of program or an option of it.
    case unsupported
    /// None of the others.
    case other
  }
}

extension VerifierRefusal.Cause {
  /// Phrases of the verifier, the telling ones first: one that stands within another comes after it.
  ///
  /// Source: `kernel/bpf/verifier.c`, `kernel/bpf/btf.c` and `kernel/bpf/core.c` of Linux 5.10 to 7.2.
  static let phrases: [(phrase: String, cause: VerifierRefusal.Cause)] = [
    ("GPL-restricted function", .license),
    ("GPL-only function", .license),
    ("from non-GPL compatible program", .license),
    ("might sleep in", .sleeping),
    ("in non-sleepable", .sleeping),
    ("sleepable helper", .sleeping),
    ("_or_null prohibited", .nullPointer),
    ("_or_null'", .nullPointer),
    ("_or_null expected", .nullPointer),
    ("Possibly NULL pointer", .nullPointer),
    ("invalid bpf_context access", .contextAccess),
    ("dereference of modified ctx", .contextAccess),
    ("ctx is not allowed", .contextAccess),
    ("invalid access to packet", .packetBounds),
    ("invalid mem access 'scalar'", .numberAsPointer),
    ("invalid mem access 'inv'", .numberAsPointer),
    ("!read_ok", .uninitializedRegister),
    ("unbounded memory access", .unboundedAccess),
    ("unbounded min value", .unboundedAccess),
    ("unbounded variable-offset", .unboundedAccess),
    ("min value is negative", .unboundedAccess),
    ("invalid zero-sized", .emptySize),
    ("write into map forbidden", .readOnlyMemory),
    ("cannot write into", .readOnlyMemory),
    ("only read is supported", .readOnlyMemory),
    ("invalid access to", .outOfBounds),
    ("outside of the allowed memory range", .outOfBounds),
    ("access beyond", .outOfBounds),
    ("Unreleased reference", .unreleasedReference),
    ("reference leak", .unreleasedReference),
    ("recursive call", .callDepth),
    ("the call stack of", .callDepth),
    ("infinite loop detected", .endlessLoop),
    ("back-edge from insn", .endlessLoop),
    ("BPF program is too large", .tooComplex),
    ("is too complex", .tooComplex),
    ("too many states", .tooComplex),
    ("combined stack size", .stackTooLarge),
    ("invalid stack off", .stackTooLarge),
    ("misaligned", .misaligned),
    ("invalid func unknown", .unknownHelper),
    ("unknown func", .helperNotAllowed),
    ("cannot use helper", .helperNotAllowed),
    ("helper call is not allowed", .helperNotAllowed),
    ("invalid indirect", .uninitializedStack),
    ("invalid read from stack", .uninitializedStack),
    ("invalid write to stack", .uninitializedStack),
    ("leaks addr", .leakedAddress),
    ("pointer arithmetic", .pointerArithmetic),
    ("on pointer prohibited", .pointerArithmetic),
    ("pointer from scalar", .pointerArithmetic),
    ("math between", .pointerArithmetic),
    ("kernel function", .kernelFunctionNotAllowed),
    ("kernel btf_id", .kernelFunctionNotAllowed),
    ("may_goto", .mayGoto),
    ("unknown opcode e5", .mayGoto),
    ("func_info", .badTypeInformation),
    ("line_info", .badTypeInformation),
    ("Invalid insn_off", .badTypeInformation),
    ("At program exit", .returnValue),
    ("At callback return", .returnValue),
    ("At async callback", .returnValue),
    ("At subprogram exit", .returnValue),
    ("spin_lock", .lock),
    ("spin_unlock", .lock),
    ("rcu_read", .lock),
    ("unreachable insn", .unreachableCode),
    ("jump out of range", .malformedCode),
    ("last insn is not", .malformedCode),
    ("unknown opcode", .malformedCode),
    ("reserved fields", .malformedCode),
    ("frame pointer is read only", .malformedCode),
    ("div by zero", .malformedCode),
    ("attach_btf_id", .attachTarget),
    ("is not an allowed function", .attachTarget),
    ("not a function", .attachTarget),
    ("can't modify return codes", .attachTarget),
    ("is not sleepable", .attachTarget),
    ("Tracing programs must", .attachTarget),
    (" expected=", .argumentType),
  ]

  /// Finds the kind of mistake in what the verifier said last; without a log, by the call's error.
  init(of log: VerifierLog, _ error: SystemCallError) {
    guard !log.text.isEmpty else {
      self =
        switch error.errno {
        case .notPermitted, .permissionDenied: .notPermitted
        case .argumentListTooLong: .tooManyInstructions
        case .invalidArgument, .notSupportedByKernel, .notSupported: .unsupported
        default: .other
        }
      return
    }
    let words = log.reasons.joined(separator: "\n")
    guard let found = Self.phrases.first(where: { words.contains(text: $0.phrase) })?.cause else {
      // A kernel before 6.4 keeps the beginning of a log that does not fit, where the reason is not.
      self = error.errno == .noSpace || error.errno == .argumentListTooLong ? .tooComplex : .other
      return
    }
    switch found {
    case .uninitializedStack: self = Self.stackMistake(words)
    case .argumentType where log.reasons.contains(where: Self.givesNull): self = .nullPointer
    default: self = found
    }
  }

  /// "R2 type=map_value_or_null expected=fp, pkt": the pointer given may be null.
  private static func givesNull(_ reason: String) -> Bool {
    guard let start = reason.firstRange(ofText: "type="), let end = reason.firstRange(ofText: " expected=") else {
      return false
    }
    return reason[start.upperBound..<end.lowerBound].hasSuffix("_or_null")
      || reason[start.upperBound..<end.lowerBound].hasPrefix("ptr_or_null_")
  }

  /// "invalid write to stack R10 off=-520 size=8" is beyond the 512 bytes, "off=-8 size=16" beyond the frame's end;
  /// within them, "invalid read from stack" is of bytes that were not written.
  private static func stackMistake(_ words: String) -> Self {
    func number(behind key: String) -> Int? {
      guard let range = words.firstRange(ofText: key) else { return nil }
      let rest = words[range.upperBound...]
      return Int(rest.prefix { $0 == "-" || $0.isNumber })
    }
    guard let offset = number(behind: "off=") else { return .uninitializedStack }
    if offset < -512 { return .stackTooLarge }
    if let size = number(behind: "size="), offset + size > 0 { return .outOfBounds }
    return .uninitializedStack
  }
}

extension VerifierLog {
  /// The number of the helper that the refused instruction calls.
  var helperNumber: Int32? {
    guard let text = instructionText, text.hasPrefix("(85) call "), let hash = text.lastIndex(of: "#") else {
      return nil
    }
    return Int32(text[hash...].dropFirst())
  }

  /// The slot in "Unreleased reference id=2 alloc_insn=4".
  var acquisition: Int? {
    for reason in reasons {
      guard let range = reason.firstRange(ofText: "alloc_insn=") else { continue }
      return Int(reason[range.upperBound...].prefix { $0.isASCII && $0.isNumber })
    }
    return nil
  }

  /// "R7" in "R7 unbounded memory access".
  static func registersNamed(in reason: String) -> [String] {
    reason.split { !$0.isLetter && !$0.isNumber }.compactMap { word in
      guard word.first == "R", let number = Int(word.dropFirst()), (0...10).contains(number) else { return nil }
      return "R\(number)"
    }
  }

  /// "R7" and "R0" in "(79) r0 = *(u64 *)(r7 +0)".
  static func registersUsed(in instruction: String) -> [String] {
    instruction.split { !$0.isLetter && !$0.isNumber }.compactMap { word in
      guard word.first == "r" || word.first == "w", let number = Int(word.dropFirst()), (0...10).contains(number) else {
        return nil
      }
      return "R\(number)"
    }
  }
}
