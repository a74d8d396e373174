public import LinuxSystem

/// The programs that are attached at one place, in the order in which they run.
public struct AttachedPrograms: Hashable, Sendable {
  /// One of them.
  public struct Entry: Hashable, Sendable {
    /// The program's number.
    public var programID: UInt32
    /// Its link's number; nil for an attachment without a link, and where the kernel does not tell (control groups before
    /// 6.17).
    public var linkID: UInt32?
    /// How it was attached; empty where the kernel does not tell for each.
    public var flags: AttachFlags

    /// An entry from its facts.
    public init(programID: UInt32, linkID: UInt32? = nil, flags: AttachFlags = []) {
      self.programID = programID
      self.linkID = linkID
      self.flags = flags
    }
  }

  /// The programs.
  public var entries: [Entry]
  /// How programs are attached there; empty for kinds of places that have no such rule, and for effective programs.
  public var flags: AttachFlags
  /// Grows with every change; nil where the kernel does not count (tcx: Linux 6.6, netkit: 6.7, control groups: 6.17).
  public var revision: UInt64?

  /// The programs' numbers.
  public var programIDs: [UInt32] { entries.map(\.programID) }

  /// Programs from their facts.
  public init(entries: [Entry] = [], flags: AttachFlags = [], revision: UInt64? = nil) {
    self.entries = entries
    self.flags = flags
    self.revision = revision
  }
}

extension KernelCalls {
  /// The programs at one place (`BPF_PROG_QUERY`): a control group, a network name space or a map of sockets by
  /// descriptor, a network interface (tcx, netkit) by number.
  ///
  /// Needs CAP_NET_ADMIN.
  ///
  /// - Parameter effective: all that run there, those of the control groups above among them
  ///   (`BPF_F_QUERY_EFFECTIVE`).
  /// - Throws: `EINVAL` for a kind of place that this kernel cannot tell of.
  public func attachedPrograms(
    at target: UInt32, _ type: AttachType, effective: Bool = false, subject: String
  ) throws(SystemCallError) -> AttachedPrograms {
    var capacity = 64
    while true {
      var programs = [UInt32](repeating: 0, count: capacity)
      var flags = [UInt32](repeating: 0, count: capacity)
      var links = [UInt32](repeating: 0, count: capacity)
      var attribute = BPFAttribute()
      var answer: CInt = 0
      programs.withUnsafeMutableBytes { programs in
        flags.withUnsafeMutableBytes { flags in
          links.withUnsafeMutableBytes { links in
            // A kernel refuses fields that it does not know, so the newest question is put first.
            for detail in [QueryDetail.links, .flags, .programs] {
              attribute = BPFAttribute()
              attribute.set(target, at: 0)  // query.target_fd, query.target_ifindex
              attribute.set(type.rawValue, at: 4)  // query.attach_type
              attribute.set(UInt32(effective ? 1 : 0), at: 8)  // query.query_flags: BPF_F_QUERY_EFFECTIVE
              attribute.set(UnsafeRawPointer(programs.baseAddress), at: 16)  // query.prog_ids
              attribute.set(UInt32(capacity), at: 24)  // query.prog_cnt
              // query.prog_attach_flags, which is refused with effective programs, and of network devices ignored
              if detail != .programs, !effective { attribute.set(UnsafeRawPointer(flags.baseAddress), at: 32) }
              if detail == .links { attribute.set(UnsafeRawPointer(links.baseAddress), at: 40) }  // query.link_ids
              answer = bpf(.programQuery, &attribute)
              if answer != -SystemErrno.invalidArgument.rawValue, answer != -SystemErrno.argumentListTooLong.rawValue {
                break
              }
            }
          }
        }
      }
      let count = Int(attribute.get(UInt32.self, at: 24))  // query.prog_cnt
      // Some kinds of places answer ENOSPC when there are more; all tell how many there are.
      if answer == -SystemErrno.noSpace.rawValue || (answer >= 0 && count > capacity), capacity < 1 << 16 {
        capacity = max(capacity * 2, min(count, 1 << 16))
        continue
      }
      try SystemCallError.check(answer, "bpf(BPF_PROG_QUERY)", on: subject)
      let revision = attribute.get(UInt64.self, at: 56)  // query.revision
      return AttachedPrograms(
        entries: (0..<min(count, capacity)).map { index in
          .init(
            programID: programs[index], linkID: links[index] == 0 ? nil : links[index],
            flags: AttachFlags(rawValue: flags[index]))
        }, flags: AttachFlags(rawValue: attribute.get(UInt32.self, at: 12)),  // query.attach_flags
        revision: revision == 0 ? nil : revision)
    }
  }
}

/// How much is asked for.
private enum QueryDetail {
  /// With links and flags (Linux 6.6).
  case links
  /// With the flags of each (Linux 6.0).
  case flags
  /// Numbers alone.
  case programs
}
