public import LinuxSystem

/// Links on interfaces, control groups, network name spaces, netfilter's hooks, maps and programs.
extension KernelCalls {
  /// Attaches an XDP program to an interface of the calling thread's network (`BPF_XDP`, Linux 5.9).
  ///
  /// - Parameter flags: at most one mode.
  /// - Throws: `EBUSY` when a program is there without a link, or with another one; `EINVAL` when there is no such
  ///   interface, when the program is meant for a map, and on older kernels; `EOPNOTSUPP` when the driver has no such
  ///   mode.
  public func createXDPLink(
    _ program: borrowing OwnedDescriptor, interface index: UInt32, _ flags: XDPFlags, subject: String
  ) throws(SystemCallError) -> OwnedDescriptor {
    try createLink(program, .xdp, target: index, flags: flags.rawValue, subject: subject) { _ in }
  }

  /// Attaches a program to an interface (tcx, Linux 6.6, and netkit, 6.7) by its number, or to a control group (Linux
  /// 5.7; a position among others: 6.17) by its descriptor.
  ///
  /// - Throws: `EBADF` when the target is none; `ENODEV` when there is no such interface; `EEXIST` when the program is
  ///   there; `ENOENT` when the program to be beside is not there; `ESTALE` when the revision is another; `ERANGE` when
  ///   the position contradicts itself, or 63 programs are there; `EINVAL` on older kernels.
  public func createOrderedLink(
    _ program: borrowing OwnedDescriptor, _ type: AttachType, target: UInt32,
    at position: AttachPosition = AttachPosition(), subject: String
  ) throws(SystemCallError) -> OwnedDescriptor {
    try createLink(program, type, target: target, flags: position.flags.rawValue, subject: subject) { attribute in
      attribute.set(position.relative, at: 16)  // link_create.tcx.relative_fd, .netkit, .cgroup
      attribute.set(position.expectedRevision, at: 24)  // link_create.tcx.expected_revision, .netkit, .cgroup
    }
  }

  /// Attaches a flow dissector (Linux 5.8) or sk_lookup program (Linux 5.9) to a network name space, or a parser or
  /// verdict program to a map of sockets (Linux 6.10), by descriptor.
  ///
  /// - Throws: `EEXIST` when a flow dissector is there; `EBUSY` when a program of a map is there; `E2BIG` for more than
  ///   64 sk_lookup programs; `EINVAL` on older kernels, or when the descriptor is none of these.
  public func createLink(
    _ program: borrowing OwnedDescriptor, _ type: AttachType, to target: borrowing OwnedDescriptor, subject: String
  ) throws(SystemCallError) -> OwnedDescriptor {
    let number = target.withNumber { UInt32(bitPattern: $0) }
    return try createLink(program, type, target: number, flags: 0, subject: subject) { _ in }
  }

  /// Attaches a program to a netfilter hook of the calling thread's network (Linux 6.4).
  ///
  /// - Parameters:
  ///   - family: `NFPROTO_…`.
  ///   - flags: 1 for `BPF_F_NETFILTER_IP_DEFRAG`, Linux 6.6.
  /// - Throws: `EBUSY` when a BPF program with this priority is there; `ERANGE` for a priority that is kept for others;
  ///   `EAFNOSUPPORT` and `EPROTO` for families and hooks that take none; `EINVAL` on older kernels.
  public func createNetfilterLink(
    _ program: borrowing OwnedDescriptor, family: UInt32, hook: UInt32, priority: Int32, flags: UInt32, subject: String
  ) throws(SystemCallError) -> OwnedDescriptor {
    try createLink(program, .netfilter, target: 0, flags: 0, subject: subject) { attribute in
      attribute.set(family, at: 16)  // link_create.netfilter.pf
      attribute.set(hook, at: 20)  // link_create.netfilter.hooknum
      attribute.set(priority, at: 24)  // link_create.netfilter.priority
      attribute.set(flags, at: 28)  // link_create.netfilter.flags
    }
  }

  /// Registers the operations of a `struct_ops` map, which must have been created with `BPF_F_LINK` (Linux 6.4).
  public func createStructOperationsLink(
    _ map: borrowing OwnedDescriptor, subject: String
  ) throws(SystemCallError) -> OwnedDescriptor {
    // link_create.map_fd stands where other links have their program.
    try createLink(map, .structOps, target: 0, flags: 0, subject: subject) { _ in }
  }

  /// Puts a freplace program in the place of a global function of another program (Linux 5.10 for others than the one
  /// that it was loaded for).
  ///
  /// - Parameters:
  ///   - target: the other program; nil for the one that it was loaded for.
  ///   - typeID: the function in the other program's type information.
  public func createReplacementLink(
    _ program: borrowing OwnedDescriptor, target: (descriptor: CInt, typeID: UInt32)?, subject: String
  ) throws(SystemCallError) -> OwnedDescriptor {
    guard let target else {
      var attribute = BPFAttribute()
      attribute.set(program.withNumber { $0 }, at: 8)  // raw_tracepoint.prog_fd
      return try OwnedDescriptor(adopting: call(.rawTracepointOpen, &attribute, on: subject))
    }
    return try createLink(
      program, AttachType(rawValue: 0), target: UInt32(bitPattern: target.descriptor), flags: 0, subject: subject
    ) { $0.set(target.typeID, at: 16) }  // link_create.target_btf_id
  }

  /// Exchanges a `struct_ops` link's map (`BPF_LINK_UPDATE`, Linux 6.4).
  ///
  /// - Throws: `EOPNOTSUPP` when the operations cannot be exchanged; `EPERM` when `old` is not the link's map.
  public func updateStructOperationsLink(
    _ link: borrowing OwnedDescriptor, to map: borrowing OwnedDescriptor, replacing old: CInt? = nil, subject: String
  ) throws(SystemCallError) {
    var attribute = BPFAttribute()
    attribute.set(link.withNumber { $0 }, at: 0)  // link_update.link_fd
    attribute.set(map.withNumber { $0 }, at: 4)  // link_update.new_map_fd
    if let old {
      attribute.set(AttachFlags.replace.rawValue, at: 8)  // link_update.flags
      attribute.set(old, at: 12)  // link_update.old_map_fd
    }
    try call(.linkUpdate, &attribute, on: subject)
  }

  private func createLink(
    _ program: borrowing OwnedDescriptor, _ type: AttachType, target: UInt32, flags: UInt32, subject: String,
    _ prepare: (inout BPFAttribute) -> Void
  ) throws(SystemCallError) -> OwnedDescriptor {
    var attribute = BPFAttribute()
    attribute.set(program.withNumber { $0 }, at: 0)  // link_create.prog_fd, .map_fd
    attribute.set(target, at: 4)  // link_create.target_fd, .target_ifindex
    attribute.set(type.rawValue, at: 8)  // link_create.attach_type
    attribute.set(flags, at: 12)  // link_create.flags
    prepare(&attribute)
    return try OwnedDescriptor(adopting: call(.linkCreate, &attribute, on: subject))
  }
}
