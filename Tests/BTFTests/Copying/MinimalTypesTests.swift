import TestObjects
import Testing

@testable import BTF

/// The least of a kernel's types that an object needs.
@Suite struct MinimalTypesTests {
  @Test func onlyPassedMembersAreKept() throws {
    let relocating = try Relocating {
      let inner = try $0.structure("inner", size: 4, [("deep", $0.int, at: 0)])
      try $0.structure("s", size: 8, [("in", inner, at: 0), ("p", try $0.builder.addPointer(to: inner), at: 4)])
    } kernel: {
      let inner = try $0.structure("inner", size: 16, [("a", $0.int, at: 0), ("deep", $0.int, at: 8)])
      let other = try $0.structure("other", size: 16, [("a", $0.int, at: 0)])
      try $0.structure(
        "s", size: 64,
        [
          ("x", $0.long, at: 0), ("in", inner, at: 8), ("o", other, at: 24),
          ("p", try $0.builder.addPointer(to: other), at: 40),
        ])
    }
    let type = try #require(relocating.local.id(named: "s", kind: .structure))
    let relocations = ["0:0:0", "0:1"].map {
      CORERelocation(instructionOffset: 0, type: type, access: $0, kind: .fieldByteOffset)
    }
    var resolver = COREResolver(
      local: relocating.local, kernel: CORETarget(name: "vmlinux", types: relocating.kernel))
    let minimal = try TypeGraph(bytes: try resolver.minimalTypes(for: relocations))
    try minimal.validate()
    let whole = try #require(minimal.id(named: "s", kind: .structure))
    #expect(
      try minimal.cDefinition(of: whole).split(separator: "\n").filter { !$0.contains("long") }.joined(separator: "\n")
        .contains("struct inner in;"))
    #expect(try minimal.memberNames(of: whole) == ["in", "p"] && minimal.size(of: whole) == 64)
    #expect(try minimal.memberNames(of: try #require(minimal.id(named: "inner", kind: .structure))) == ["deep"])
    #expect(minimal.ids(named: "other").isEmpty)
    // int, inner, a pointer to nothing, s.
    #expect(minimal.count == 5)
  }

  @Test(
    .enabled(if: Kernel.hasBTF, "this kernel has no BTF"), .enabled(if: Kernel.hasClang, "clang is not installed"))
  func answersAreThoseOfTheKernel() throws {
    let sections = try BTFExtensionTests.Sections(TestObject("relocations"))
    let relocations = try BTFExtension(bytes: sections.bytes, types: sections.types).relocations.flatMap(\.records)
    var resolver = COREResolver(
      local: sections.types, kernel: CORETarget(name: "vmlinux", types: try Kernel.graph.get()))
    let bytes = try resolver.minimalTypes(for: relocations)
    let minimal = try TypeGraph(bytes: bytes)
    try minimal.validate()
    #expect(bytes.count < 8192)
    var other = COREResolver(local: sections.types, kernel: CORETarget(name: "minimal", types: minimal))
    for (one, two) in zip(try resolver.resolve(relocations), try other.resolve(relocations))
    where one.relocation.kind != .targetTypeID {
      #expect(one.outcome == two.outcome && one.accessSize == two.accessSize, "\(one.path)")
    }
  }
}
