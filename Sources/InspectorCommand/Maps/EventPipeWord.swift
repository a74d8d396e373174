internal import BPF
internal import Inspector
internal import KernelInterface
internal import LinuxSystem

/// `event_pipe`.
extension InspectorObject {
  /// Prints what programs write to a perf event array or a ring buffer, until somebody interrupts.
  static func followEvents(_ call: inout InspectorCall) throws(InspectorError) {
    let maps = try MapSelection(takingOneFrom: &call)
    let cpu = try takeCPU(&call)
    try call.expectEnd()
    let map = try maps.one()
    let pipe: EventPipe
    do throws(BPFError) { pipe = try EventPipe(map, cpu: cpu) } catch {
      if case .wrongMapType = error {
        throw .failed(
          "map '\(map.spec.name)' of type \(map.spec.type) has no events: perf_event_array and ringbuf have")
      }
      throw .library(error)
    }
    call.warn("its owner does not get the events that are read here")
    try? call.errors.flush()
    do throws(SystemCallError) {
      let interruption = try SignalDescriptor([.interrupt, .terminate])
      let epoll = try Epoll()
      try epoll.add(interruption.descriptor, token: 0)
      do throws(BPFError) { try pipe.watch(with: epoll, token: 1) } catch { throw pipe.failure(error) }
      guard call.options.isJSON else {
        return try pipe.follow(epoll, call.output) { event throws(SystemCallError) in
          try call.output.write(event.text)
        }
      }
      var json = JSONWriter(to: call.output, isPretty: call.options.isPretty)
      try json.array { json throws(SystemCallError) in
        try pipe.follow(epoll, call.output) { event throws(SystemCallError) in try event.write(to: &json) }
      }
    } catch { throw .systemCall(error) }
  }

  private static func takeCPU(_ call: inout InspectorCall) throws(InspectorError) -> Int? {
    var numbers: [String: Int] = [:]
    while let word = call.takeKeyword(["cpu", "index"]) {
      let text = try call.takeWord("the number of a CPU")
      guard let number = ObjectReference.number(text).flatMap({ Int(exactly: $0) }) else {
        throw .usage("can't parse \(text) as \(word)")
      }
      numbers[word] = number
    }
    // A CPU's programs write to the place of its number (BPF_F_CURRENT_CPU).
    if let index = numbers["index"], index != numbers["cpu"] {
      throw .usage("'index' goes with 'cpu' and is the same number")
    }
    return numbers["cpu"]
  }
}

/// Events of a map, whichever of the two kinds it is.
private enum EventPipe {
  case perf(PerfBuffer)
  case ring(RingBuffer)

  /// An event that was read, or how many were not.
  struct Event {
    enum Content {
      case data([UInt8])
      case lost(UInt64)
    }

    /// Where it was written; nil for ring buffers, which all CPUs share.
    var cpu: Int?
    var content: Content
    /// When it was read.
    var nanoseconds: Int64

    var text: String {
      switch content {
      case .lost(let count): return "lost \(count) events\n"
      case .data(let bytes):
        let fraction = String(nanoseconds % 1_000_000_000)
        let time = "\(nanoseconds / 1_000_000_000).\(String(repeating: "0", count: 9 - fraction.count))\(fraction)"
        let place = cpu.map { " CPU: \($0) index: \($0)" } ?? ""
        return "== @\(time)\(place) =====\n\(HexDump.rows(bytes))"
      }
    }

    func write(to json: inout JSONWriter) throws(SystemCallError) {
      try json.object { json throws(SystemCallError) in
        // PERF_RECORD_SAMPLE and PERF_RECORD_LOST
        if case .lost = content { try json.member("type", 2) } else { try json.member("type", 9) }
        if let cpu {
          try json.member("cpu", cpu)
          try json.member("index", cpu)
        }
        try json.member("timestamp", nanoseconds)
        switch content {
        case .data(let bytes):
          try json.name("data")
          try json.array { json throws(SystemCallError) in for byte in bytes { try json.value(byte) } }
        case .lost(let count):
          try json.name("lost")
          try json.object { json throws(SystemCallError) in try json.member("count", count) }
        }
      }
    }
  }

  init(_ map: Map, cpu: Int?) throws(BPFError) {
    if map.spec.type == .ringBuffer {
      self = .ring(try RingBuffer(map))
    } else {
      self = .perf(try PerfBuffer(map, PerfBuffer.Options(cpus: cpu.map { [$0] })))
    }
  }

  func watch(with epoll: borrowing Epoll, token: UInt64) throws(BPFError) {
    switch self {
    case .perf(let buffer): try buffer.watch(with: epoll, token: token)
    case .ring(let buffer): try buffer.watch(with: epoll, token: token)
    }
  }

  func failure(_ error: BPFError) -> SystemCallError {
    if case .systemCall(let call) = error { return call }
    return SystemCallError(call: "read", subject: "\(error)", errno: .badMessage)
  }

  /// Calls `body` with each event, until a signal comes.
  func follow(
    _ epoll: borrowing Epoll, _ output: BufferedOutput, _ body: (Event) throws(SystemCallError) -> Void
  ) throws(SystemCallError) {
    var lost: [Int: UInt64] = [:]
    var isInterrupted = false
    while true {
      // First what came before epoll looked: a perf buffer says only once that something is there.
      for event in try read(&lost) { try body(event) }
      try output.flush()
      if isInterrupted { return }
      isInterrupted = try epoll.wait().contains { $0.token == 0 }
    }
  }

  private func read(_ lost: inout [Int: UInt64]) throws(SystemCallError) -> [Event] {
    let now = SystemClock.monotonic.nanoseconds
    var events: [Event] = []
    do throws(BPFError) {
      switch self {
      case .ring(let buffer):
        try buffer.consume { events.append(Event(cpu: nil, content: .data(Array($0)), nanoseconds: now)) }
      case .perf(let buffer):
        try buffer.consume { cpu, bytes in
          events.append(Event(cpu: cpu, content: .data(Array(bytes)), nanoseconds: now))
        }
        for (cpu, count) in buffer.lostCounts where count > lost[cpu] ?? 0 {
          events.append(Event(cpu: cpu, content: .lost(count - (lost[cpu] ?? 0)), nanoseconds: now))
          lost[cpu] = count
        }
      }
    } catch { throw failure(error) }
    return events
  }
}
