public import KernelInterface
internal import LinuxSystem

extension Program {
  /// Attaches a parser or verdict program (sk_skb, sk_msg) to a map of sockets, for those that are put into it
  /// afterwards.
  ///
  /// With a link on Linux 6.10; before, without. A program of the same kind must not be there, as far as the kernel can
  /// tell (Linux 5.18).
  ///
  /// - Parameter type: nil for what the program was loaded for, or for the only one that its type has.
  /// - Throws: ``BPFError/attachRefused(_:)``.
  public func attach(
    toSocketMap map: Map, as type: AttachType? = nil, by method: AttachMethod = .automatic
  ) throws(BPFError) -> Link {
    let type = type ?? spec.expectedAttachType ?? (spec.type == .socketMessage ? .skMsgVerdict : .skSkbStreamVerdict)
    let subject = "\(type) of map '\(map.spec.name)'"
    try require(type == .skMsgVerdict ? [.socketMessage] : [.socketBuffer], for: subject)
    guard [.socketMap, .socketHash].contains(map.spec.type) else {
      throw .wrongMapType(map: map.spec.name, map.spec.type)
    }
    let occupied = { (try? map.programs(type))?.programIDs ?? [] }
    return try attach(to: subject, lacking: .program(spec.type)) { () throws(NetlinkError) in
      try NetlinkError.wrap { () throws(SystemCallError) in
        // Either way takes the place of a program that is there without a link.
        if !occupied().isEmpty {
          throw SystemCallError(call: "bpf(BPF_PROG_QUERY)", subject: subject, errno: .resourceBusy)
        }
        if method != .withoutLink {
          do throws(SystemCallError) {
            return Link.State(link: try kernel.createLink(descriptor, type, to: map.descriptor, subject: subject))
          } catch {
            guard error.errno == .invalidArgument, method == .automatic else { throw error }
          }
        }
        try kernel.attach(
          descriptor, to: map.descriptor.withNumber { UInt32(bitPattern: $0) }, type, subject: subject)
        return Link.State(undo: { [self] in
          map.descriptor.withNumber { number in
            try? kernel.detach(descriptor, from: UInt32(bitPattern: number), type, subject: subject)
          }
        })
      }
    } explain: { errno in
      errno == .resourceBusy ? .occupied(programIDs: occupied()) : mismatch(type, errno)
    }
  }
}

extension Map {
  /// The programs of a kind on a map of sockets: none or one.
  ///
  /// *First kernel*: 5.18.
  ///
  /// - Throws: ``BPFError/systemCall(_:)``: `EINVAL` for another type, or a map of another kind.
  public func programs(_ type: AttachType) throws(BPFError) -> AttachedPrograms {
    try BPFError.wrap { () throws(SystemCallError) in
      try descriptor.withNumber { number throws(SystemCallError) in
        try kernel.attachedPrograms(
          at: UInt32(bitPattern: number), type, subject: "\(type) of map '\(spec.name)'")
      }
    }
  }
}
