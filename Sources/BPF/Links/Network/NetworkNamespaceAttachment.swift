public import KernelInterface
public import LinuxSystem

extension Program {
  /// Attaches a program that looks up sockets (sk_lookup, Linux 5.9) or dissects packets' headers (flow dissector, Linux
  /// 5.8) to a network.
  ///
  /// Several sk_lookup programs may be there, in the order in which they came; one flow dissector.
  ///
  /// - Throws: ``BPFError/attachRefused(_:)``.
  public func attach(toNetwork network: borrowing NetworkNamespace) throws(BPFError) -> Link {
    let type: AttachType = spec.type == .flowDissector ? .flowDissector : .skLookup
    let subject = "\(type) of \(network.subject)"
    try require([.socketLookup, .flowDissector], for: subject)
    let result: Result<Link.State, NetlinkError>
    do throws(NetlinkError) {
      result = .success(
        Link.State(
          link: try NetlinkError.wrap { () throws(SystemCallError) in
            try kernel.createLink(descriptor, type, to: network.descriptor, subject: subject)
          }))
    } catch { result = .failure(error) }
    let others = (try? network.programs(type, kernel: kernel))?.programIDs ?? []
    switch consume result {
    case .success(let state): return Link(subject: subject, program: self, state)
    case .failure(let error):
      let cause: AttachRefusal.Cause =
        switch error.error.errno {
        case .fileExists, .argumentListTooLong: .occupied(programIDs: others)
        default: mismatch(type, error.error.errno) ?? absence(of: .link(.flowDissector), error.error.errno) ?? .unknown
        }
      throw .attachRefused(
        AttachRefusal(program: spec.name, place: subject, cause: cause, error: error.error))
    }
  }

  /// Attaches a program that looks up sockets or dissects headers to the calling thread's network.
  ///
  /// - Throws: as ``attach(toNetwork:)``.
  public func attachToNetwork() throws(BPFError) -> Link {
    let network = try BPFError.wrap { () throws(SystemCallError) in try NetworkNamespace.current() }
    return try attach(toNetwork: network)
  }
}

extension NetworkNamespace {
  /// The programs of a network, `AttachType.skLookup` or `AttachType.flowDissector`,
  /// in the order in which they run.
  ///
  /// *First kernel*: 4.20 (`flow_dissector`), 5.9 (`sk_lookup`).
  ///
  /// - Throws: ``BPFError/systemCall(_:)``: `EPERM` without CAP_NET_ADMIN; `EINVAL` for another type.
  public borrowing func programs(
    _ type: AttachType, kernel: any KernelCalls = LiveKernel()
  ) throws(BPFError) -> AttachedPrograms {
    do throws(SystemCallError) {
      return try descriptor.withNumber { number throws(SystemCallError) in
        try kernel.attachedPrograms(at: UInt32(bitPattern: number), type, subject: "\(type) of \(subject)")
      }
    } catch { throw .systemCall(error) }
  }
}
