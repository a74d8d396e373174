internal import KernelInterface
internal import LinuxSystem

extension Program {
  /// Attaches a raw tracepoint program, also a writable one.
  ///
  /// *First kernel*: 4.17; writable: 5.2; a cookie: 6.9.
  ///
  /// - Throws: `ENOENT` when there is no such tracepoint.
  public func attach(toRawTracepoint name: String, cookie: UInt64 = 0) throws(BPFError) -> Link {
    try link("rawtracepoint \(name)") { () throws(SystemCallError) in
      Link.State(link: try kernel.openRawTracepoint(descriptor, name: name, cookie: cookie))
    }
  }

  /// Attaches a tracing program (fentry, fexit, fmod_ret, fsession, tp_btf, LSM) to what it was loaded for.
  ///
  /// *First kernel*: 5.5; LSM: 5.7; a cookie: 5.18; fsession: 7.0.
  ///
  /// - Throws: `E2BIG` when the function has as many programs as it can have; `EINVAL` for a program of another type.
  public func attachTracing(cookie: UInt64 = 0) throws(BPFError) -> Link {
    let type = spec.expectedAttachType ?? .traceRawTracepoint
    return try link("\(type) \(spec.name)") { () throws(SystemCallError) in
      Link.State(
        link: try kernel.createTracingLink(descriptor, type, cookie: cookie, subject: "program '\(spec.name)'"))
    }
  }
}
