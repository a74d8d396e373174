import BPF
import Bytecode
import Foundation
import FoundationXML
import KernelInterface
import KernelTesting
import LinuxSystem
import TestObjects
import Testing

@testable import InspectorCommand

@Suite struct ProgramDumpTests {
  private func inspected() throws -> BPFObject {
    try BPFObject(ObjectSpec(path: TestObject("inspected").path))
  }

  /// A program without types that branches.
  private func branching() throws -> Program {
    var code = Assembler()
    let (end, high) = (code.makeLabel(), code.makeLabel())
    code.append(.load(.word, .r6, from: .r1))
    code.load(.r2, 0x1_2345_6789)
    code.jump(if: .unsignedGreater, .r6, 5, to: high)
    code.append(.move(.r0, 0))
    code.jump(to: end)
    code.bind(high)
    code.append(.move(.r0, 1))
    code.bind(end)
    code.append(.exit)
    return try Program(ProgramSpec(name: "branching", type: .socketFilter, code: try code.finish()))
  }

  @Test(
    .enabled(if: BPFTool.isInstalled, "bpftool is not installed"),
    arguments: [[], ["opcodes"], ["linum"], ["o"]])
  func printsAsBPFToolDoes(_ rest: [String]) throws {
    let object = try inspected()
    let other = try branching()
    for program in [try object.program(named: "inspected_main"), other] {
      let words = try ["prog", "dump", "xlated", "id", "\(program.info().id)"] + rest
      #expect(try Inspection(words).output == BPFTool.output(words))
      #expect(try Inspection(["-j"] + words).document() == BPFTool.document(["-j"] + words))
      #expect(try Inspection(["-p"] + words).output == BPFTool.output(["-p"] + words))
    }
  }

  @Test(.enabled(if: BPFTool.isInstalled, "bpftool is not installed")) func drawsAsBPFToolDoes() throws {
    let plain = try branching()
    let words = try ["prog", "dump", "xlated", "id", "\(plain.info().id)", "visual"]
    #expect(try Inspection(words).output == BPFTool.output(words))
    try known("source-in-blocks")
    let object = try inspected()
    let typed = try ["prog", "dump", "xlated", "id", "\(object.program(named: "inspected_main").info().id)", "visual"]
    let (ours, theirs) = (try Inspection(typed).output, try BPFTool.output(typed))
    func edges(_ text: String) -> Set<Substring> { Set(text.split(separator: "\n").filter { $0.contains("->") }) }
    #expect(edges(ours) == edges(theirs))
    #expect(ours.contains("; __u32\\ key\\ =\\ 3;\\l\\"))
    #expect(ours.contains("hello\\ %s\\ \\|\\ %d"))
  }

  @Test(.needs(.helper(.forEachMapElem, in: .rawTracepoint))) func drawsCallbacksAsFunctions() throws {
    try known("callback-functions")
    var spec = try ObjectSpec(path: TestObject("inspected").path)
    for index in spec.programs.indices {
      spec.programs[index].isLoaded = spec.programs[index].name == "inspected_callback"
    }
    let object = try BPFObject(spec)
    let id = try object.program(named: "inspected_callback").info().id
    let graph = try Inspection(["prog", "dump", "xlated", "id", "\(id)", "visual"]).output
    #expect(graph.contains("label=\"func_1 ()\""))
    #expect(graph.components(separatedBy: "shape=record").count == 3)
  }

  /// The bytes need no helper; without it, the listing says how to get it.
  @Test func givesMachineCode() throws {
    let program = try branching()
    let words = try ["prog", "dump", "jited", "id", "\(program.info().id)"]
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: file) }
    #expect(try Inspection(words + ["file", file.path]).errors == "")
    #expect([UInt8](try Data(contentsOf: file)) == (try LiveKernel().machineCode(of: program.descriptor)))
    let listing = try Inspection(words)
    #expect(listing.status == 0 || listing.errors.contains("Scripts/build-disassembler"))
    #expect(try Inspection(words + ["visual"]).status == 2)
  }

  /// The picture is XML with a box for each block, whose boxes lie apart.
  @Test func drawsAPicture() throws {
    let object = try inspected()
    let words = try ["prog", "dump", "xlated", "id", "\(object.program(named: "inspected_main").info().id)"]
    let picture = try Inspection(words + ["svg"]).output
    let parser = XMLParser(data: Data(picture.utf8))
    #expect(parser.parse())
    let blocks = try Inspection(words + ["visual"]).output.components(separatedBy: "shape=record").count - 1
    #expect(picture.components(separatedBy: "rx=\"3\"").count - 1 == blocks)
    #expect(picture.contains("hello %s | %d"))
  }

  @Test func writesBytesForTheirOwnerAlone() throws {
    let program = try branching()
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: file) }
    let done = try Inspection(["prog", "dump", "xlated", "id", "\(program.info().id)", "file", file.path])
    #expect(done.errors == "")
    #expect(done.output == "")
    #expect([UInt8](try Data(contentsOf: file)) == (try LiveKernel().translatedInstructions(of: program.descriptor)))
    #expect(try FileStatus(of: file.path).permissions & 0o777 == 0o600)
  }

  @Test func givesSeveralOfATagWithTheirHeadings() throws {
    let programs = [try branching(), try branching()]
    let tag = try programs[0].info().tag.map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined()
    let words = ["prog", "dump", "xlated", "tag", tag]
    let text = try Inspection(words).output
    for program in programs { #expect(text.contains("\(try program.info().id): socket_filter  name branching")) }
    let document = try Inspection(["-j"] + words).document() as? [[String: Any]]
    #expect((document?.count ?? 0) >= 2)
    #expect(document?.allSatisfy { ($0["insns"] as? [Any])?.count == 7 } == true)
    // What writes a file takes one.
    let file = "/nonexistent/file"
    #expect(try Inspection(words + ["file", file]).errors.contains("means several"))
    withExtendedLifetime(programs) {}
  }

  @Test(arguments: [
    (["elated", "id", "1"], "expected 'xlated' or 'jited'"), (["xlated"], "expected 'id', 'tag', 'name' or 'pinned'"),
    (["xlated", "id", "1", "file", "a", "opcodes"], "'file' writes the bytes alone"),
    (["xlated", "id", "1", "nonsense"], "what is 'nonsense'?"),
  ]) func refusesWords(_ words: [String], _ expected: String) throws {
    let refused = try Inspection(["prog", "dump"] + words)
    #expect(refused.errors.contains(expected), "\(refused.errors)")
    #expect(refused.status == 2)
  }
}
