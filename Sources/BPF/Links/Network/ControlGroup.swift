public import KernelInterface
internal import LinuxSystem

/// A control group of the unified hierarchy (cgroup2), open.
///
///     let group = try ControlGroup(path: "/sys/fs/cgroup/system.slice")
///     let link = try program.attach(toCgroup: group, as: .cgroupInetEgress)
public final class ControlGroup: Sendable {
  /// Its directory.
  public let path: String
  let descriptor: OwnedDescriptor

  /// Opens the directory of a control group.
  ///
  /// - Throws: `ENOENT` or `ENOTDIR`. Whether it is a control group shows when a program is attached (`EBADF`).
  public init(path: String) throws(BPFError) {
    descriptor = try BPFError.wrap { () throws(SystemCallError) in try FileSystem.open(path, .directory) }
    self.path = path
  }

  /// Its number: what `bpf_get_current_cgroup_id` answers in it, and what a link's facts tell.
  ///
  /// - Throws: ``BPFError/systemCall(_:)``.
  public func id() throws(BPFError) -> UInt64 {
    try BPFError.wrap { () throws(SystemCallError) in try FileStatus(of: descriptor).inode }
  }

  /// The programs attached for one event, in the order in which they run.
  ///
  /// *First kernel*: 4.15; with links and a revision: 6.17.
  ///
  /// - Parameter effective: all that run for processes in it, those of the groups above among them.
  /// - Throws: ``BPFError/systemCall(_:)``: `EPERM` without CAP_NET_ADMIN; `EINVAL` for an event that this kernel does
  ///   not have.
  public func programs(
    _ type: AttachType, effective: Bool = false, kernel: any KernelCalls = LiveKernel()
  ) throws(BPFError) -> AttachedPrograms {
    try BPFError.wrap { () throws(SystemCallError) in
      try descriptor.withNumber { number throws(SystemCallError) in
        try kernel.attachedPrograms(
          at: UInt32(bitPattern: number), type, effective: effective, subject: "\(type) of \(path)")
      }
    }
  }
}

extension ProgramType {
  /// What programs of a type attach to in control groups.
  ///
  /// Source: `attach_type_to_prog_type` in `kernel/bpf/syscall.c`.
  static let cgroupAttachTypes: [(type: ProgramType, attachTypes: [AttachType])] = [
    (.cgroupSocketBuffer, [.cgroupInetIngress, .cgroupInetEgress]),
    (
      .cgroupSocket,
      [.cgroupInetSockCreate, .cgroupInetSockRelease, .cgroupInet4PostBind, .cgroupInet6PostBind]
    ),
    (
      .cgroupSocketAddress,
      [
        .cgroupInet4Bind, .cgroupInet6Bind, .cgroupInet4Connect, .cgroupInet6Connect, .cgroupUnixConnect,
        .cgroupUdp4Sendmsg, .cgroupUdp6Sendmsg, .cgroupUnixSendmsg, .cgroupUdp4Recvmsg, .cgroupUdp6Recvmsg,
        .cgroupUnixRecvmsg, .cgroupInet4Getpeername, .cgroupInet6Getpeername, .cgroupUnixGetpeername,
        .cgroupInet4Getsockname, .cgroupInet6Getsockname, .cgroupUnixGetsockname,
      ]
    ),
    (.socketOperations, [.cgroupSockOps]), (.cgroupDevice, [.cgroupDevice]), (.cgroupSysctl, [.cgroupSysctl]),
    (.cgroupSocketOption, [.cgroupGetsockopt, .cgroupSetsockopt]), (.securityModule, [.securityModuleCgroup]),
  ]
}
