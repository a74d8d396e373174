internal import BPF
internal import BTF
public import KernelInterface
public import LinuxSystem

/// The programs that are attached to a control group.
public struct ControlGroupPrograms: Sendable {
  /// One of them.
  public struct Entry: Sendable {
    /// The program's number.
    public var programID: UInt32
    /// For which event.
    public var type: AttachType
    /// How it was attached; nil for effective programs, of which the kernel does not tell.
    public var flags: AttachFlags?
    /// The program's name.
    public var name: String
    /// The type information that the program's target is in; 0 for none.
    public var targetObject: UInt32
    /// The number of the target's type; 0 for none.
    public var target: UInt32
    /// The target's name, such as a hook of the security modules; "" for none.
    public var targetName: String
  }

  /// The directory.
  public var path: String
  /// The programs by events, each in the order in which they run.
  public var entries: [Entry]

  /// The events, in the order in which they are shown.
  ///
  /// Source: `enum bpf_attach_type`, as far as it is about control groups.
  public static let types: [AttachType] = [
    .cgroupInetIngress, .cgroupInetEgress, .cgroupInetSockCreate, .cgroupInetSockRelease, .cgroupInet4Bind,
    .cgroupInet6Bind, .cgroupInet4PostBind, .cgroupInet6PostBind, .cgroupInet4Connect, .cgroupInet6Connect,
    .cgroupUnixConnect, .cgroupInet4Getpeername, .cgroupInet6Getpeername, .cgroupUnixGetpeername,
    .cgroupInet4Getsockname, .cgroupInet6Getsockname, .cgroupUnixGetsockname, .cgroupUdp4Sendmsg, .cgroupUdp6Sendmsg,
    .cgroupUnixSendmsg, .cgroupUdp4Recvmsg, .cgroupUdp6Recvmsg, .cgroupUnixRecvmsg, .cgroupSockOps, .cgroupDevice,
    .cgroupSysctl, .cgroupGetsockopt, .cgroupSetsockopt, .securityModuleCgroup,
  ]

  /// Asks for the programs of one control group.
  ///
  /// - Parameter effective: those of the groups above that run for it, too.
  /// - Throws: `ENOENT` and its like for the directory; `EBADF` when it is no control group.
  public init(path: String, effective: Bool, kernel: any KernelCalls) throws(InspectorError) {
    self.path = path
    let group: ControlGroup
    do throws(BPFError) { group = try ControlGroup(path: path) } catch { throw .library(error) }
    entries = []
    for type in Self.types {
      let attached: AttachedPrograms
      do throws(BPFError) { attached = try group.programs(type, effective: effective, kernel: kernel) } catch {
        // A kind that this kernel does not have.
        if case .systemCall(let call) = error, call.errno == .invalidArgument { continue }
        throw .library(error)
      }
      for program in attached.entries {
        guard let info = try? kernel.programInfo(kernel.open(.program, id: program.programID), withMaps: false) else {
          continue
        }
        let flags = program.flags.isEmpty ? attached.flags : program.flags
        entries.append(
          Entry(
            programID: program.programID, type: type, flags: effective ? nil : flags, name: info.name,
            targetObject: info.attachObjectID, target: info.attachTypeID,
            targetName: Self.targetName(info, kernel)))
      }
    }
  }

  private static func targetName(_ info: ProgramInfo, _ kernel: any KernelCalls) -> String {
    guard info.attachTypeID != 0 else { return "" }
    let graph =
      info.attachObjectID == 0
      ? try? TypeSource(file: "/sys/kernel/btf/vmlinux").graph
      : try? TypeSource(id: info.attachObjectID, kernel: kernel).graph
    return graph?.name(of: TypeID(info.attachTypeID)) ?? ""
  }
}

extension ControlGroupPrograms {
  /// The head of the table.
  public static func heading(effective: Bool) -> String {
    "\(padded("ID", 8)) \(padded("AttachType", 15)) "
      + (effective ? "" : "\(padded("AttachFlags", 15)) ") + "\(padded("Name", 15))\n"
  }

  /// The rows as bpftool prints them.
  public func rows(indentation: String = "") -> String {
    entries.map { entry in
      "\(indentation)\(Self.padded("\(entry.programID)", 8)) \(Self.padded("\(entry.type)", 15)) "
        + (entry.flags.map { "\(Self.padded(Self.text($0), 15)) " } ?? "")
        + "\(Self.padded(entry.name, 15)) \(Self.padded(entry.targetName, 15))\n"
    }.joined()
  }

  /// The programs as a JSON array with bpftool's members; a name of a target only where there is a target.
  public func writeEntries(to json: inout JSONWriter) throws(SystemCallError) {
    try json.array { json throws(SystemCallError) in
      for entry in entries {
        try json.object { json throws(SystemCallError) in
          try json.member("id", entry.programID)
          try json.member("attach_type", "\(entry.type)")
          if let flags = entry.flags { try json.member("attach_flags", Self.text(flags)) }
          try json.member("name", entry.name)
          if !entry.targetName.isEmpty { try json.member("attach_btf_name", entry.targetName) }
          try json.member("attach_btf_obj_id", entry.targetObject)
          try json.member("attach_btf_id", entry.target)
        }
      }
    }
  }

  private static func text(_ flags: AttachFlags) -> String {
    if flags == .allowMultiple { return "multi" }
    if flags == .allowOverride { return "override" }
    var names: [String] = []
    if flags.contains(.allowMultiple) { names.append("multi") }
    if flags.contains(.allowOverride) { names.append("override") }
    if flags.contains(.preorder) { names.append("preorder") }
    return names.joined(separator: ",")
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.utf8.count))
  }
}
