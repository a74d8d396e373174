import Bytecode
import Diagnostics
import LinuxSystem
import TraceCompiler

@testable import TraceRuntime

/// A compiled script put together by hand: an events buffer, the loss counters and one scalar map `@x`, in that order,
/// with programs that send events or count.
struct HandWrittenScript {
  static let events = MapReference(index: 0)
  static let counter = MapReference(index: 2)

  var programs: [CompiledProgram] = []
  var actions: [EventAction] = []
  var configuration = ScriptConfiguration()
  let source = SourceText(name: "stdin", "begin { }\nend { }")

  /// The whole script.
  var compiled: CompiledScript {
    CompiledScript(
      programs: programs,
      maps: [
        CompiledMap(role: .events, storage: .ringBuffer, keyByteCount: 0, valueByteCount: 0, maximumEntries: 0),
        CompiledMap(
          role: .lossCounters, storage: .array, keyByteCount: 4, valueByteCount: 8 * max(programs.count, 1),
          maximumEntries: 1),
        CompiledMap(
          role: .script(name: "@x", key: nil, value: .plain(.int64)), storage: .array, keyByteCount: 4,
          valueByteCount: 8, maximumEntries: 1),
      ],
      actions: actions, probeNames: programs.flatMap { $0.attachments.flatMap(\.probes).map(\.name) },
      configuration: configuration, source: source)
  }

  /// Adds a program at one place.
  mutating func add(
    _ kind: CompiledProgram.Kind, at sites: ProbeSite..., named name: String,
    _ body: (inout Assembler) throws -> Void
  ) throws {
    var assembler = Assembler()
    try body(&assembler)
    assembler.append(.move(.r0, 0))
    assembler.append(.exit)
    let assembly = try assembler.finish()
    let span = source.wholeSpan
    programs.append(
      CompiledProgram(
        name: "test_\(programs.count)", kind: kind,
        attachments: sites.map {
          .init(site: $0, cookie: 0, probes: [ResolvedProbe(site: $0, name: name)])
        },
        attachmentReason: "",
        code: ProgramCode(
          instructions: assembly.instructions, relocations: assembly.relocations,
          spans: assembly.instructions.map { _ in SourceSpan(start: 0, end: 5, in: span.source) },
          functions: [.init(name: "main", range: 0..<assembly.instructions.count, stackSize: 16)])))
  }
}

extension Assembler {
  /// Sends an event of an action with one 64-bit number.
  mutating func send(action: Int, _ number: Int32) {
    append(.store(.word, Int32(action), to: .r10, offset: -16))
    append(.store(.word, 0, to: .r10, offset: -12))
    append(.store(.doubleWord, number, to: .r10, offset: -8))
    loadMap(.r1, HandWrittenScript.events)
    append(.move(.r2, .r10))
    append(.arithmetic(.add, .r2, -16))
    append(.move(.r3, 16))
    append(.move(.r4, 0))
    append(.call(.ringbufOutput))
  }

  /// Adds one to `@x`.
  mutating func count() {
    loadMapValue(.r1, HandWrittenScript.counter, offset: 0)
    append(.load(.doubleWord, .r2, from: .r1))
    append(.arithmetic(.add, .r2, 1))
    append(.store(.doubleWord, .r2, to: .r1))
  }

  /// Goes on only in a process.
  mutating func only(in process: Int32, otherwise label: Label) {
    append(.call(.getCurrentPidTgid))
    append(.arithmetic(.logicalShiftRight, .r0, 32))
    jump(if: .notEqual, .r0, process, to: label)
  }
}

/// What a session has written, by way of two files that are removed again.
final class RecordedOutput {
  private let outputPath: String
  private let messagesPath: String
  let output: BufferedOutput
  let messages: BufferedOutput

  init(_ name: String = #function, buffering: BufferedOutput.Buffering = .line) throws {
    let prefix = "/tmp/trace-session-\(CurrentProcess.id)-\(name.prefix { $0 != "(" })"
    outputPath = "\(prefix).out"
    messagesPath = "\(prefix).err"
    output = BufferedOutput(try FileSystem.open(outputPath, .create), subject: outputPath, buffering: buffering)
    messages = BufferedOutput(try FileSystem.open(messagesPath, .create), subject: messagesPath, buffering: .none)
  }

  /// Text of the output and of the messages.
  func text() throws -> (output: String, messages: String) {
    (try FileSystem.text(of: outputPath), try FileSystem.text(of: messagesPath))
  }

  deinit {
    try? FileSystem.remove(outputPath)
    try? FileSystem.remove(messagesPath)
  }
}
