import BPF
import Bytecode
import Foundation
import KernelInterface
import KernelTesting
import LinuxSystem
import Testing

@testable import InspectorCommand

@Suite struct TraceLogTests {
  /// A program that prints the text each time it runs.
  private func printer(_ text: String) throws -> Program {
    let bytes = Array(text.utf8) + [0]
    let size = (bytes.count + 7) / 8 * 8
    var code = Assembler()
    for place in stride(from: 0, to: size, by: 8) {
      var word: UInt64 = 0
      for index in 0..<8 where place + index < bytes.count { word |= UInt64(bytes[place + index]) << UInt64(index * 8) }
      code.load(.r1, Int64(bitPattern: word))
      code.append(.store(.doubleWord, .r1, to: .r10, offset: Int16(place - size)))
    }
    code.append(.move(.r1, .r10))
    code.append(.arithmetic(.add, .r1, Int32(-size)))
    code.append(.move(.r2, Int32(bytes.count)))
    code.append(.call(.tracePrintk))
    code.append(.move(.r0, 0))
    code.append(.exit)
    return try Program(ProgramSpec(name: "printer", type: .schedulerClassifier, code: try code.finish()))
  }

  /// What one reads of the log nobody else gets, so this is for machines of the tests' own.
  @Test(
    .enabled(if: Environment.value(of: "SWIFT_BPF_VM") != nil, "takes lines of the log from other readers"),
    arguments: [[], ["-j"]])
  func followsTheLog(_ options: [String]) throws {
    let marker = "marker_\(ProcessInfo.processInfo.processIdentifier)_\(options.count)"
    let program = try printer(marker)
    let log = try InspectionProcess(options + ["prog", "tracelog"])
    if options.isEmpty { _ = try log.readErrors(until: "trace_pipe") } else { _ = try log.read(until: "[") }
    try program.run(TestRun(data: [UInt8](repeating: 0, count: 64)))
    let text = try log.read(until: marker)
    #expect(text.contains("bpf_trace_printk: \(marker)"), "\(text)")
    let rest = try log.interrupt()
    #expect(rest.status == 0)
    guard !options.isEmpty else { return }
    let lines = try JSONSerialization.jsonObject(with: Data("[\(text)\(rest.output)".utf8)) as? [String]
    #expect(lines?.contains { $0.hasSuffix(marker) } == true)
  }

  @Test(arguments: ["stdout", "stderr"]) func readsAProgramsStream(_ stream: String) throws {
    let words = ["prog", "tracelog", stream, "id", "\(try printer("x").info().id)"]
    // Gone with its last holder by then.
    #expect(try Inspection(words).status == 1)
    let program = try printer("x")
    let answer = try Inspection(["-j", "prog", "tracelog", stream, "id", "\(try program.info().id)"])
    if answer.status == 0 {
      #expect(answer.output == "[]\n")
    } else {
      #expect(answer.output.contains("from Linux 6.17 on"), "\(answer.output)")
    }
    #expect(try Inspection(["prog", "tracelog", "nonsense"]).status == 2)
    withExtendedLifetime(program) {}
  }
}
