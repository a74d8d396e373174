import BPF
import Foundation
import Inspector
import KernelInterface
import Testing

@testable import InspectorCommand

@Suite struct BatchTests {
  @Test func takesLinesApart() throws {
    let batch = try BatchFile(
      """
      # a remark
      prog show   id 5 # and another

      map lookup name 'a b' key \\
        "1 2" ''
      """)
    #expect(
      batch.commands == [
        .init(line: 2, words: ["prog", "show", "id", "5"]),
        .init(line: 4, words: ["map", "lookup", "name", "a b", "key", "1 2", ""]),
      ])
    #expect(throws: InspectorError.failed("line 1: the quotation that ' opens does not end")) {
      try BatchFile("prog 'show")
    }
  }

  @Test func runsUntilOneFails() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: file) }
    let map = try LiveMap.filled(.hash, key: 4, value: 8)
    let id = try map.info().id
    try "map show id \(id)\nmap lookup id \(id) key 0 0 0 0\n".write(to: file, atomically: true, encoding: .utf8)
    let done = try Inspection(["batch", "file", file.path])
    #expect(done.output.hasSuffix("processed 2 commands\n"))
    let document = try Inspection(["-j", "batch", "file", file.path]).document() as? [[String: Any]]
    #expect(
      document?.map { $0["command"] as? [String] } == [
        ["map", "show", "id", "\(id)"], ["map", "lookup", "id", "\(id)", "key", "0", "0", "0", "0"],
      ])
    #expect((document?.first?["output"] as? [String: Any])?["id"] as? UInt32 == id)
    try "map show id 4294967295\nmap show\n".write(to: file, atomically: true, encoding: .utf8)
    let failed = try Inspection(["-j", "batch", "file", file.path], calledAs: .bpftool)
    #expect(failed.status == 254)
    let answers = try failed.document() as? [[String: Any]]
    #expect(answers?.count == 1)
    #expect((answers?.first?["output"] as? [String: String])?["error"]?.isEmpty == false)
    withExtendedLifetime(map) {}
  }
}
