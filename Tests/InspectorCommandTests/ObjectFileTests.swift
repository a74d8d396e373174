import Foundation
import TestObjects
import Testing

@testable import InspectorCommand

@Suite struct ObjectFileTests {
  @Test func tellsOfProgramsAndMaps() throws {
    let path = try TestObject("inspected").path
    let text = try Inspection(["elf", path]).output
    #expect(text.contains("inspected_main\n    section raw_tp/sys_enter  type raw_tracepoint  to sys_enter\n"))
    #expect(text.contains("instructions with twice, "))
    #expect(text.contains("  table  type hash  key 4B  value 8B  entries 4\n    key: __u32\n    value: __u64\n"))
    #expect(
      text.contains("inspected_callback\n    section raw_tp/sys_enter  type raw_tracepoint  to sys_enter  not loaded"))
    #expect(text.contains(", licence GPL\n"))
    #expect(!text.contains("; __u32 key = 3;"))
    let listing = try Inspection(["-d", "elf", path]).output
    #expect(listing.contains("; __u32 key = 3;  ("))
    #expect(listing.contains("// map table\n"))
    #expect(listing.contains("// calls twice\n") || listing.contains("    twice:\n"))
    let document = try #require(try Inspection(["-j", "-d", "elf", path]).document() as? [String: Any])
    let programs = document["programs"] as? [[String: Any]]
    #expect(programs?.map { $0["name"] as? String } == ["inspected_main", "inspected_callback"])
    #expect(programs?.first?["attach_target"] as? String == "sys_enter")
    // What readelf counts, where it is installed, is what is told here.
    #expect(((document["sections"] as? [Any])?.count ?? 0) > 10)
  }

  @Test func tellsOfRelocations() throws {
    let text = try Inspection(["elf", try TestObject("relocated_reads").path]).output
    #expect(text.contains("CO-RE byte_off struct task_struct"))
  }

  @Test func refusesOtherFiles() throws {
    let refused = try Inspection(["elf", "/bin/true"])
    #expect(refused.status == 1)
    #expect(refused.errors.hasPrefix("Error: /bin/true: "))
    #expect(try Inspection(["elf"]).status == 2)
    #expect(try Inspection(["elf", "help"]).output.hasPrefix("Usage: bpf elf FILE"))
  }
}
