internal import BPF
internal import Inspector
internal import KernelInterface
internal import LinuxSystem

extension InspectorObject {
  /// A live view.
  static let top = InspectorObject(
    name: "top", summary: "how busy the programs are, live",
    operations: [
      Operation(
        "", arguments: "[interval SECONDS] [count N] [sort { share | events | time | memory | name | id }]",
        summary: "share of a CPU, runs per second, time of a run and memory; keys: s e t m n i sort, q quits"
      ) { call throws(InspectorError) in try showActivity(&call) }
    ], hasOneOperation: true)

  private struct TopRequest {
    var milliseconds = 1000
    var count = Int.max
    var order = ProgramActivity.Order.share
  }

  private static func showActivity(_ call: inout InspectorCall) throws(InspectorError) {
    let request = try takeTopRequest(&call)
    // The switch is the descriptor's: it goes back by itself, however this ends.
    let statistics: RunStatistics
    do throws(BPFError) { statistics = try RunStatistics(kernel: call.kernel) } catch { throw .library(error) }
    var activity = try ProgramActivity(kernel: call.kernel)
    if call.options.isJSON {
      SystemClock.sleep(nanoseconds: Int64(request.milliseconds) * 1_000_000)
      let rows = try activity.next(by: request.order)
      return try call.answer { json throws(SystemCallError) in
        try ProgramActivity.write(rows, to: &json)
      } text: {
        ""
      }
    }
    try watch(&activity, request, call)
    _ = consume statistics
  }

  private static func takeTopRequest(_ call: inout InspectorCall) throws(InspectorError) -> TopRequest {
    var request = TopRequest()
    while let word = call.takeKeyword(["interval", "count", "sort"]) {
      let argument = try call.takeWord("what goes with '\(word)'")
      switch word {
      case "interval":
        guard let seconds = Double(argument), seconds >= 0.01, seconds <= 86400 else {
          throw .usage("can't parse \(argument) as seconds, 0.01 to 86400")
        }
        request.milliseconds = Int(seconds * 1000)
      case "count":
        guard let count = ObjectReference.number(argument).flatMap({ Int(exactly: $0) }), count > 0 else {
          throw .usage("can't parse \(argument) as a number of looks")
        }
        request.count = count
      default:
        guard let order = ProgramActivity.Order.allCases.first(where: { $0.rawValue.hasPrefix(argument) }) else {
          throw .usage("can't sort by '\(argument)'")
        }
        request.order = order
      }
    }
    try call.expectEnd()
    return request
  }

  private static func watch(
    _ activity: inout ProgramActivity, _ request: TopRequest, _ call: InspectorCall
  ) throws(InspectorError) {
    var request = request
    let isScreen = StandardStream.output.isTerminal
    let input = TerminalInput.takeOver()
    let interruption = try InspectorError.wrap { () throws(SystemCallError) in
      try SignalDescriptor([.interrupt, .terminate, .hangUp])
    }
    let epoll = try InspectorError.wrap { () throws(SystemCallError) in try Epoll() }
    try InspectorError.wrap { () throws(SystemCallError) in
      try epoll.add(interruption.descriptor, token: 0)
      if input != nil { try epoll.add(number: 0, token: 1) }
    }
    // The other screen, without a cursor; both come back at the end.
    if isScreen { try call.write("\u{1b}[?1049h\u{1b}[?25l") }
    defer {
      if isScreen {
        try? call.write("\u{1b}[?25h\u{1b}[?1049l")
        try? call.output.flush()
      }
    }
    var end = SystemClock.monotonic.nanoseconds
    while request.count > 0 {
      end += Int64(request.milliseconds) * 1_000_000
      while true {
        let left = (end - SystemClock.monotonic.nanoseconds) / 1_000_000
        if left <= 0 { break }
        let ready: [Epoll.Ready]
        do throws(SystemCallError) { ready = try epoll.wait(milliseconds: Int(left)) } catch {
          throw .systemCall(error)
        }
        if ready.contains(where: { $0.token == 0 }) { return }
        guard ready.contains(where: { $0.token == 1 }) else { continue }
        for key in input?.keys() ?? [] {
          if key == UInt8(ascii: "q") { return }
          let letter = Character(UnicodeScalar(key))
          if let order = ProgramActivity.Order.allCases.first(where: { $0.rawValue.first == letter }) {
            request.order = order
          }
        }
      }
      request.count -= 1
      let rows = try activity.next(by: request.order)
      let table = ProgramActivity.table(rows, limit: isScreen ? 40 : .max)
      try call.write(isScreen ? "\u{1b}[H\u{1b}[J\(table)" : "\(table)\n")
      do throws(SystemCallError) { try call.output.flush() } catch { throw .systemCall(error) }
    }
  }
}
