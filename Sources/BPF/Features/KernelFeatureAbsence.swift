public import KernelInterface
internal import LinuxSystem

/// Why a kernel cannot do something: what was tried, and what the reason must be.
public struct KernelFeatureAbsence: Error, Hashable, Sendable {
  /// What it cannot do.
  public let feature: KernelFeature
  /// What was tried and failed.
  public let evidence: KernelFeatureAvailability.Reason
  /// The kernel's version; nil when it does not say.
  public let version: KernelVersion?
  /// The reason.
  public let cause: Cause

  /// Reasons, the most certain first.
  public enum Cause: Hashable, Sendable {
    /// The process may not try: the capabilities that it would need.
    case missingPrivileges([String])
    /// The kernel is older than the feature.
    case olderKernel
    /// It is built without these options, which its configuration says.
    case notConfigured([String])
    /// It forbids the feature to everybody.
    case lockdown(Lockdown)
    /// It refuses with `EPERM` a process that has all capabilities: a security policy forbids the feature.
    case forbidden
    /// It is new enough and its configuration cannot be read; these options would explain the absence.
    case perhapsNotConfigured([String])
    /// Nothing explains it.
    case unexplained
  }
}

extension KernelFeatureAbsence {
  /// Finds the reason among what is known of the kernel.
  init(of feature: KernelFeature, evidence: KernelFeatureAvailability.Reason, on kernel: KernelFacts) {
    self.feature = feature
    self.evidence = evidence
    version = kernel.version
    let facts = feature.facts
    let missing = kernel.missingCapabilities
    let unset = kernel.configuration.map { configuration in
      facts.options.filter { configuration[$0] != .yes && configuration[$0] != .module }
    }
    let isForbidden = evidence.isPermission
    if isForbidden, !missing.isEmpty {
      cause = .missingPrivileges(missing)
    } else if let version, version < facts.firstKernel {
      cause = .olderKernel
    } else if let unset, !unset.isEmpty {
      cause = .notConfigured(unset)
    } else if let needed = facts.lockdown, let mode = kernel.lockdown, needed.forbids(mode) {
      cause = .lockdown(mode)
    } else if isForbidden {
      cause = .forbidden
    } else if unset == nil, !facts.options.isEmpty {
      cause = .perhapsNotConfigured(facts.options)
    } else {
      cause = .unexplained
    }
  }
}

extension KernelFeatureAvailability.Reason {
  /// Whether a permission is what was refused.
  fileprivate var isPermission: Bool {
    switch self {
    case .notPermitted: true
    case .refused(_, let errno): errno == SystemErrno.notPermitted.rawValue
    default: false
    }
  }

  /// What was tried, in parentheses behind the cause.
  fileprivate var words: String? {
    switch self {
    case .unknownHelper: "the verifier does not know it"
    case .forbiddenHelper: "the verifier does not let these programs use it"
    case .refused(let call, let errno): "\(call) answered \(SystemErrno(rawValue: errno).name)"
    case .noFile(let path): "there is no \(path)"
    case .noType(let name): "its type information has no \(name)"
    case .notPermitted: nil
    }
  }
}

extension Lockdown {
  /// Whether what this mode forbids is forbidden in `mode`.
  fileprivate func forbids(_ mode: Lockdown) -> Bool {
    switch self {
    case .none: false
    case .integrity: mode != .none
    case .confidentiality: mode == .confidentiality
    }
  }
}

extension KernelFeatureAbsence: CustomStringConvertible {
  /// One sentence: what is missing, why, and what was tried.
  public var description: String {
    let kernel = version.map { "this kernel (\($0))" } ?? "this kernel"
    let tried = evidence.words.map { " (\($0))" } ?? ""
    switch cause {
    case .missingPrivileges(let names):
      return "whether \(kernel) has \(feature.name) could not be tried without \(names.joined(separator: " and "))"
    case .olderKernel:
      let first = feature.firstKernel
      return "\(kernel) has no \(feature.name): Linux \(first.major).\(first.minor) is the first to have it"
    case .notConfigured(let options):
      return "\(kernel) has no \(feature.name): it was built without \(options.joined(separator: " and "))\(tried)"
    case .lockdown(let mode):
      return "\(kernel) forbids \(feature.name): it is locked down (\(mode.rawValue))"
    case .forbidden:
      return "\(kernel) forbids \(feature.name): a security policy stands against it\(tried)"
    case .perhapsNotConfigured(let options):
      return
        "\(kernel) has no \(feature.name): it may be built without \(options.joined(separator: " or "))\(tried)"
    case .unexplained:
      return "\(kernel) has no \(feature.name), though it is new enough\(tried)"
    }
  }
}
