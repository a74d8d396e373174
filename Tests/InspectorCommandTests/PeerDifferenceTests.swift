import BPF
import Foundation
import KernelInterface
import Testing

@testable import InspectorCommand

/// Says that a test rests on a difference of the table.
func known(_ id: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
  try #require(PeerDifference.all.contains { $0.id == id }, "no difference '\(id)'", sourceLocation: sourceLocation)
}

@Suite struct PeerDifferenceTests {
  /// Each is what some test checks, and none is told twice.
  @Test func eachHasATest() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    var sources = ""
    for case let file as URL in FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil) ?? .init()
    where file.pathExtension == "swift" {
      sources += try String(contentsOf: file, encoding: .utf8)
    }
    for difference in PeerDifference.all {
      #expect(sources.contains("try known(\"\(difference.id)\")"), "\(difference.id) has no test")
      #expect(PeerDifference.all.count { $0.id == difference.id } == 1)
      #expect(difference.word == nil || InspectorObject.named(difference.word ?? "")?.name == difference.word)
    }
  }

  @Test func manualPagesTellThem() throws {
    let map = try Inspection(["manual", "map"]).output
    #expect(map.contains(".SH DIFFERENCES FROM BPFTOOL\n"))
    #expect(map.contains(".B anonymous-members\nbpftool: members of anonymous structs are under the key "))
    #expect(map.contains(".B mounting\n"))
    #expect(!map.contains(".B c-opening\n"))
  }

  @Test func missesAreTold() throws {
    try known("silent-misses")
    for (words, name) in [
      (["prog", "show"], "name"), (["map", "show"], "name"), (["prog", "dump", "xlated"], "name"),
    ] {
      let words = words + [name, "nobody_has_it"]
      let ours = try Inspection(words)
      #expect(ours.status == 1)
      #expect(ours.errors.contains("nobody_has_it"), "\(ours.errors)")
      #expect(try Inspection(["-j"] + words).document() is NSDictionary)
      guard BPFTool.isInstalled else { continue }
      let theirs = try BPFTool.run(words)
      #expect(theirs.status == 255)
      #expect(theirs.output == "")
    }
  }

  @Test func mapsWithoutKeysAreNotEmpty() throws {
    try known("keyless-maps")
    let queue = try LiveMap.make(.queue, key: 0, value: 4)
    try queue.update([], to: [1, 2, 3, 4])
    let words = try ["map", "dump"] + queue.words
    let ours = try Inspection(words)
    #expect(ours.status == 1)
    #expect(ours.output == "")
    #expect(ours.errors.contains("of type queue, whose elements have no keys"), "\(ours.errors)")
    if BPFTool.isInstalled { #expect(try BPFTool.output(words) == "Found 0 elements\n") }
  }

  /// What bpftool 7.1 takes is taken.
  @Test func takesWordsOfOldScripts() throws {
    #expect(try Inspection(["iter"]).output.hasPrefix("Usage: bpf iter pin OBJ FILE [map MAP]"))
    for option in ["-l", "--legacy", "-m", "--mapcompat", "-n", "--nomount", "-L", "--use-loader"] {
      #expect(try Inspection([option, "prog", "help"]).status == 0)
    }
  }
}
