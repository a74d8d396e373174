public import LinuxSystem

/// What the kernel numbers: an object's id is unique among those of its kind and not reused soon.
public enum ObjectKind: CaseIterable, Sendable {
  case program, map, btf, link

  var nextID: BPFCall {
    switch self {
    case .program: .programGetNextID
    case .map: .mapGetNextID
    case .btf: .btfGetNextID
    case .link: .linkGetNextID
    }
  }

  var descriptorByID: BPFCall {
    switch self {
    case .program: .programGetDescriptorByID
    case .map: .mapGetDescriptorByID
    case .btf: .btfGetDescriptorByID
    case .link: .linkGetDescriptorByID
    }
  }
}

extension KernelCalls {
  /// The first id behind `id`, nil behind the last (`BPF_PROG_GET_NEXT_ID` and its kind).
  ///
  /// Needs CAP_SYS_ADMIN.
  public func nextID(of kind: ObjectKind, after id: UInt32) throws(SystemCallError) -> UInt32? {
    var attribute = BPFAttribute()
    attribute.set(id, at: 0)  // start_id
    let answer = bpf(kind.nextID, &attribute)
    if answer == -SystemErrno.noSuchFileOrDirectory.rawValue { return nil }
    try SystemCallError.check(answer, "bpf(\(kind.nextID.name))", on: "\(kind) \(id)")
    return attribute.get(UInt32.self, at: 4)  // next_id
  }

  /// All ids of a kind, ascending.
  public func ids(of kind: ObjectKind) throws(SystemCallError) -> [UInt32] {
    var ids: [UInt32] = []
    while let next = try nextID(of: kind, after: ids.last ?? 0) {
      // The kernel's ids ascend; anything else would never end.
      guard next > ids.last ?? 0 else { break }
      ids.append(next)
    }
    return ids
  }

  /// Opens an object by id (`BPF_PROG_GET_FD_BY_ID` and its kind).
  ///
  /// Needs CAP_SYS_ADMIN.
  ///
  /// - Throws: `ENOENT` when it is gone.
  public func open(_ kind: ObjectKind, id: UInt32) throws(SystemCallError) -> OwnedDescriptor {
    var attribute = BPFAttribute()
    attribute.set(id, at: 0)  // prog_id, map_id, btf_id, link_id
    return try OwnedDescriptor(adopting: call(kind.descriptorByID, &attribute, on: "\(kind) \(id)"))
  }
}
