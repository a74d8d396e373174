public import ELF

/// Why there is nothing to attach to: what was asked for, and where it was looked for.
///
/// What can be done about it: ``remedy``.
public enum AttachError: Error, Hashable, Sendable {
  /// A target's text is not of the form that its kind has; `form` is that form.
  case malformedTarget(String, form: String)
  /// The kernel has no such tracepoint; `nearest` are some that may have been meant.
  case noSuchTracepoint(category: String, name: String, nearest: [String])
  /// The kernel has no such raw tracepoint.
  case noSuchRawTracepoint(String)
  /// The kernel has no such function that can be probed.
  case noSuchKernelFunction(String, nearest: [String])
  /// No function of the kernel fits the pattern; `searched` is the list that was looked through.
  case noMatchingKernelFunction(pattern: String, searched: String)
  /// The kernel has no system call of that name; `tried` are the functions that it would have.
  case noSuchSystemCall(String, tried: [String])
  /// The kernel was built without something, or forbids it.
  case missingFacility(String, remedy: String)
  /// The kernel cannot do something, and why.
  case missingFeature(KernelFeatureAbsence, remedy: String)
  /// There is no such program or library; `tried` is where it was looked for.
  case noSuchBinary(String, tried: [String])
  /// A file is no program or library.
  case badBinary(path: String, ELFError)
  /// A program or library has no such function.
  case noSuchSymbol(String, path: String, nearest: [String])
  /// Several functions of a file bear the name; `versions` are what tells them apart.
  case ambiguousSymbol(String, path: String, versions: [String])
  /// No function of a file fits the pattern.
  case noMatchingSymbol(pattern: String, path: String)
  /// An address of a file is not loaded from it, so no probe can be placed there.
  case notInFile(path: String, address: UInt64)
  /// A file has no such USDT probe; `provider` nil for any.
  case noSuchUSDT(provider: String?, name: String, path: String, nearest: [String])
  /// A USDT probe's argument is written in a way that is not understood.
  case badUSDTArgument(probe: String, argument: String, reason: String)
  /// A USDT probe needs more than the object's map of argument places has room for.
  case tooManyUSDTs(probe: String, capacity: UInt32)
  /// A program for USDT lacks the maps that its header `bpf/usdt.bpf.h` brings.
  case missingUSDTMap(String)
  /// The object has no map of that name for programs to attach to.
  case noSuchMap(String, object: String)
  /// An iterator's kind needs a parameter, or takes none of this kind.
  case badIteratorParameter(kind: String, reason: String)
}

extension AttachError: CustomStringConvertible {
  /// One sentence with the facts.
  public var description: String {
    switch self {
    case .malformedTarget(let text, let form): "'\(text)' is not of the form \(form)"
    case .noSuchTracepoint(let category, let name, _): "the kernel has no tracepoint \(category):\(name)"
    case .noSuchRawTracepoint(let name): "the kernel has no raw tracepoint \(name)"
    case .noSuchKernelFunction(let name, _): "the kernel has no function \(name) that can be probed"
    case .noMatchingKernelFunction(let pattern, let searched): "no function in \(searched) fits '\(pattern)'"
    case .noSuchSystemCall(let name, let tried):
      "the kernel has no system call '\(name)' (looked for \(tried.joined(separator: ", ")))"
    case .missingFacility(let what, _): "this kernel has no \(what)"
    case .missingFeature(let absence, _): "\(absence)"
    case .noSuchBinary(let name, let tried):
      "there is no program or library '\(name)'"
        + (tried.isEmpty ? "" : " (looked in \(tried.joined(separator: ", ")))")
    case .badBinary(let path, let error): "'\(path)' cannot be read as a program or library: \(error)"
    case .noSuchSymbol(let name, let path, _): "'\(path)' has no function '\(name)'"
    case .ambiguousSymbol(let name, let path, let versions):
      "'\(path)' has several functions '\(name)': \(versions.joined(separator: ", "))"
    case .noMatchingSymbol(let pattern, let path): "no function of '\(path)' fits '\(pattern)'"
    case .notInFile(let path, let address): "address 0x\(String(address, radix: 16)) is not in the code of '\(path)'"
    case .noSuchUSDT(let provider, let name, let path, _):
      "'\(path)' has no USDT probe \(provider.map { "\($0):" } ?? "")\(name)"
    case .badUSDTArgument(let probe, let argument, let reason):
      "argument '\(argument)' of USDT probe \(probe) is not understood: \(reason)"
    case .tooManyUSDTs(let probe, let capacity):
      "USDT probe \(probe) has more argument places than are left of the \(capacity) in map '__bpf_usdt_specs'"
    case .missingUSDTMap(let name): "the program's object has no map '\(name)', which a program for USDT needs"
    case .noSuchMap(let name, let object): "\(object) has no map '\(name)' that programs could attach to"
    case .badIteratorParameter(let kind, let reason): "iterator '\(kind)': \(reason)"
    }
  }

  /// What to do about it; nil when there is nothing to say.
  public var remedy: String? {
    switch self {
    case .noSuchTracepoint(_, _, let nearest), .noSuchKernelFunction(_, let nearest), .noSuchSymbol(_, _, let nearest),
      .noSuchUSDT(_, _, _, let nearest):
      nearest.isEmpty ? nil : "did you mean \(nearest.joined(separator: ", "))?"
    case .missingFacility(_, let remedy), .missingFeature(_, let remedy): remedy
    case .ambiguousSymbol(let name, _, let versions): versions.first.map { "give its version, as in \(name)@\($0)" }
    case .tooManyUSDTs: "compile the object with a greater BPF_USDT_MAX_SPEC_CNT"
    case .missingUSDTMap: "include <bpf/usdt.bpf.h> and read the arguments by bpf_usdt_arg()"
    case .noSuchRawTracepoint: "raw tracepoints are named as in <trace/events/…>, without a category: 'sched_switch'"
    default: nil
    }
  }
}
