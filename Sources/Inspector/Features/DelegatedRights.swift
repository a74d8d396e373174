public import LinuxSystem

/// The rights that a mounted `bpf` file system gives to others by its `delegate_…` options.
public struct DelegatedRights: Hashable, Sendable {
  /// Where it is mounted.
  public var point: String
  /// The commands, types of maps and programs, and kinds of attachments, as the mount's options name them.
  public var rights: [Right]

  /// Rights of one kind.
  public struct Right: Hashable, Sendable {
    /// bpftool's name of the kind.
    public var kind: String
    /// The option's name.
    var option: String
    /// What is allowed; "any" for all.
    public var names: [String]
  }

  private static let kinds = [
    ("allowed_cmds", "delegate_cmds"), ("allowed_maps", "delegate_maps"), ("allowed_progs", "delegate_progs"),
    ("allowed_attachs", "delegate_attachs"),
  ]

  /// The file systems that delegate something, out of the text of `/proc/self/mountinfo`.
  public static func all(mountInfo: String) -> [DelegatedRights] {
    mountInfo.split(separator: "\n").compactMap { line in
      let fields = line.split(separator: " ")
      guard fields.count > 6, let end = fields[6...].firstIndex(of: "-"), end + 3 < fields.count,
        fields[end + 1] == "bpf"
      else { return nil }
      let options = fields[end + 3].split(separator: ",")
      let rights = kinds.map { kind, option in
        let value = options.first { $0.hasPrefix("\(option)=") }?.dropFirst(option.count + 1) ?? ""
        return Right(kind: kind, option: option, names: value.split(separator: ":").map(String.init))
      }
      guard rights.contains(where: { !$0.names.isEmpty }) else { return nil }
      return DelegatedRights(point: String(fields[4]), rights: rights)
    }
  }

  /// The mount, and a line for each kind of rights.
  public var text: String {
    "token_info  \(point)\n"
      + rights.map { "\t\($0.kind):\n\t  \($0.names.isEmpty ? "none" : $0.names.joined(separator: " "))\n" }.joined()
  }

  /// As a JSON object with bpftool's members.
  public func write(to json: inout JSONWriter) throws(SystemCallError) {
    try json.object { json throws(SystemCallError) in
      try json.member("token_info", point)
      for right in rights {
        try json.name(right.kind)
        try json.array { json throws(SystemCallError) in for name in right.names { try json.value(name) } }
      }
    }
  }
}
