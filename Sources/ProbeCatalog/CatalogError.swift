public import ELF
public import LinuxSystem

/// Why an attach point stands for no probe.
public enum CatalogError: Error, Hashable, Sendable {
  /// There is no provider of that name; `nearest` are names that may have been meant.
  case unknownProvider(String, nearest: [String])
  /// The provider's attach points have another form.
  case malformed(Provider, text: String)
  /// A part of the attach point is no number, or one out of range; `reason` says what it should be.
  case badNumber(String, reason: String)
  /// There is no such thing: an event, a function, a unit.
  case notFound(Provider, kind: String, name: String, nearest: [String])
  /// The kernel was built without something; `alternatives` are attach points that come near.
  case missingFacility(KernelFacility, alternatives: [String])
  /// A file that tells what there is cannot be read.
  case unreadable(what: String, SystemCallError)
  /// There is no such program or library; `tried` is where it was looked for.
  case noSuchBinary(String, tried: [String])
  /// The file is no program or library that can be read.
  case badBinary(path: String, ELFError)
  /// A place in a file that is not loaded, so that nothing can be attached there.
  case notInFile(path: String, address: UInt64)
  /// A tracepoint's format file cannot be understood.
  case badFormat(event: String, TracepointFormatError)
}

/// A part of the kernel that can be left out when it is built.
public enum KernelFacility: Hashable, Sendable {
  /// Probes at any instruction (`CONFIG_KPROBES`).
  case kprobes
  /// Programs at the entries and exits of functions (fentry, fexit; kernel 5.5).
  case trampolines
  /// Types of the kernel (`CONFIG_DEBUG_INFO_BTF`, kernel 4.18).
  case kernelTypes
  /// The tracing file system, which lists the tracepoints.
  case tracefs
}
