public import LinuxSystem

/// Attachments without a link, which last until they are undone: `BPF_PROG_ATTACH` and `BPF_PROG_DETACH`.
extension KernelCalls {
  /// Attaches a program to a control group, a map of sockets, or, by its number, to a network interface (tcx, netkit).
  ///
  /// - Parameter replaced: the program whose place it takes, with ``AttachFlags/replace``.
  public func attach(
    _ program: borrowing OwnedDescriptor, to target: UInt32, _ type: AttachType, _ flags: AttachFlags = [],
    replacing replaced: CInt? = nil, at position: AttachPosition = AttachPosition(), subject: String
  ) throws(SystemCallError) {
    var attribute = attachment(program, target, type, position)
    attribute.set(flags.union(position.flags).rawValue, at: 12)  // attach_flags
    attribute.set(replaced ?? 0, at: 16)  // replace_bpf_fd
    try call(.programAttach, &attribute, on: subject)
  }

  /// Takes a program off again.
  ///
  /// - Throws: `ENOENT` when it is not there.
  public func detach(
    _ program: borrowing OwnedDescriptor, from target: UInt32, _ type: AttachType, subject: String
  ) throws(SystemCallError) {
    var attribute = attachment(program, target, type, AttachPosition())
    try call(.programDetach, &attribute, on: subject)
  }

  private func attachment(
    _ program: borrowing OwnedDescriptor, _ target: UInt32, _ type: AttachType, _ position: AttachPosition
  ) -> BPFAttribute {
    var attribute = BPFAttribute()
    attribute.set(target, at: 0)  // target_fd, target_ifindex
    attribute.set(program.withNumber { $0 }, at: 4)  // attach_bpf_fd
    attribute.set(type.rawValue, at: 8)  // attach_type
    attribute.set(position.relative, at: 20)  // relative_fd, relative_id
    attribute.set(position.expectedRevision, at: 24)  // expected_revision
    return attribute
  }

  /// Puts a socket filter on a socket, or a program that chooses among the sockets of a port on their group
  /// (`setsockopt(2)`).
  public func setProgram(
    _ program: CInt, _ option: SocketProgramOption, of socket: CInt, subject: String
  ) throws(SystemCallError) {
    let answer = withUnsafeBytes(of: program) { value in
      setOption(option.rawValue, level: 1, of: socket, to: value)  // SOL_SOCKET
    }
    try SystemCallError.check(answer, "setsockopt(\(option.name))", on: subject)
  }
}

/// The options of `SOL_SOCKET` that take programs on and off.
///
/// Numbers: `include/uapi/asm-generic/socket.h`, which x86-64 and arm64 share.
public enum SocketProgramOption: CInt, Sendable {
  /// `SO_ATTACH_BPF`.
  ///
  /// Linux 3.19.
  case attachFilter = 50
  /// `SO_DETACH_BPF`.
  case detachFilter = 27
  /// `SO_ATTACH_REUSEPORT_EBPF`.
  ///
  /// Linux 4.5; programs of type sk_reuseport: 4.19.
  case attachReusePort = 52
  /// `SO_DETACH_REUSEPORT_BPF`.
  ///
  /// Linux 5.3.
  case detachReusePort = 68

  /// The C name.
  public var name: String {
    switch self {
    case .attachFilter: "SO_ATTACH_BPF"
    case .detachFilter: "SO_DETACH_BPF"
    case .attachReusePort: "SO_ATTACH_REUSEPORT_EBPF"
    case .detachReusePort: "SO_DETACH_REUSEPORT_BPF"
    }
  }
}
