import BPF
import Foundation
import FoundationXML
import Inspector
import KernelInterface
import KernelTesting
import LinuxSystem
import Testing

@testable import InspectorCommand

@Suite struct OverviewTests {
  @Test func graphShowsWhoHoldsAMap() throws {
    let map = try LiveMap.make(.hash, key: 4, value: 4, name: "in_graph")
    let id = try map.info().id
    let pid = ProcessInfo.processInfo.processIdentifier
    let tree = try Inspection(["graph"]).output
    #expect(tree.contains("map \(id) hash 'in_graph'"))
    let dot = try Inspection(["graph", "dot"])
    #expect(dot.output.contains("\tprocess_\(pid) -> map_\(id);\n"), "\(dot.errors)")
    let parser = XMLParser(data: Data(try Inspection(["graph", "svg"]).output.utf8))
    #expect(parser.parse())
    let document = try Inspection(["-j", "graph"]).document() as? [String: [[String: String]]]
    #expect(document?["edges"]?.contains(["from": "process_\(pid)", "to": "map_\(id)"]) == true)
    withExtendedLifetime(map) {}
  }

  @Test func diffTellsWhatCameAndWent() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: file) }
    var first: Map? = try LiveMap.make(.hash, key: 4, value: 4, name: "went")
    let gone = try first?.info().id ?? 0
    #expect(try Inspection(["diff", "save", file.path]).errors == "")
    first = nil
    let second = try LiveMap.make(.array, key: 4, value: 8, name: "came")
    let id = try second.info().id
    // The kernel frees a map a while after its last descriptor is closed.
    let end = ContinuousClock.now + .seconds(10)
    while try LiveKernel().ids(of: .map).contains(gone), ContinuousClock.now < end {}
    let text = try Inspection(["diff", "show", file.path]).output
    #expect(text.contains("- map \(gone) hash 'went' key 4B value 4B entries 8 flags 0x0\n"))
    #expect(text.contains("+ map \(id) array 'came' key 4B value 8B entries 8 flags 0x0\n"))
    let changes = try Inspection(["-j", "diff", "show", file.path]).document() as? [[String: String]]
    #expect(changes?.contains { $0["object"] == "map \(id)" && $0["before"] == nil } == true)
    #expect(try Inspection(["diff", "show", "/proc/self/status"]).errors.contains("it is no snapshot"))
    withExtendedLifetime(second) {}
  }

  @Test func doctorSaysWhatToUseInstead() throws {
    let text = try Inspection(["doctor"]).output
    #expect(text.hasPrefix("ok  kernel"))
    let document = try #require(try Inspection(["-j", "doctor"]).document() as? [[String: Any]])
    // What is not well has a remedy, and what is well none.
    for finding in document {
      #expect((finding["ok"] as? Bool == true) == (finding["instead"] == nil), "\(finding)")
    }
  }

  @Test(.needs(.ability(.runStatistics))) func topCountsRuns() throws {
    let rows = try #require(
      try Inspection(["-j", "top", "interval", "0.05"]).document() as? [[String: Any]])
    let ids = rows.compactMap { $0["id"] as? UInt32 }
    #expect(ids.count == rows.count)
    let table = try Inspection(["top", "interval", "0.02", "count", "2", "sort", "id"]).output
    #expect(table.components(separatedBy: "CPU%").count == 3)
    #expect(try Inspection(["top", "sort", "nonsense"]).status == 2)
    #expect(try Inspection(["top", "interval", "0"]).status == 2)
  }

  @Test func completesWordsNumbersAndNames() throws {
    let map = try LiveMap.make(.hash, key: 4, value: 4, name: "completed_map")
    let id = try map.info().id
    func candidates(_ words: String...) throws -> [String] {
      try Inspection(["complete", "--"] + words).output.split(separator: "\n").map(String.init)
    }
    #expect(try candidates("stru") == ["struct_ops"])
    #expect(try candidates("map", "loo") == ["lookup"])
    #expect(try candidates("prog", "dump", "x") == ["xlated"])
    #expect(try candidates("map", "update", "id", "1", "no") == ["noexist"])
    #expect(try candidates("map", "show", "id", "\(id)").contains("\(id)"))
    #expect(try candidates("map", "show", "name", "completed_") == ["completed_map"])
    #expect(try candidates("prog", "show", "--pre") == ["--pretty"])
    withExtendedLifetime(map) {}
  }

  @Test(arguments: ["bash", "zsh", "fish"]) func printsScripts(_ shell: String) throws {
    #expect(try Inspection(["completion", shell]).output.contains("complete -- "))
  }

  @Test func everyWordHasAPage() throws {
    for object in InspectorObject.visible {
      let page = try Inspection(["manual", object.name]).output
      #expect(page.hasPrefix(".TH BPF-"), "\(object.name)")
      #expect(page.contains(".SH SYNOPSIS\n.B bpf \(object.name.replacing("_", with: "_"))"))
    }
  }
}
