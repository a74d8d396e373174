import BPF
import Foundation
import KernelInterface
import LinuxSystem
import TestObjects
import Testing

@testable import InspectorCommand

@Suite struct TypeDumpTests {
  @Test(.enabled(if: BPFTool.isInstalled, "bpftool is not installed")) func objectsAsBPFToolPrintsThem() throws {
    for name in ["typed_maps", "object_struct_ops", "relocations"] {
      let words = ["btf", "dump", "file", try TestObject(name).path]
      #expect(try Inspection(words).output == BPFTool.output(words))
      #expect(try Inspection(words + ["format", "raw"]).output == BPFTool.output(words))
      #expect(try Inspection(["-p"] + words).output == BPFTool.output(["-p"] + words))
      // Unsorted is the order of bpftool 7.1.
      try known("c-opening")
      let ours = try Inspection(words + ["format", "c", "unsorted"]).output
      let opening = try #require(ours.range(of: "#ifndef __ksym"))
      let types = try #require(ours.range(of: "#endif\n#endif\n\n", range: opening.upperBound..<ours.endIndex))
      #expect(
        ours[..<opening.lowerBound] + ours[types.upperBound...] == (try BPFTool.output(words + ["format", "c"])))
    }
  }

  @Test(.enabled(if: BPFTool.isInstalled, "bpftool is not installed")) func mapsAsBPFToolPrintsThem() throws {
    let object = try BPFObject(ObjectSpec(path: TestObject("typed_maps").path))
    let map = try object.map(named: "commons")
    for rest in [[], ["key"], ["value"], ["kv"], ["all"]] {
      let words = try ["btf", "dump", "map"] + map.words + rest
      #expect(try Inspection(words).output == BPFTool.output(words))
    }
    try known("order-of-users")
    func members(_ document: NSObject?) throws -> NSDictionary {
      var members = try #require(document as? [String: Any])
      members["map_ids"] = (members["map_ids"] as? [Int])?.sorted()
      members["prog_ids"] = (members["prog_ids"] as? [Int])?.sorted()
      members.removeValue(forKey: "pids")
      return members as NSDictionary
    }
    let types = try ["btf", "show", "id", "\(map.info().btfID)"]
    #expect(
      try members(Inspection(["-j"] + types).document()) == members(BPFTool.document(["-j"] + types)))
    let text = try Inspection(types).output
    #expect(text.hasPrefix("\(try map.info().btfID): name <anon>  size "))
    #expect(text.contains(" map_ids "))
  }

  /// Sorted, the enums come first, then what structs are made of, and the text compiles.
  @Test func sortedTextCompiles() throws {
    let text = try Inspection(["btf", "dump", "file", try TestObject("typed_maps").path, "format", "c"]).output
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).h")
    defer { try? FileManager.default.removeItem(at: file) }
    try text.write(to: file, atomically: true, encoding: .utf8)
    let clang = Process()
    clang.executableURL = URL(filePath: "/usr/bin/env")
    clang.arguments = ["clang", "-target", "bpf", "-x", "c", "-Werror", "-fsyntax-only", file.path]
    try clang.run()
    clang.waitUntilExit()
    #expect(clang.terminationStatus == 0)
    let (color, point) = (text.range(of: "enum color {"), text.range(of: "struct point {"))
    #expect(try #require(color).lowerBound < #require(point).lowerBound)
  }

  /// What Swift does not know is declared before it is used.
  @Test func swiftTextCompiles() throws {
    let words = ["btf", "dump", "file", try TestObject("typed_maps").path, "format", "swift"]
    let text = try Inspection(words).output
    #expect(text.contains("/// `struct point`, 8 bytes.\npublic struct Point: "))
    #expect(text.contains("  public static let COLD = Self(rawValue: "))
    #expect(try Inspection(words + ["unsorted"]).output.contains("public struct Point: "))
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).swift")
    defer { try? FileManager.default.removeItem(at: file) }
    try text.write(to: file, atomically: true, encoding: .utf8)
    let compiler = Process()
    compiler.executableURL = URL(filePath: "/usr/bin/env")
    compiler.arguments = ["swiftc", "-typecheck", "-swift-version", "6", file.path]
    try compiler.run()
    compiler.waitUntilExit()
    #expect(compiler.terminationStatus == 0)
    #expect(try Inspection(["-j"] + words).status == 2)
    #expect(
      try Inspection(words.dropLast() + ["rust"]).errors == "Error: expected 'raw', 'c' or 'swift', got: 'rust'\n")
  }

  @Test func writesWhatARootNeeds() throws {
    let file = try TestObject("typed_maps").path
    let raw = try Inspection(["btf", "dump", "file", file]).output
    let line = try #require(raw.split(separator: "\n").first { $0.contains("STRUCT 'point'") })
    let id = String(try #require(line.split(separator: "]").first).dropFirst())
    let text = try Inspection(["btf", "dump", "file", file, "format", "c", "root_id", id]).output
    #expect(text.contains("struct point {\n\tint x;\n\tchar letter;\n"))
    #expect(!text.contains("enum color"))
    #expect(try Inspection(["btf", "dump", "file", file, "root_id", "999999"]).status == 1)
  }

  @Test func saysWhatAFileLacks() throws {
    #expect(try Inspection(["btf", "dump", "file", "/bin/true"]).errors.contains("has no section .BTF"))
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: file) }
    // Cut in the middle of the types.
    let bytes = try Data(contentsOf: URL(filePath: "/sys/kernel/btf/vmlinux"))
    try bytes.prefix(100_000).write(to: file)
    let cut = try Inspection(["-j", "btf", "dump", "file", file.path])
    #expect(cut.status == 1)
    #expect(try cut.document() as? [String: String] != nil)
  }
}
