internal import Inspector
internal import LinuxSystem

extension InspectorObject {
  /// BPF tokens.
  static let token = InspectorObject(
    name: "token", summary: "rights that mounted bpf file systems give to others",
    operations: [
      Operation("show", "list", summary: "which file system delegates what") { call throws(InspectorError) in
        try call.expectEnd()
        let all = try InspectorError.wrap { () throws(SystemCallError) in
          DelegatedRights.all(mountInfo: try FileSystem.text(of: "/proc/self/mountinfo"))
        }
        try call.answer { json throws(SystemCallError) in
          try json.array { json throws(SystemCallError) in for one in all { try one.write(to: &json) } }
        } text: {
          all.map(\.text).joined()
        }
      }
    ])
}
