import LinuxSystem

extension CatalogError: CustomStringConvertible {
  /// One sentence that says what is wrong; ``hint`` says what to do.
  public var description: String {
    switch self {
    case .unknownProvider(let name, _): "Unknown provider: \(name)"
    case .malformed(let provider, let text): "'\(text)' is not of the form \(provider.facts.syntax)"
    case .badNumber(let text, let reason): "'\(text)' is not \(reason)"
    case .notFound(let provider, let kind, let name, _): "No \(kind) '\(name)' for \(provider.name)"
    case .missingFacility(let facility, _): facility.absence
    case .unreadable(let what, let error): "Cannot read \(what): \(error)"
    case .noSuchBinary(let name, _): "No program or library '\(name)'"
    case .badBinary(let path, let error): "Cannot read '\(path)' as a program or library: \(error)"
    case .notInFile(let path, let address): "Address 0x\(String(address, radix: 16)) is not in the code of '\(path)'"
    case .badFormat(let event, let error): "Cannot understand the format of tracepoint \(event): \(error)"
    }
  }

  /// What to do about it, or nil when there is nothing to say.
  public var hint: String? {
    switch self {
    case .unknownProvider(_, let nearest), .notFound(_, _, _, let nearest):
      nearest.isEmpty ? nil : "did you mean \(Self.list(nearest))?"
    case .malformed(let provider, _) where provider.facts.isListable:
      "'-l \"\(provider.name):*\"' lists what there is"
    case .malformed, .badNumber, .badBinary, .notInFile, .badFormat: nil
    case .missingFacility(let facility, let alternatives):
      alternatives.isEmpty
        ? facility.remedy : "on this kernel \(Self.list(alternatives)) come\(alternatives.count == 1 ? "s" : "") near"
    case .unreadable(_, let error):
      error.errno == .permissionDenied || error.errno == .notPermitted
        ? "run as root, or with CAP_BPF, CAP_PERFMON and CAP_DAC_READ_SEARCH" : nil
    case .noSuchBinary(_, let tried): tried.isEmpty ? nil : "looked in \(tried.joined(separator: ", "))"
    }
  }

  private static func list(_ names: [String]) -> String {
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " or " + last
  }
}

extension KernelFacility {
  fileprivate var absence: String {
    switch self {
    case .kprobes: "This kernel has no kprobes (it is built without CONFIG_KPROBES)"
    case .trampolines: "This kernel does not let programs attach to functions by fentry and fexit"
    case .kernelTypes: "This kernel does not tell its types (there is no /sys/kernel/btf/vmlinux)"
    case .tracefs: "The tracing file system cannot be reached"
    }
  }

  fileprivate var remedy: String {
    switch self {
    case .kprobes: "use a tracepoint or rawtracepoint probe; '-l' lists them"
    case .trampolines: "use a kprobe, tracepoint or rawtracepoint probe; '-l' lists them"
    case .kernelTypes: "use a kernel built with CONFIG_DEBUG_INFO_BTF"
    case .tracefs: "mount it with 'mount -t tracefs tracefs /sys/kernel/tracing', or run as root"
    }
  }
}

extension TracepointFormatError: CustomStringConvertible {
  /// What is wrong and where.
  public var description: String {
    let place = line == 0 ? "" : "line \(line): "
    switch cause {
    case .missing(let what): return "\(place)there is no '\(what)'"
    case .badNumber(let text): return "\(place)'\(text)' is no number"
    case .badField(let text): return "\(place)'\(text)' declares no field"
    }
  }
}
