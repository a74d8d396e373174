public import LinuxSystem

/// BPF tokens: rights to load that an administrator gave to a `bpf` file system by its `delegate_…` mount options.
extension KernelCalls {
  /// A token of the `bpf` file system that is mounted at `path` (`BPF_TOKEN_CREATE`, Linux 6.9).
  ///
  /// - Throws: `ENOENT` for a file system without delegated rights; `EINVAL` for another kind of file system, or on a
  ///   kernel without tokens; `EOPNOTSUPP` in the first user name space; `EPERM` outside the one it was mounted in.
  public func createToken(ofFileSystemAt path: String) throws(SystemCallError) -> OwnedDescriptor {
    let root = try open(path, .directory)
    return try root.withNumber { number throws(SystemCallError) in
      var attribute = BPFAttribute()
      attribute.set(number, at: 4)  // token_create.bpffs_fd
      return try OwnedDescriptor(adopting: call(.tokenCreate, &attribute, on: path))
    }
  }
}
