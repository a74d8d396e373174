import Foundation
import KernelInterface
import KernelTesting
import TestObjects
import Testing

@testable import BPF

/// Refusals of C programs, told at the line of the source.
@Suite struct RefusedObjectTests {
  /// The number of the source line that ends in the comment.
  private func line(marked mark: String) throws -> Int {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "TestObjects/C/refused.bpf.c")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
    return try #require(lines.firstIndex { $0.hasSuffix("// \(mark)") }) + 1
  }

  private func refusal(of name: String) throws -> VerifierRefusal {
    let object = try TestObject("refused")
    var spec = try ObjectSpec(bytes: object.bytes(), name: "refused")
    let place = try #require(spec.programs.firstIndex { $0.name == name })
    spec.programs[place].isLoaded = true
    let error = #expect(throws: LoadError.self) { try BPFObject(spec) }
    guard case .program(name, .programRefused(let refusal))? = error else {
      throw VerifierRefusalTests.Taken()
    }
    return refusal
  }

  @Test func nullPointer() throws {
    let refusal = try refusal(of: "unchecked")
    #expect(refusal.cause == .nullPointer)
    #expect(refusal.function == "unchecked")
    #expect(refusal.reason == "R0 invalid mem access 'map_value_or_null'")
    let place = try #require(refusal.place)
    #expect(place.file.hasSuffix("TestObjects/C/refused.bpf.c"))
    #expect(place.line == (try line(marked: "unchecked")))
    #expect(place.column == 10)
    #expect(place.text == "  return *value;  // unchecked")
    #expect(
      refusal.rendered().hasPrefix(
        """
        \(place.file):\(place.line):10-11: ERROR: the kernel refuses program 'unchecked': R0 invalid mem access 'map_value_or_null'
          return *value;  // unchecked
                 ~
        """))
  }

  @Test func unlimitedIndexInAFunction() throws {
    let refusal = try refusal(of: "unlimited")
    #expect(refusal.cause == .unboundedAccess)
    #expect(refusal.function == "pick")
    #expect(refusal.place?.line == (try line(marked: "pick")))
    #expect(refusal.calls.map(\.function) == ["unlimited"])
    #expect(refusal.calls.first?.place?.line == (try line(marked: "unlimited")))
    #expect(refusal.description.contains(" in 'pick' (instruction "))
    if runs(5, 18) { #expect(refusal.registers.contains { $0.state.hasPrefix("map_value(") }) }
  }

  @Test func unreleasedRecord() throws {
    let refusal = try refusal(of: "kept")
    #expect(refusal.cause == .unreleasedReference)
    #expect(refusal.acquisition?.place?.line == (try line(marked: "acquired")))
    #expect(refusal.rendered().contains("NOTE: acquired here (instruction "))
  }

  @Test func packetWithoutCheck() throws {
    let refusal = try refusal(of: "packet")
    #expect(refusal.cause == .packetBounds)
    #expect(refusal.place?.line == (try line(marked: "packet")))
    #expect(
      refusal.remedies.first
        == "compare with the packet's end first, as in `if (data + sizeof(*eth) > data_end) return 0;`")
  }
}
