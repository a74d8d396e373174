import BPF
import Foundation
import KernelInterface
import TestObjects
import Testing

@testable import InspectorCommand

@Suite struct ProgramProfileTests {
  @Test(arguments: [
    ("", "expected what is to be counted"), ("duration 1", "expected what is to be counted"),
    ("duration x cycles", "can't parse x as seconds, 1 to 86400"), ("duration 0 cycles", "can't parse 0"),
    ("cycles joy", "unknown metric 'joy'; there are: cycles, instructions, l1d_loads"),
    ("cycles instructions l1d_loads llc_misses itlb_misses", "at most 4 metrics"),
  ]) func refusesWords(_ words: String, _ expected: String) throws {
    let refused = try Inspection(["prog", "profile", "id", "1"] + words.split(separator: " ").map(String.init))
    #expect(refused.status == 2)
    #expect(refused.errors.contains(expected), "\(refused.errors)")
  }

  /// Where the kernel and the machine can, this counts; else it says which of the two cannot.
  @Test func countsOrSaysWhyNot() throws {
    let object = try BPFObject(ObjectSpec(path: TestObject("inspected_run").path))
    let id = try #require(object.programs.first).info().id
    let answer = try Inspection(["-j", "prog", "profile", "id", "\(id)", "duration", "1", "cycles", "instructions"])
    if answer.status == 0 {
      let rows = try answer.document() as? [[String: Any]]
      #expect(rows?.compactMap { $0["metric"] as? String } == ["cycles", "instructions"])
      #expect(rows?.first?["run_cnt"] as? Int == 0)
    } else {
      let text = try #require(try answer.document() as? [String: String])["error"] ?? ""
      let absence = KernelFeatures.running.absence(of: .program(.tracing, for: .traceFexit))
      let expected = absence.map { "programs cannot be profiled here: \($0)" } ?? "this machine does not count cycles: "
      #expect(text.hasPrefix(expected), "\(text)")
    }
  }
}
