import BPF
import Foundation
import KernelInterface
import KernelTesting
import TestObjects
import Testing

@testable import InspectorCommand

@Suite(.needs(.link(.structOps))) struct StructOperationsTests {
  /// Registers operations, which the kernel keeps by their name, under a name that nobody else has.
  private func whileRegistered(_ body: (_ name: String, _ id: String) throws -> Void) throws {
    let digits = "\(ProcessInfo.processInfo.processIdentifier)"
    let name = "swops_" + String(repeating: "0", count: 8 - digits.count) + digits
    var bytes = try Data(TestObject("inspected_operations").bytes())
    while let place = bytes.range(of: Data("swops_00000000".utf8)) {
      bytes.replaceSubrange(place, with: Data(name.utf8))
    }
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).o")
    defer { try? FileManager.default.removeItem(at: file) }
    try bytes.write(to: file)
    let made = try Inspection(["struct_ops", "register", file.path])
    #expect(made.output == "")
    let prefix = "Registered tcp_congestion_ops \(name) id "
    #expect(made.errors.hasPrefix(prefix), "\(made.errors)")
    let words = ["-j", "struct_ops", "unregister", "name", name]
    do { try body(name, String(made.errors.dropFirst(prefix.count).dropLast())) } catch {
      _ = try Inspection(words)
      throw error
    }
    let gone = try Inspection(words)
    #expect(gone.output == "null\n")
    #expect(gone.status == 0)
    #expect(try Inspection(["struct_ops", "dump", "name", name]).status == 1)
  }

  @Test func asBPFToolPrintsThem() throws {
    try whileRegistered { name, id in
      let text = try Inspection(["struct_ops", "dump", "id", id]).output
      #expect(text.contains("\"cong_avoid\": \"void (struct sock *, u32, u32) avoid_with_a_long_name/prog_id:"))
      #expect(text.contains("\"set_state\": \"void (struct sock *, u8) 0\""))
      #expect(text.contains("\"state\": \"BPF_STRUCT_OPS_STATE_INUSE\""))
      guard BPFTool.isInstalled else { return }
      for words in [["show", "id", id], ["show", "name", name], ["dump", "name", name]] {
        let words = ["struct_ops"] + words
        try known("empty-pointers")
        let theirs = try BPFTool.output(words).replacingOccurrences(of: "(nil)", with: "\"0x0\"")
        #expect(try Inspection(words).output == theirs)
        #expect(try Inspection(["-j"] + words).document() == BPFTool.document(["-j"] + words))
      }
      try known("struct-ops-documents")
      #expect(throws: (any Error).self) { try BPFTool.document(["-j", "struct_ops", "dump", "id", id]) }
      let words = ["-j", "struct_ops", "dump"]
      #expect(try Inspection(words + ["id", id]).document() == Inspection(words + ["name", name]).document())
    }
  }
}
