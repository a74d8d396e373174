import BPF
import Bytecode
import Foundation
import KernelInterface
import LinuxSystem
import TestObjects
import Testing

@testable import InspectorCommand

@Suite struct ShowTests {
  let map: Map
  let program: Program

  init() throws {
    map = try Map(MapSpec(name: "shown_map", type: .hash, keySize: 4, valueSize: 8, maxEntries: 16))
    var code = Assembler()
    code.loadMap(.r1, MapReference(index: 0))
    code.append(.move(.r0, 0))
    code.append(.exit)
    program = try Program(
      ProgramSpec(name: "shown_program", type: .socketFilter, code: try code.finish()), maps: [map])
  }

  /// What is compared leaves out who holds what: bpftool 7.1 of Debian does not tell.
  private func facts(_ document: NSObject?) -> NSDictionary? {
    guard let members = document as? NSDictionary, let copy = members.mutableCopy() as? NSMutableDictionary else {
      return nil
    }
    copy.removeObject(forKey: "pids")
    return copy
  }

  @Test(.enabled(if: BPFTool.isInstalled, "bpftool is not installed")) func programsAsBPFToolShowsThem() throws {
    try known("holders")
    let words = ["prog", "show", "id", "\(try program.info().id)"]
    let ours = try Inspection(words)
    #expect(ours.status == 0)
    let lines = ours.output.split(separator: "\n").filter { !$0.hasPrefix("\tpids ") }
    #expect(lines.joined(separator: "\n") + "\n" == (try BPFTool.output(words)))
    #expect(facts(try Inspection(["-j"] + words).document()) == facts(try BPFTool.document(["-j"] + words)))
    #expect(facts(try Inspection(["-p"] + words).document()) == facts(try BPFTool.document(["-j"] + words)))
  }

  @Test(.enabled(if: BPFTool.isInstalled, "bpftool is not installed")) func mapsAsBPFToolShowsThem() throws {
    let words = ["map", "show", "id", "\(try map.info().id)"]
    let ours = try Inspection(words)
    #expect(ours.status == 0)
    let lines = ours.output.split(separator: "\n").filter { !$0.hasPrefix("\tpids ") }
    #expect(lines.joined(separator: "\n") + "\n" == (try BPFTool.output(words)))
    #expect(facts(try Inspection(["-j"] + words).document()) == facts(try BPFTool.document(["-j"] + words)))
  }

  /// The kernel cuts names, type information does not.
  @Test(.enabled(if: BPFTool.isInstalled, "bpftool is not installed")) func wholeNamesAsBPFToolShowsThem() throws {
    var spec = try ObjectSpec(path: TestObject("inspected_long_name").path)
    spec.name = "long"
    let object = try BPFObject(spec)
    let id = try #require(object.programs.first).info().id
    let words = ["prog", "show", "id", "\(id)"]
    let lines = try Inspection(words).output.split(separator: "\n").filter { !$0.hasPrefix("\tpids ") }
    #expect(lines.joined(separator: "\n") + "\n" == (try BPFTool.output(words)))
    #expect(lines.first?.contains("name a_name_that_the_kernel_cuts  ") == true)
    #expect(facts(try Inspection(["-j"] + words).document()) == facts(try BPFTool.document(["-j"] + words)))
    #expect(lines.suffix(3) == ["\tmetadata:", "\t\tauthor = \"somebody\"", "\t\tplace = {\"x\":3,\"y\":-4}"])
    for name in ["a_name_that_the_kernel_cuts", "a_name_that_the"] {
      let document = try Inspection(["-j", "prog", "show", "name", name]).document()
      let all = (document as? [[String: Any]]) ?? [(document as? [String: Any]) ?? [:]]
      #expect(all.contains { $0["id"] as? UInt32 == id }, "\(name)")
    }
  }

  @Test func tellsWhoHoldsIt() throws {
    let document = try Inspection(["-j", "map", "show", "id", "\(try map.info().id)"]).document() as? [String: Any]
    let holders = document?["pids"] as? [[String: Any]]
    #expect(holders?.compactMap { $0["pid"] as? Int32 } == [ProcessInfo.processInfo.processIdentifier])
  }

  @Test func findsByNameAndTag() throws {
    let id = try program.info().id
    let tag = try program.info().tag.map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined()
    for words in [["name", "shown_program"], ["tag", tag]] {
      let document = try Inspection(["-j", "prog", "list"] + words).document()
      // Tests that run at the same time have programs of that name and tag too.
      let all = (document as? [[String: Any]]) ?? [(document as? [String: Any]) ?? [:]]
      #expect(all.contains { $0["id"] as? UInt32 == id })
    }
  }

  @Test func endsAsItsNameSays() throws {
    let missing = ["map", "show", "id", "4294967295"]
    #expect(try Inspection(missing).status == 1)
    #expect(try Inspection(missing, calledAs: .bpftool).status == 254)
    #expect(try Inspection(["map", "show", "nonsense"]).status == 2)
    #expect(try Inspection(["map", "show", "nonsense"], calledAs: .bpftool).status == 255)
    try known("escaped-errors")
    if BPFTool.isInstalled {
      #expect(throws: (any Error).self) { try BPFTool.document(["-j", "prog", "show", "id", "a\"b"]) }
    }
    let refused = try Inspection(["-j", "prog", "show", "id", "a\"b"])
    #expect(refused.errors.isEmpty)
    #expect(try refused.document() as? [String: String] == ["error": "can't parse a\"b as ID"])
    #expect(
      try Inspection(["prog", "show", "name", "nobody_has_this"]).errors
        == "Error: no program with name nobody_has_this\n")
  }
}
