import Bytecode
import KernelInterface
import KernelTesting
import LinuxSystem
import Testing

@testable import BPF

@Suite(.serialized) struct PrintedLinesTests {
  /// A raw tracepoint program: `bpf_trace_printk("lines %lx\n", 11, context[0])`, whose answer it gives back.
  private func program() throws -> Program {
    var code = Assembler()
    code.append(.load(.doubleWord, .r3, from: .r1, offset: 0))
    let text = Array("lines %lx\n\0".utf8) + [0, 0, 0, 0, 0]
    for word in 0..<2 {
      let value = (0..<8).reduce(UInt64(0)) { $0 | UInt64(text[word * 8 + $1]) << UInt64($1 * 8) }
      code.load(.r1, Int64(bitPattern: value))
      code.append(.store(.doubleWord, .r1, to: .r10, offset: Int16(word * 8 - 16)))
    }
    code.append(.move(.r1, .r10))
    code.append(.arithmetic(.add, .r1, -16))
    code.append(.move(.r2, 11))
    code.append(.call(.tracePrintk))
    code.append(.exit)
    return try Program(ProgramSpec(name: "printer", type: .rawTracepoint, code: code.finish()))
  }

  /// What others print may come in between; this process's lines come in their order, each on the CPU where it was printed.
  @Test(.needs(linux: 5, 9, for: "the tracepoint of printed lines")) func comeInTheirOrder() throws {
    let lines = try PrintedLines()
    let program = try program()
    let cpu = try #require(try CPUList.online().cpus.last)
    let marks = (0..<20).map {
      UInt64(UInt32(bitPattern: CurrentProcess.id)) << 32 | UInt64.random(in: 0..<1 << 24) << 8 | $0
    }
    for mark in marks {
      var run = TestRun(context: bytes(mark))
      run.cpu = UInt32(cpu)
      #expect(try program.run(run).returnValue > 0)
    }
    var seen: [PrintedLines.Line] = []
    try lines.consume { seen.append($0) }
    let own = Set(marks.map { "lines \(String($0, radix: 16))" })
    let mine = seen.filter { own.contains($0.text) }
    #expect(mine.map(\.text) == marks.map { "lines \(String($0, radix: 16))" })
    #expect(Set(mine.map(\.cpu)) == [cpu])
    // The end of the line that the texts have themselves, and the log's own, are one.
    #expect(!seen.contains { $0.thread == 0 && $0.text.isEmpty })
    #expect(lines.lostCount == 0)
  }

  @Test func linesAreTakenApart() {
    let text = """
                bash-7300    [003] ...21 27443.989150: bpf_trace_printk: Hello: bpf_trace_printk: [1]
           a-[b] c-12      [000] d..3.     1.000001: bpf_trace_printk: two
      goes on
      CPU:1 [LOST 12 EVENTS]

      """
    #expect(
      text.split(separator: "\n").map { PrintedLines.Line(String($0)) } == [
        .init(thread: 7300, cpu: 3, text: "Hello: bpf_trace_printk: [1]"), .init(thread: 12, cpu: 0, text: "two"),
        .init(thread: 0, cpu: 0, text: "goes on"), .init(thread: 0, cpu: 0, text: "CPU:1 [LOST 12 EVENTS]"),
      ])
    #expect(PrintedLines.Line.losses("CPU:1 [LOST 12 EVENTS]") == 12)
    #expect(PrintedLines.Line.losses("CPU:1 [LOST EVENTS]") == nil)
  }

  /// Nothing stays behind.
  @Test(.needs(linux: 5, 9, for: "the tracepoint of printed lines")) func instancesGoWithTheirObject() throws {
    let tracing = try TraceFS(LiveKernel())
    func instances() throws -> Set<String> {
      Set(try tracing.entries(of: "instances").map(\.name).filter { $0.hasPrefix("swift-bpf-\(CurrentProcess.id)-") })
    }
    var lines: PrintedLines? = try PrintedLines()
    let made = try instances()
    #expect(try lines?.consume { _ in } ?? -1 >= 0)
    lines = nil
    #expect(try made.subtracting(instances()).count == 1)
  }
}
