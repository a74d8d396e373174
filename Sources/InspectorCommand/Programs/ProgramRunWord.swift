internal import Inspector
internal import KernelInterface
internal import LinuxSystem

/// `run`.
extension InspectorObject {
  /// Where a run takes its packet and its context from, and where they go.
  private struct RunRequest {
    var files: [String: String] = [:]
    var dataCapacity: Int?
    var contextCapacity: Int?
    /// 0 is once, too; programs for system calls take nothing else.
    var repetitions: UInt32 = 0

    static let names = ["data_in", "data_out", "data_size_out", "ctx_in", "ctx_out", "ctx_size_out", "repeat"]
    /// How much comes back unless told.
    static let capacity = 32 * 1024
  }

  static func runProgram(_ call: inout InspectorCall) throws(InspectorError) {
    let programs = try ObjectSelection(.program, takingOneFrom: &call)
    let request = try takeRunRequest(&call)
    guard request.files["data_in"] != nil || request.files["ctx_in"] != nil else {
      throw .usage("expected 'data_in' with a packet or 'ctx_in' with a context")
    }
    let data = try contents(request.files["data_in"])
    let context = try contents(request.files["ctx_in"])
    let program = try programs.one()
    let kernel = call.kernel
    var run = TestRun(context: context, data: data, repetitions: request.repetitions)
    run.dataCapacity = request.files["data_out"] == nil ? 0 : request.dataCapacity ?? RunRequest.capacity
    run.contextCapacity = request.files["ctx_out"] == nil ? 0 : request.contextCapacity ?? RunRequest.capacity
    let result: TestRunResult
    do throws(SystemCallError) { result = try kernel.testRun(program, run) } catch {
      switch error.errno {
      case .noSpace: throw .refused("what comes back is longer than the room for it: see data_size_out", error.errno)
      case .notSupportedByKernel: throw .refused("programs of this type cannot be run by hand", error.errno)
      default: throw .systemCall(error)
      }
    }
    try write(result, request, call)
  }

  private static func write(
    _ result: TestRunResult, _ request: RunRequest, _ call: InspectorCall
  ) throws(InspectorError) {
    var shown: [(name: String, bytes: [UInt8])] = []
    for (name, bytes) in [("data_out", result.data), ("ctx_out", result.context)] {
      switch request.files[name] {
      case nil: break
      case "-"?: shown.append((name, bytes))
      case let file?:
        do throws(SystemCallError) {
          let output = BufferedOutput(try FileSystem.open(file, .create), subject: file, buffering: .full)
          try output.write(bytes[...])
          try output.flush()
        } catch { throw .systemCall(error) }
      }
    }
    try call.answer { json throws(SystemCallError) in
      try json.object { json throws(SystemCallError) in
        for (name, bytes) in shown {
          try json.name(name)
          try json.array { json throws(SystemCallError) in for byte in bytes { try json.value(byte) } }
        }
        try json.member("retval", result.returnValue)
        try json.member("duration", result.nanoseconds)
      }
    } text: {
      shown.map { HexDump.rows($0.bytes) }.joined()
        + "Return value: \(result.returnValue), duration\(request.repetitions > 1 ? " (average)" : ""): "
        + "\(result.nanoseconds)ns\n"
    }
  }

  private static func contents(_ path: String?) throws(InspectorError) -> [UInt8] {
    guard let path else { return [] }
    do throws(SystemCallError) {
      return try path == "-"
        ? StandardStream.input.duplicate().readToEnd(subject: "standard input") : FileSystem.contents(of: path)
    } catch { throw .systemCall(error) }
  }

  private static func takeRunRequest(_ call: inout InspectorCall) throws(InspectorError) -> RunRequest {
    var request = RunRequest()
    while let word = call.words.popFirst() {
      let matches = word.isEmpty ? [] : RunRequest.names.filter { $0.hasPrefix(word) }
      guard let name = matches.first(where: { $0 == word }) ?? (matches.count == 1 ? matches[0] : nil) else {
        throw .usage(
          matches.isEmpty ? "what is '\(word)'?" : "'\(word)' may mean \(matches.joined(separator: ", "))")
      }
      let argument = try call.takeWord("what goes with '\(name)'")
      switch name {
      case "data_size_out", "ctx_size_out", "repeat":
        guard let number = ObjectReference.number(argument).flatMap(UInt32.init(exactly:)) else {
          throw .usage("can't parse \(argument) as a number for '\(name)'")
        }
        switch name {
        case "data_size_out": request.dataCapacity = Int(number)
        case "ctx_size_out": request.contextCapacity = Int(number)
        default: request.repetitions = number
        }
      default:
        guard request.files[name] == nil else { throw .usage("'\(name)' is given twice") }
        request.files[name] = argument
      }
    }
    for name in ["data", "ctx"] where request.files["\(name)_in"] == nil && request.files["\(name)_out"] != nil {
      throw .usage("'\(name)_out' needs '\(name)_in'")
    }
    if request.files["data_in"] == "-", request.files["ctx_in"] == "-" {
      throw .usage("standard input can be the packet or the context, not both")
    }
    return request
  }
}
