internal import Inspector
internal import KernelInterface
internal import LinuxSystem

extension InspectorObject {
  /// Control groups.
  static let cgroup = InspectorObject(
    name: "cgroup", summary: "programs of control groups",
    operations: [
      Operation("show", "list", arguments: "CGROUP [effective]", summary: "the programs of a control group") {
        call throws(InspectorError) in try showControlGroup(&call)
      },
      Operation("tree", arguments: "[CGROUP_ROOT] [effective]", summary: "the programs of a whole hierarchy") {
        call throws(InspectorError) in try showControlGroups(&call)
      },
      Operation(
        "attach", arguments: "CGROUP ATTACH_TYPE PROG [multi] [override]", summary: "attach a program"
      ) { call throws(InspectorError) in try attachToControlGroup(&call, undoing: false) },
      Operation("detach", arguments: "CGROUP ATTACH_TYPE PROG", summary: "take a program off") {
        call throws(InspectorError) in try attachToControlGroup(&call, undoing: true)
      },
    ],
    terms: [
      ("CGROUP", "the directory of a control group of the unified hierarchy"),
      ("ATTACH_TYPE", "{ \(ControlGroupPrograms.types.map(\.description).joined(separator: " | ")) }"),
      ("PROG", "{ id PROG_ID | pinned FILE | tag PROG_TAG | name PROG_NAME }"),
    ])

  private static func takeEffective(_ call: inout InspectorCall) throws(InspectorError) -> Bool {
    let isEffective = call.takeKeyword(["effective"]) != nil
    try call.expectEnd()
    return isEffective
  }

  private static func showControlGroup(_ call: inout InspectorCall) throws(InspectorError) {
    let path = try call.takeWord("the directory of a control group")
    let isEffective = try takeEffective(&call)
    let programs = try ControlGroupPrograms(path: path, effective: isEffective, kernel: call.kernel)
    try call.answer { json throws(SystemCallError) in
      try programs.writeEntries(to: &json)
    } text: {
      programs.entries.isEmpty ? "" : ControlGroupPrograms.heading(effective: isEffective) + programs.rows()
    }
  }

  private static func showControlGroups(_ call: inout InspectorCall) throws(InspectorError) {
    var root: String?
    if let word = call.words.first, word.contains("/") || !"effective".hasPrefix(word) { root = call.words.popFirst() }
    let isEffective = try takeEffective(&call)
    let path: String
    if let root {
      path = root
    } else {
      let table = (try? FileSystem.text(of: "/proc/self/mountinfo")).map { MountTable(mountinfo: Array($0.utf8)) }
      guard let point = table?.points(of: "cgroup2").last else {
        throw .failed("cgroup v2 isn't mounted: name the root of a hierarchy")
      }
      path = point
    }
    var groups: [ControlGroupPrograms] = []
    try walk(path, depth: 0) { path throws(InspectorError) in
      let programs = try ControlGroupPrograms(path: path, effective: isEffective, kernel: call.kernel)
      if !programs.entries.isEmpty { groups.append(programs) }
    }
    try call.answer { json throws(SystemCallError) in
      try json.array { json throws(SystemCallError) in
        for group in groups {
          try json.object { json throws(SystemCallError) in
            try json.member("cgroup", group.path)
            try json.name("programs")
            try group.writeEntries(to: &json)
          }
        }
      }
    } text: {
      "CgroupPath\n\(ControlGroupPrograms.heading(effective: isEffective))"
        + groups.map { "\($0.path)\n\($0.rows(indentation: "    "))" }.joined()
    }
  }

  /// Calls `body` with a directory and all below it; what vanishes meanwhile is passed over.
  private static func walk(
    _ path: String, depth: Int, _ body: (String) throws(InspectorError) -> Void
  ) throws(InspectorError) {
    do throws(InspectorError) { try body(path) } catch {
      guard depth > 0, error.errno == .noSuchFileOrDirectory else { throw error }
      return
    }
    guard depth < 128, let entries = try? FileSystem.entries(of: path) else { return }
    for entry in entries.sorted(by: { $0.name < $1.name }) where entry.kind == .directory {
      try walk("\(path)/\(entry.name)", depth: depth + 1, body)
    }
  }

  /// The older, short names of events; a beginning is enough.
  private static let olderNames: [(String, AttachType)] = [
    ("ingress", .cgroupInetIngress), ("egress", .cgroupInetEgress), ("sock_create", .cgroupInetSockCreate),
    ("sock_release", .cgroupInetSockRelease), ("sock_ops", .cgroupSockOps), ("device", .cgroupDevice),
    ("bind4", .cgroupInet4Bind), ("bind6", .cgroupInet6Bind), ("connect4", .cgroupInet4Connect),
    ("connect6", .cgroupInet6Connect), ("post_bind4", .cgroupInet4PostBind), ("post_bind6", .cgroupInet6PostBind),
    ("getpeername4", .cgroupInet4Getpeername), ("getpeername6", .cgroupInet6Getpeername),
    ("getsockname4", .cgroupInet4Getsockname), ("getsockname6", .cgroupInet6Getsockname),
    ("sendmsg4", .cgroupUdp4Sendmsg), ("sendmsg6", .cgroupUdp6Sendmsg), ("recvmsg4", .cgroupUdp4Recvmsg),
    ("recvmsg6", .cgroupUdp6Recvmsg), ("sysctl", .cgroupSysctl), ("getsockopt", .cgroupGetsockopt),
    ("setsockopt", .cgroupSetsockopt),
  ]

  private static func attachToControlGroup(_ call: inout InspectorCall, undoing: Bool) throws(InspectorError) {
    let path = try call.takeWord("the directory of a control group")
    let name = try call.takeWord("an event")
    guard
      let type = ControlGroupPrograms.types.first(where: { $0.description == name })
        ?? olderNames.first(where: { $0.0.hasPrefix(name) })?.1
    else { throw .usage("invalid attach type '\(name)'") }
    let programs = try ObjectSelection(.program, takingOneFrom: &call)
    var flags: AttachFlags = []
    if !undoing {
      while let word = call.takeKeyword(["multi", "override"]) {
        flags.insert(word == "multi" ? .allowMultiple : .allowOverride)
      }
    }
    try call.expectEnd()
    let program = try programs.one()
    let kernel = call.kernel
    do throws(SystemCallError) {
      let group = try FileSystem.open(path, .directory)
      try group.withNumber { number throws(SystemCallError) in
        let (target, subject) = (UInt32(bitPattern: number), "\(type) of \(path)")
        if undoing {
          try kernel.detach(program, from: target, type, subject: subject)
        } else {
          try kernel.attach(program, to: target, type, flags, subject: subject)
        }
      }
    } catch { throw .failed("failed to \(undoing ? "detach" : "attach") program: \(error)") }
    try call.answerDone()
  }
}
