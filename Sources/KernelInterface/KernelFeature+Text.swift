internal import LinuxSystem

extension KernelFeature {
  /// Says in a sentence why the feature is missing; nil when it is there.
  public func explanation(of availability: KernelFeatureAvailability, on version: KernelVersion) -> String? {
    guard case .missing(let reason) = availability else { return nil }
    if case .notPermitted = reason {
      return "whether this kernel has \(name) could not be tried without CAP_BPF and CAP_PERFMON"
    }
    let beginning = "this kernel (\(version)) has no \(name)"
    if version < firstKernel {
      return "\(beginning): Linux \(firstKernel.major).\(firstKernel.minor) is the first to have it"
    }
    switch reason {
    case .unknownHelper: return "\(beginning): it was built or changed without it"
    case .forbiddenHelper: return "\(beginning) for tracing programs: its configuration or lockdown forbids it"
    case .refused(let call, let errno):
      return
        "\(beginning): it was built without it or forbids it (\(call) answered \(SystemErrno(rawValue: errno).name))"
    case .noFile(let path): return "\(beginning): it was built without it (there is no \(path))"
    case .notPermitted: return nil
    }
  }
}
