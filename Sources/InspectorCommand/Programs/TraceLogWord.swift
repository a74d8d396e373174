internal import Inspector
internal import KernelInterface
internal import LinuxSystem

/// `tracelog`.
extension InspectorObject {
  static func showTraceLog(_ call: inout InspectorCall) throws(InspectorError) {
    if let name = call.takeKeyword(["stdout", "stderr"]) {
      let programs = try ObjectSelection(.program, takingOneFrom: &call)
      try call.expectEnd()
      return try showStream(name == "stdout" ? .output : .error, of: programs, call)
    }
    try call.expectEnd()
    try followLog(call)
  }

  /// Writes what a program has printed so far.
  private static func showStream(
    _ stream: ProgramStream, of programs: ObjectSelection, _ call: InspectorCall
  ) throws(InspectorError) {
    let program = try programs.one()
    let kernel = call.kernel
    call.warn("what is read from the program's stream is gone from it")
    var text: [UInt8] = []
    do throws(SystemCallError) {
      while true {
        let part = try kernel.readStream(stream, of: program)
        if part.isEmpty { break }
        text += part
      }
    } catch {
      guard error.errno == .invalidArgument else { throw .systemCall(error) }
      throw .refused("programs have streams of their own from Linux 6.17 on", error.errno)
    }
    let lines = String(decoding: text, as: UTF8.self)
    try call.answer { json throws(SystemCallError) in
      try json.array { json throws(SystemCallError) in
        for line in lines.split(separator: "\n") { try json.value(String(line)) }
      }
    } text: {
      lines
    }
  }

  /// Writes what the kernel's programs print, until somebody interrupts.
  private static func followLog(_ call: InspectorCall) throws(InspectorError) {
    call.warn("other readers of trace_pipe do not see what is read here")
    try? call.errors.flush()
    do throws(SystemCallError) {
      let log = try openLog(call.kernel)
      let interruption = try SignalDescriptor([.interrupt, .terminate])
      let epoll = try Epoll()
      try epoll.add(log, token: 0)
      try epoll.add(interruption.descriptor, token: 1)
      if call.options.isJSON {
        var json = JSONWriter(to: call.output, isPretty: call.options.isPretty)
        try json.array { json throws(SystemCallError) in
          try follow(log, epoll, call.output) { line throws(SystemCallError) in try json.value(line) }
        }
      } else {
        try follow(log, epoll, call.output) { line throws(SystemCallError) in try call.output.write("\(line)\n") }
      }
    } catch { throw .systemCall(error) }
  }

  private static func openLog(_ kernel: some KernelCalls) throws(SystemCallError) -> OwnedDescriptor {
    let tracing: TraceFS
    do throws(TraceFS.Unavailable) { tracing = try TraceFS(kernel) } catch {
      throw error.attempts.last ?? SystemCallError(call: "openat", subject: "tracefs", errno: .noSuchFileOrDirectory)
    }
    return try tracing.openLog()
  }

  private static func follow(
    _ log: borrowing OwnedDescriptor, _ epoll: borrowing Epoll, _ output: BufferedOutput,
    _ body: (String) throws(SystemCallError) -> Void
  ) throws(SystemCallError) {
    var rest: [UInt8] = []
    var room = [UInt8](repeating: 0, count: 1 << 16)
    // What opens a JSON document says that the log is read.
    try output.flush()
    while true {
      let ready = try epoll.wait()
      if ready.contains(where: { $0.token == 0 }) {
        var count = 0
        do throws(SystemCallError) { count = try log.read(into: &room) } catch {
          guard error.errno == .resourceTemporarilyUnavailable || error.errno == .interrupted else { throw error }
        }
        rest += room.prefix(count)
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
          try body(String(decoding: rest[..<end], as: UTF8.self))
          rest.removeSubrange(...end)
        }
        try output.flush()
      }
      if ready.contains(where: { $0.token == 1 }) { return }
    }
  }
}

extension OwnedDescriptor {
  fileprivate borrowing func read(into room: inout [UInt8]) throws(SystemCallError) -> Int {
    var result: Result<Int, SystemCallError> = .success(0)
    room.withUnsafeMutableBytes { bytes in
      result = Result { () throws(SystemCallError) in try read(into: bytes, subject: "trace_pipe") }
    }
    return try result.get()
  }
}
