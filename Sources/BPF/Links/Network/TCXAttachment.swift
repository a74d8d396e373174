public import KernelInterface
internal import LinuxSystem

extension TrafficDirection {
  var tcx: AttachType { self == .ingress ? .tcxIngress : .tcxEgress }
}

/// Which side of a pair of netkit interfaces a program's packets come from.
public enum NetkitSide: CaseIterable, Sendable {
  /// What the primary interface sends.
  case primary
  /// What its peer sends.
  case peer

  var attachType: AttachType { self == .primary ? .netkitPrimary : .netkitPeer }
}

extension Program {
  /// Attaches a classifier program to an interface, among others in an order, without a queueing discipline (tcx).
  ///
  /// *First kernel*: 6.6.
  ///
  /// - Parameter expectedRevision: what ``NetworkInterface/tcxPrograms(_:kernel:)`` told, for an attachment only if
  ///   nothing has changed since; nil for any.
  /// - Throws: ``BPFError/attachRefused(_:)``.
  public func attach(
    toTCXOf interface: NetworkInterface, _ direction: TrafficDirection, at place: AttachPlace = .last,
    expectedRevision: UInt64? = nil
  ) throws(BPFError) -> Link {
    try attach(
      to: "tcx \(direction) of \(interface.name)", interface, direction.tcx, place, expectedRevision,
      .link(.tcxIngress))
  }

  /// Attaches a classifier program to a pair of netkit interfaces, by its primary one.
  ///
  /// *First kernel*: 6.7.
  ///
  /// - Throws: ``BPFError/attachRefused(_:)``; `ENXIO` for an interface of another kind, `EACCES` for the peer.
  public func attach(
    toNetkit interface: NetworkInterface, _ side: NetkitSide, at place: AttachPlace = .last,
    expectedRevision: UInt64? = nil
  ) throws(BPFError) -> Link {
    try attach(
      to: "netkit \(side) of \(interface.name)", interface, side.attachType, place, expectedRevision,
      .link(.netkitPrimary))
  }

  private func attach(
    to subject: String, _ interface: NetworkInterface, _ type: AttachType, _ place: AttachPlace,
    _ expectedRevision: UInt64?, _ feature: KernelFeature
  ) throws(BPFError) -> Link {
    try require([.schedulerClassifier], for: subject)
    let position = try place.position(expectedRevision: expectedRevision)
    return try attach(to: subject, lacking: feature) { () throws(NetlinkError) in
      try NetlinkError.wrap { () throws(SystemCallError) in
        Link.State(
          link: try kernel.createOrderedLink(descriptor, type, target: interface.index, at: position, subject: subject))
      }
    } explain: { errno in
      switch errno {
      case .noSuchDevice: return .noSuchInterface(interface.name)
      case .noSuchFileOrDirectory: return .noSuchNeighbour
      case .stale: return .changed(revision: (try? interface.programs(type, kernel))?.revision)
      case .fileExists: return (try? info().id).map { .occupied(programIDs: [$0]) }
      default: return nil
      }
    }
  }
}

extension NetworkInterface {
  /// The programs that tcx runs, in their order.
  ///
  /// *First kernel*: 6.6.
  ///
  /// - Throws: ``BPFError/systemCall(_:)``: `EPERM` without CAP_NET_ADMIN; `EINVAL` on a kernel without tcx; `ENODEV`
  ///   when the interface is gone.
  public func tcxPrograms(
    _ direction: TrafficDirection, kernel: any KernelCalls = LiveKernel()
  ) throws(BPFError) -> AttachedPrograms { try programs(direction.tcx, kernel) }

  /// The programs on a pair of netkit interfaces, in their order, by its primary one.
  ///
  /// *First kernel*: 6.7.
  ///
  /// - Throws: ``BPFError/systemCall(_:)``: `EPERM` without CAP_NET_ADMIN; `EINVAL` on a kernel without netkit; `ENXIO`
  ///   when the interface is no primary one.
  public func netkitPrograms(
    _ side: NetkitSide, kernel: any KernelCalls = LiveKernel()
  ) throws(BPFError) -> AttachedPrograms { try programs(side.attachType, kernel) }

  func programs(_ type: AttachType, _ kernel: any KernelCalls) throws(BPFError) -> AttachedPrograms {
    try BPFError.wrap { () throws(SystemCallError) in
      try kernel.attachedPrograms(at: index, type, subject: "\(type) of \(name)")
    }
  }
}
