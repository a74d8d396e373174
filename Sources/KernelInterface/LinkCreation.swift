public import LinuxSystem

/// Links: attachments that last as long as their descriptor.
extension KernelCalls {
  /// Attaches a raw tracepoint program to the tracepoint `name` (`BPF_RAW_TRACEPOINT_OPEN`, Linux 4.17).
  ///
  /// The cookie is what `bpf_get_attach_cookie` answers (Linux 6.9; 0 before).
  ///
  /// - Throws: `ENOENT` when there is no such tracepoint; `EINVAL` also when the program reads more arguments than the
  ///   tracepoint has; `EEXIST` on some kernels for a second link of one program.
  public func openRawTracepoint(
    _ program: borrowing OwnedDescriptor, name: String, cookie: UInt64 = 0
  ) throws(SystemCallError) -> OwnedDescriptor {
    var attribute = BPFAttribute()
    attribute.set(cookie, at: 16)  // raw_tracepoint.cookie
    let answer = name.withCString { text in
      attribute.set(UnsafeRawPointer(text), at: 0)  // raw_tracepoint.name
      return program.withNumber { number in
        attribute.set(number, at: 8)  // raw_tracepoint.prog_fd
        return bpf(.rawTracepointOpen, &attribute)
      }
    }
    return try OwnedDescriptor(
      adopting: SystemCallError.check(answer, "bpf(BPF_RAW_TRACEPOINT_OPEN)", on: "tracepoint \(name)"))
  }

  /// Attaches a tracing program to what it was loaded for: fentry, fexit, tp_btf, LSM.
  ///
  /// With `BPF_LINK_CREATE` since Linux 5.18, which alone takes a cookie; before, with `BPF_RAW_TRACEPOINT_OPEN`
  /// without a name. A cookie other than 0 is not given up silently: the older kernel's error is thrown.
  public func createTracingLink(
    _ program: borrowing OwnedDescriptor, _ type: AttachType, cookie: UInt64 = 0, subject: String = "program"
  ) throws(SystemCallError) -> OwnedDescriptor {
    try program.withNumber { number throws(SystemCallError) in
      var attribute = BPFAttribute()
      attribute.set(number, at: 0)  // link_create.prog_fd
      attribute.set(type.rawValue, at: 8)  // link_create.attach_type
      attribute.set(cookie, at: 24)  // link_create.tracing.cookie
      let answer = bpf(.linkCreate, &attribute)
      if answer == -SystemErrno.invalidArgument.rawValue, cookie == 0 {
        var older = BPFAttribute()
        older.set(number, at: 8)  // raw_tracepoint.prog_fd
        return try OwnedDescriptor(adopting: call(.rawTracepointOpen, &older, on: subject))
      }
      return try OwnedDescriptor(adopting: SystemCallError.check(answer, "bpf(BPF_LINK_CREATE)", on: subject))
    }
  }

  /// Attaches a program to a perf event (`BPF_LINK_CREATE` with `BPF_PERF_EVENT`, Linux 5.15).
  ///
  /// - Throws: `EINVAL` on older kernels: ``attachToPerfEvent(_:_:)`` serves there, without a cookie.
  public func createPerfEventLink(
    _ program: borrowing OwnedDescriptor, _ event: borrowing OwnedDescriptor, cookie: UInt64 = 0,
    subject: String = "perf event"
  ) throws(SystemCallError) -> OwnedDescriptor {
    var attribute = BPFAttribute()
    attribute.set(AttachType.perfEvent.rawValue, at: 8)  // link_create.attach_type
    attribute.set(cookie, at: 16)  // link_create.perf_event.bpf_cookie
    let answer = event.withNumber { event in
      attribute.set(event, at: 4)  // link_create.target_fd
      return program.withNumber { program in
        attribute.set(program, at: 0)  // link_create.prog_fd
        return bpf(.linkCreate, &attribute)
      }
    }
    return try OwnedDescriptor(adopting: SystemCallError.check(answer, "bpf(BPF_LINK_CREATE)", on: subject))
  }

  /// A descriptor that reads what an iterator program writes (`BPF_ITER_CREATE`, Linux 5.8).
  public func createIterator(_ link: borrowing OwnedDescriptor) throws(SystemCallError) -> OwnedDescriptor {
    try link.withNumber { number throws(SystemCallError) in
      var attribute = BPFAttribute()
      attribute.set(number, at: 0)  // iter_create.link_fd
      return try OwnedDescriptor(adopting: call(.iteratorCreate, &attribute, on: "link"))
    }
  }

  /// Attaches an iterator program (`BPF_LINK_CREATE` with `BPF_TRACE_ITER`, Linux 5.8); `parameters` are the bytes of
  /// `union bpf_iter_link_info`, none for a walk over everything.
  public func createIteratorLink(
    _ program: borrowing OwnedDescriptor, parameters: [UInt8], subject: String
  ) throws(SystemCallError) -> OwnedDescriptor {
    var attribute = BPFAttribute()
    attribute.set(AttachType.traceIterator.rawValue, at: 8)  // link_create.attach_type
    attribute.set(UInt32(clamping: parameters.count), at: 24)  // link_create.iter_info_len
    let answer = program.withNumber { number in
      attribute.set(number, at: 0)  // link_create.prog_fd
      return parameters.withUnsafeBytes { bytes in
        if !bytes.isEmpty { attribute.set(bytes.baseAddress, at: 16) }  // link_create.iter_info
        return bpf(.linkCreate, &attribute)
      }
    }
    return try OwnedDescriptor(adopting: SystemCallError.check(answer, "bpf(BPF_LINK_CREATE)", on: subject))
  }

  /// Exchanges a link's program without a moment without one (`BPF_LINK_UPDATE`, Linux 5.7).
  ///
  /// Kinds of link that the kernel can update: control group, network name space, XDP, tcx, netkit, iterator
  /// (5.8), netfilter not.
  ///
  /// - Parameter old: the program number's descriptor that must still be attached (`BPF_F_REPLACE`), nil for any.
  /// - Throws: `EOPNOTSUPP` or `EINVAL` for a kind that cannot be updated; `EPERM` when another program than `old` is
  ///   attached.
  public func updateLink(
    _ link: borrowing OwnedDescriptor, to program: borrowing OwnedDescriptor, replacing old: CInt? = nil,
    subject: String
  ) throws(SystemCallError) {
    var attribute = BPFAttribute()
    attribute.set(link.withNumber { $0 }, at: 0)  // link_update.link_fd
    attribute.set(program.withNumber { $0 }, at: 4)  // link_update.new_prog_fd
    if let old {
      attribute.set(UInt32(4), at: 8)  // link_update.flags: BPF_F_REPLACE
      attribute.set(old, at: 12)  // link_update.old_prog_fd
    }
    try call(.linkUpdate, &attribute, on: subject)
  }

  /// Takes the program off although the link lives on, with everybody who holds it (`BPF_LINK_DETACH`, Linux 5.9).
  ///
  /// - Throws: `EOPNOTSUPP` for kinds that cannot be detached so, among them all perf and tracing links.
  public func detachLink(_ link: borrowing OwnedDescriptor, subject: String) throws(SystemCallError) {
    var attribute = BPFAttribute()
    attribute.set(link.withNumber { $0 }, at: 0)  // link_detach.link_fd
    try call(.linkDetach, &attribute, on: subject)
  }
}
