internal import Inspector
internal import KernelInterface
internal import LinuxSystem

/// `attach` and `detach`.
extension InspectorObject {
  /// The types that a program is attached by, with their older names.
  private static let attachTypes: [(name: String, older: String?, type: AttachType)] = [
    ("sk_msg_verdict", "msg_verdict", .skMsgVerdict), ("sk_skb_verdict", "skb_verdict", .skSkbVerdict),
    ("sk_skb_stream_verdict", "stream_verdict", .skSkbStreamVerdict),
    ("sk_skb_stream_parser", "stream_parser", .skSkbStreamParser), ("flow_dissector", nil, .flowDissector),
  ]

  /// Attaches a program to a map of sockets, or takes apart the packets of this network; or undoes that.
  static func attachProgram(_ call: inout InspectorCall, undoing: Bool) throws(InspectorError) {
    let programs = try ObjectSelection(.program, takingOneFrom: &call)
    let name = try call.takeWord("how it is attached")
    guard
      let type = attachTypes.first(where: { $0.name == name })?.type
        ?? attachTypes.first(where: { $0.older?.hasPrefix(name) == true })?.type
    else {
      let names = attachTypes.map(\.name).joined(separator: ", ")
      throw .usage("invalid attach type '\(name)'; there are: \(names)")
    }
    let kernel = call.kernel
    let program: OwnedDescriptor
    if type == .flowDissector {
      try call.expectEnd()
      program = try programs.one()
      try change(program, at: 0, type, kernel, undoing: undoing, subject: "this network")
    } else {
      let maps = try ObjectSelection(.map, takingOneFrom: &call)
      try call.expectEnd()
      program = try programs.one()
      let map = try maps.one()
      try change(program, at: map.withNumber { UInt32($0) }, type, kernel, undoing: undoing, subject: "map")
    }
    try call.answerDone()
  }

  private static func change(
    _ program: borrowing OwnedDescriptor, at target: UInt32, _ type: AttachType, _ kernel: any KernelCalls,
    undoing: Bool, subject: String
  ) throws(InspectorError) {
    do throws(SystemCallError) {
      if undoing {
        try kernel.detach(program, from: target, type, subject: "\(type) of \(subject)")
      } else {
        try kernel.attach(program, to: target, type, subject: "\(type) of \(subject)")
      }
    } catch { throw .systemCall(error) }
  }
}
