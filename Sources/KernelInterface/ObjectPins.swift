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
