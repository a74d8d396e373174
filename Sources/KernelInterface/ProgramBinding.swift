public import LinuxSystem

extension KernelCalls {
  /// Has a program keep a map alive that its instructions do not name (`BPF_PROG_BIND_MAP`, Linux 5.10).
  public func bindMap(
    _ map: borrowing OwnedDescriptor, to program: borrowing OwnedDescriptor
  ) throws(SystemCallError) {
    var attribute = BPFAttribute()
    map.withNumber { attribute.set($0, at: 4) }  // prog_bind_map.map_fd
    try program.withNumber { number throws(SystemCallError) in
      attribute.set(number, at: 0)  // prog_bind_map.prog_fd
      try call(.programBindMap, &attribute, on: "program")
    }
  }
}
