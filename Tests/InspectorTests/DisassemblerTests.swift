import Foundation
import Testing

@testable import Inspector

@Suite struct DisassemblerTests {
  /// A helper that answers the same whatever it is asked.
  private func instructions(answer: String, of code: [UInt8]) throws -> [Disassembler.Instruction] {
    let text = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    let file = text.appendingPathExtension("sh")
    defer {
      try? FileManager.default.removeItem(at: text)
      try? FileManager.default.removeItem(at: file)
    }
    try "#!/bin/sh\ncat >/dev/null\nprintf '\(answer)'\n".write(to: text, atomically: true, encoding: .utf8)
    // Another process makes what is executed: a child of another test would keep a file of ours open for writing.
    let install = try Process.run(
      URL(filePath: "/usr/bin/install"), arguments: ["-m", "700", text.path, file.path])
    install.waitUntilExit()
    try #require(install.terminationStatus == 0)
    return try Disassembler(path: file.path).instructions(of: code)
  }

  @Test func readsTheHelpersLines() throws {
    #expect(
      try instructions(
        answer: "0\\t1\\tpushq\\t%%rbp\\n1\\t3\\tmovq\\t%%rsp, %%rbp\\n4\\t1\\tretq\\t\\n", of: [1, 2, 3, 4, 5])
        == [
          .init(offset: 0, size: 1, operation: "pushq", operands: "%rbp"),
          .init(offset: 1, size: 3, operation: "movq", operands: "%rsp, %rbp"),
          .init(offset: 4, size: 1, operation: "retq", operands: ""),
        ])
  }

  @Test(arguments: ["nonsense\\n", "0\\t9\\tnop\\t\\n", "1\\t1\\tnop\\t\\n", "0\\t0\\tnop\\t\\n", "0\\t-1\\tnop\\t\\n"])
  func refusesOtherAnswers(_ answer: String) {
    #expect(throws: InspectorError.self) { try instructions(answer: answer, of: [1, 2, 3, 4, 5]) }
  }
}
