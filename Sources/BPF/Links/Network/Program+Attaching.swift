internal import KernelInterface
internal import LinuxSystem

extension Program {
  /// Refuses a program that the place cannot take, before the kernel does with a bare error number.
  func require(_ types: [ProgramType], for place: String) throws(BPFError) {
    if types.contains(spec.type) { return }
    throw .attachRefused(
      AttachRefusal(
        program: spec.name, place: place, cause: .wrongProgramType(given: spec.type, expected: types)))
  }

  /// Makes an attachment of what `body` opens; `explain` finds out why it failed, or whether the kernel lacks `feature`.
  func attach(
    to place: String, lacking feature: KernelFeature, _ body: () throws(NetlinkError) -> Link.State,
    explain: (SystemErrno) -> AttachRefusal.Cause?
  ) throws(BPFError) -> Link {
    do throws(NetlinkError) {
      return Link(subject: place, program: self, try body())
    } catch {
      let errno = error.error.errno
      throw .attachRefused(
        AttachRefusal(
          program: spec.name, place: place, cause: explain(errno) ?? absence(of: feature, errno) ?? .unknown,
          error: error.error, message: error.message))
    }
  }

  /// Whether a missing feature explains an error number that says little.
  func absence(of feature: KernelFeature, _ errno: SystemErrno) -> AttachRefusal.Cause? {
    guard [.invalidArgument, .notSupported, .notSupportedByKernel, .notPermitted].contains(errno) else { return nil }
    let features = kernel is LiveKernel ? KernelFeatures.running : KernelFeatures(kernel)
    return features.absence(of: feature).map { .absent($0) }
  }

  /// What a wrong expected attach type is told as, for places whose kernel code answers `EINVAL` or `EACCES` to it.
  func mismatch(_ type: AttachType, _ errno: SystemErrno) -> AttachRefusal.Cause? {
    guard errno == .invalidArgument || errno == .permissionDenied, spec.expectedAttachType != type else { return nil }
    // Types with a single kind of place may be loaded without saying so.
    let row = ProgramType.cgroupAttachTypes.first { $0.type == spec.type }
    if spec.expectedAttachType == nil, row?.attachTypes.count == 1 { return nil }
    return .wrongAttachType(given: spec.expectedAttachType, expected: type)
  }
}

extension NetlinkError {
  /// Runs a call of the kernel that has no words.
  static func wrap<R: ~Copyable>(_ body: () throws(SystemCallError) -> R) throws(NetlinkError) -> R {
    do throws(SystemCallError) { return try body() } catch { throw NetlinkError(error: error) }
  }
}
