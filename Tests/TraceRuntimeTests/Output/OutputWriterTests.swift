import Diagnostics
import Testing
import TraceCompiler

@testable import TraceRuntime

@Suite struct OutputWriterTests {
  private static let script = SourceText(name: "stdin", "begin { @x = 1 / $0; }")

  private func writer(_ format: OutputWriter.Format) -> OutputWriter {
    let formatter = ValueFormatter(context: ScriptedContext(), configuration: ScriptConfiguration())
    return OutputWriter(format: format, formatter: formatter, source: Self.script)
  }

  /// What one use of a writer leaves: text, its messages, JSON.
  private func said(_ use: (inout OutputWriter) -> Void) -> (text: String, messages: String, json: String) {
    var text = writer(.text)
    var json = writer(.json)
    use(&text)
    use(&json)
    return (text.output.text, text.messages.text, json.output.text)
  }

  private let hello = PrintfFormatter(template: PrintfTemplate(pieces: [.text("hello \"you\"\n")]), arguments: [])

  @Test func printed() {
    #expect(
      said { $0.printf(hello, [UInt8]().span.bytes) }
        == ("hello \"you\"\n", "", #"{"type": "printf", "data": "hello \"you\"\n"}"# + "\n"))
    #expect(
      said { $0.value(WireField(offset: 0, type: .int64), packed(Int64(5)).span.bytes) }
        == ("5\n", "", "{\"type\": \"value\", \"data\": 5}\n"))
    #expect(
      said { $0.time(format: "%H:%M:%S\n") }
        == ("07:08:09\n", "", #"{"type": "time", "data": "07:08:09\n"}"# + "\n"))
    #expect(
      said { $0.fileContents(Array("vm\n".utf8)[...]) } == ("vm\n", "", #"{"type": "cat", "data": "vm\n"}"# + "\n"))
    let words = [WireField(offset: 0, type: .string(capacity: 4)), WireField(offset: 4, type: .string(capacity: 4))]
    let event = packed("ls", capacity: 4) + packed("-l", capacity: 4)
    #expect(
      said { $0.join(words, separator: " ", event.span.bytes) }
        == ("ls -l\n", "", "{\"type\": \"join\", \"data\": \"ls -l\"}\n"))
  }

  @Test func attachedAndLost() {
    #expect(
      said { $0.attachedProbes(1) }
        == ("", "Attached 1 probe\n", "{\"type\": \"attached_probes\", \"count\": 1, \"data\": {\"probes\": 1}}\n"))
    #expect(said { $0.attachedProbes(2) }.messages == "Attached 2 probes\n")
    #expect(
      said { $0.lostEvents(12) }
        == ("", "Lost 12 events\n", "{\"type\": \"lost_events\", \"count\": 12, \"data\": {\"events\": 12}}\n"))
    let total = said { $0.totalLostEvents([("begin", 0), ("kprobe:f", 5)]) }
    #expect(total.messages.hasPrefix("WARNING: Total lost event count: 5\n  5 by kprobe:f\n"))
    #expect(said { $0.totalLostEvents([("begin", 0)]) }.messages.isEmpty)
  }

  @Test func mapsAtTheEndGoByName() {
    func map(_ name: String) -> MapContents {
      MapContents(name: name, key: nil, value: .plain(.int8), entries: [.init(key: [], value: .plain([1]))])
    }
    #expect(
      said { $0.mapsAtEnd([map("@b"), map("@a")]) }
        == (
          "\n\n@a: 1\n@b: 1\n", "",
          "{\"type\": \"map\", \"data\": {\"@a\": 1}}\n{\"type\": \"map\", \"data\": {\"@b\": 1}}\n"
        ))
  }

  @Test func runtimeErrors() {
    let span = SourceSpan(start: 13, end: 19)
    #expect(
      said { $0.runtimeError(.helper("map_delete_elem"), at: span, returned: -2) }.messages == """
        stdin:1:14-20: WARNING: Can't delete map element because it does not exist.
        Additional Info - helper: map_delete_elem, retcode: -2
        begin { @x = 1 / $0; }
                     ~~~~~~

        """)
    #expect(
      said { $0.runtimeError(.helper("probe_read_user"), at: span, returned: -14) }.json
        == #"{"type": "helper_error", "msg": "Bad address", "helper": "probe_read_user", "retcode": -14, "#
        + #""filename": "stdin", "line": 1, "col": 14}"# + "\n")
    let division = said { $0.runtimeError(.divisionByZero, at: span, returned: 0) }
    #expect(division.messages.hasPrefix("stdin:1:14-20: WARNING: Divide or modulo by 0 detected"))
    #expect(division.json.hasPrefix(#"{"type": "runtime_error", "msg": "Divide or modulo by 0 detected"#))
    #expect(
      said { $0.runtimeError(.helper("f"), at: span, returned: .min) }.messages.contains("WARNING: the result is"))
  }

  @Test func errorsOfTheScript() {
    let span = SourceSpan(start: 8, end: 19)
    let shown = said { $0.report(.error, at: span, hello, [UInt8]().span.bytes) }
    #expect(shown.messages == "stdin:1:9-20: ERROR: hello \"you\"\n")
    #expect(
      shown.json
        == #"{"type": "errorf", "msg": "hello \"you\"\n", "filename": "stdin", "line": 1, "col": 9}"# + "\n")
  }
}
