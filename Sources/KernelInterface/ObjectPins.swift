public import LinuxSystem

/// Names in the `bpf` file system, by which objects outlive their makers.
extension KernelCalls {
  /// Opens what is pinned at `path` (`BPF_OBJ_GET`).
  public func openPin(_ path: String) throws(SystemCallError) -> OwnedDescriptor {
    var attribute = BPFAttribute()
    let answer = path.withCString { text in
      attribute.set(UnsafeRawPointer(text), at: 0)  // pathname
      return bpf(.objectGet, &attribute)
    }
    return try OwnedDescriptor(adopting: SystemCallError.check(answer, "bpf(BPF_OBJ_GET)", on: path))
  }

  /// Pins an object at `path` (`BPF_OBJ_PIN`).
  public func pin(_ object: borrowing OwnedDescriptor, at path: String) throws(SystemCallError) {
    var attribute = BPFAttribute()
    let answer = path.withCString { text in
      attribute.set(UnsafeRawPointer(text), at: 0)  // pathname
      return object.withNumber { number in
        attribute.set(number, at: 8)  // bpf_fd
        return bpf(.objectPin, &attribute)
      }
    }
    try SystemCallError.check(answer, "bpf(BPF_OBJ_PIN)", on: path)
  }
}

extension ObjectKind {
  /// What a descriptor is of; nil for something that the kernel does not number, and where `/proc` does not say.
  ///
  /// The kernel names the descriptors that it makes: "anon_inode:bpf-map", and of a link with its kind in brackets behind.
  /// Source: `anon_inode_getfd` in `kernel/bpf/syscall.c` and `kernel/bpf/btf.c`.
  public init?(of descriptor: borrowing OwnedDescriptor) {
    let target = descriptor.withNumber { try? FileSystem.target(ofLink: "/proc/self/fd/\($0)") }
    let prefix = "anon_inode:"
    guard let target, target.hasPrefix(prefix) else { return nil }
    let name = target.dropFirst(prefix.count)
    switch name {
    case "bpf-map": self = .map
    case "bpf-prog": self = .program
    case "btf": self = .btf
    case _ where name.hasPrefix("bpf_link") || name.hasPrefix("bpf-link"): self = .link
    default: return nil
    }
  }
}
