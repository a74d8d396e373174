import Diagnostics
import LinuxSystem
import Testing
import TraceCompiler

@testable import TraceRuntime

/// Maps in memory that note what is done to them.
struct ScriptedMaps: ScriptMapStore {
  var maps: [Int: MapContents] = [:]
  var calls: [String] = []

  mutating func contents(ofMap index: Int) -> MapContents? { maps[index] }
  mutating func clear(map index: Int) { calls.append("clear \(index)") }
  mutating func zero(map index: Int) { calls.append("zero \(index)") }
}

@Suite struct EventDispatcherTests {
  private final class Processes {
    var seen: [UInt32] = []
  }

  private let processes = Processes()
  private var maps = ScriptedMaps()
  private var writer: OutputWriter

  init() {
    writer = OutputWriter(
      format: .text,
      formatter: ValueFormatter(context: ScriptedContext(), configuration: ScriptConfiguration()),
      source: SourceText(name: "stdin", "begin { }"))
  }

  private func dispatcher(_ actions: [EventAction], warnings: WarningLevel = .usual) -> EventDispatcher {
    let script = CompiledScript(
      programs: [], maps: [], actions: actions, probeNames: [], configuration: ScriptConfiguration(),
      source: SourceText(name: "stdin", "begin { }"))
    return EventDispatcher(script, warnings: warnings) { [processes] in processes.seen.append($0) }
  }

  private mutating func run(_ dispatcher: inout EventDispatcher, _ event: [UInt8]) throws {
    try dispatcher.dispatch(event.span.bytes, to: &writer, maps: &maps)
  }

  @Test mutating func printing() throws {
    let template = PrintfTemplate(pieces: [.text("n="), .argument(.init(conversion: .signedDecimal)), .text("\n")])
    let number = WireField(offset: 8, type: .int64)
    var dispatcher = dispatcher([
      .formatted(.init(destination: .output, template: template, arguments: [number])), .printValue(number),
      .printMap(map: 3, top: nil, divisor: nil), .clear(map: 1), .zero(map: 2), .time(format: "%H\n"),
      .formatted(.init(destination: .error(SourceSpan(start: 0, end: 5)), template: template, arguments: [number])),
    ])
    maps.maps[3] = MapContents(
      name: "@x", key: nil, value: .plain(.int64), entries: [.init(key: [], value: .plain(packed(Int64(9))))])
    for action: UInt64 in 0..<7 { try run(&dispatcher, packed(action, Int64(5))) }
    #expect(writer.output.text == "n=5\n5\n@x: 9\n07\n")
    #expect(writer.messages.text == "stdin:1:1-6: ERROR: n=5\n")
    #expect(maps.calls == ["clear 1", "zero 2"])
    #expect(dispatcher.exitCode == nil)
  }

  @Test mutating func theFirstExitCounts() throws {
    var dispatcher = dispatcher([.exit(code: WireField(offset: 8, type: .int32))])
    try run(&dispatcher, packed(UInt64(0), Int32(7)))
    try run(&dispatcher, packed(UInt64(0), Int32(8)))
    #expect(dispatcher.exitCode == 7)
  }

  @Test mutating func filesAndCommands() throws {
    func text(_ text: String, to destination: FormattedOutput.Destination) -> EventAction {
      .formatted(.init(destination: destination, template: PrintfTemplate(pieces: [.text(text)]), arguments: []))
    }
    var dispatcher = dispatcher([
      text("/proc/self/comm", to: .fileContents), text("printf '%s' said", to: .shell),
      text("/does/not/exist", to: .fileContents),
    ])
    try run(&dispatcher, packed(UInt64(1)))
    #expect(writer.output.text == "said")
    try run(&dispatcher, packed(UInt64(0)))
    #expect(writer.output.text.hasSuffix("\n"))
    try run(&dispatcher, packed(UInt64(2)))
    #expect(writer.messages.text == "ERROR: failed to open file '/does/not/exist': No such file or directory\n")
  }

  @Test mutating func warningsByLevel() throws {
    let span = SourceSpan(start: 0, end: 5)
    let returned = WireField(offset: 8, type: .int64)
    let actions: [EventAction] = [
      .runtimeError(.helper("map_lookup_elem"), span, returned: returned),
      .runtimeError(.divisionByZero, span, returned: returned),
    ]
    for (level, lines) in [(WarningLevel.none, 0), (.usual, 1), (.all, 2)] {
      var dispatcher = dispatcher(actions, warnings: level)
      writer.messages.removeAll()
      try run(&dispatcher, packed(UInt64(0), Int64(0)))
      try run(&dispatcher, packed(UInt64(1), Int64(0)))
      #expect(writer.messages.text.split(separator: "\n").filter { $0.contains("WARNING") }.count == lines)
    }
  }

  @Test mutating func processesOfUserStacksAreNoted() throws {
    let stack = WireType.userStack(StackFormat(mode: .bpftrace, limit: 3))
    let tuple = WireType.tuple([WireField(offset: 0, type: .int64), WireField(offset: 8, type: stack)], byteCount: 24)
    var dispatcher = dispatcher([.printValue(WireField(offset: 8, type: tuple))])
    try run(&dispatcher, packed(UInt64(0), Int64(1)) + packedStack(7, frames: 0, process: 4711))
    #expect(processes.seen == [4711])
  }

  @Test mutating func damagedEvents() throws {
    var dispatcher = dispatcher([
      .exit(code: WireField(offset: 8, type: .int32)), .printMap(map: 9, top: 1, divisor: 0),
    ])
    try run(&dispatcher, [])
    try run(&dispatcher, [1, 0, 0])
    try run(&dispatcher, packed(UInt32(2)))
    #expect(dispatcher.unknownEvents == 3)
    try run(&dispatcher, packed(UInt32(1)))
    try run(&dispatcher, packed(UInt32(0)))
    #expect(dispatcher.exitCode == 0)
    #expect(writer.output.isEmpty)
  }
}
