internal import Inspector
internal import LinuxSystem

extension InspectorObject {
  /// Perf events.
  static let perf = InspectorObject(
    name: "perf", summary: "programs at tracepoints and probes, by the processes that hold them there",
    operations: [
      Operation("show", "list", summary: "which process's descriptor attaches which program to what") {
        call throws(InspectorError) in
        try call.expectEnd()
        let all = PerfAttachment.all(kernel: call.kernel)
        try call.answer { json throws(SystemCallError) in
          try json.array { json throws(SystemCallError) in for one in all { try one.write(to: &json) } }
        } text: {
          all.map(\.text).joined()
        }
      }
    ])
}
