internal import Inspector
internal import KernelInterface
internal import LinuxSystem

/// `profile`.
extension InspectorObject {
  /// Counts what the processor does while a program runs, for some time or until somebody interrupts.
  static func profileProgram(_ call: inout InspectorCall) throws(InspectorError) {
    let programs = try ObjectSelection(.program, takingOneFrom: &call)
    var seconds: Int64?
    if call.takeKeyword(["duration"]) != nil {
      let text = try call.takeWord("how many seconds to count")
      guard let number = ObjectReference.number(text), (1...86400).contains(number) else {
        throw .usage("can't parse \(text) as seconds, 1 to 86400")
      }
      seconds = Int64(number)
    }
    var metrics: [ProgramProfile.Metric] = []
    while let word = call.words.popFirst() {
      guard let metric = ProgramProfile.Metric.all.first(where: { $0.name == word }) else {
        let names = ProgramProfile.Metric.all.map(\.name).joined(separator: ", ")
        throw .usage("unknown metric '\(word)'; there are: \(names)")
      }
      if !metrics.contains(metric) { metrics.append(metric) }
    }
    guard (1...4).contains(metrics.count) else {
      throw .usage(metrics.isEmpty ? "expected what is to be counted" : "at most 4 metrics can be counted at a time")
    }
    let program = try programs.one()
    let profile = try ProgramProfile(of: program, metrics, kernel: call.kernel)
    do throws(SystemCallError) {
      let interruption = try SignalDescriptor([.interrupt, .terminate])
      let epoll = try Epoll()
      try epoll.add(interruption.descriptor, token: 0)
      _ = try epoll.wait(milliseconds: seconds.map { Int($0) * 1000 })
    } catch { throw .systemCall(error) }
    let reading = try profile.reading()
    try call.answer { json throws(SystemCallError) in
      try reading.write(to: &json)
    } text: {
      reading.text
    }
  }
}
