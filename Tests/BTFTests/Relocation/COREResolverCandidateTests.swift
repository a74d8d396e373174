import TestObjects
import Testing

@testable import BTF

/// Kernels with several types of one name: answers are never mixed.
@Suite struct COREResolverCandidateTests {
  private func relocating(_ kernel: (inout Relocating.Maker) throws -> Void) throws -> Relocating {
    try Relocating(
      local: { try $0.structure("s", size: 8, [("x", $0.int, at: 0), ("y", $0.int, at: 4)]) }, kernel: kernel)
  }

  private let both: [(CORERelocationKind, String)] = [(.fieldByteOffset, "0:0"), (.fieldByteOffset, "0:1")]

  @Test func equalAnswersAreFine() throws {
    let relocating = try relocating {
      try $0.structure("s", size: 16, [("x", $0.int, at: 8), ("y", $0.int, at: 12)])
      try $0.structure("s", size: 32, [("y", $0.unsigned, at: 12), ("x", $0.int, at: 8)])
    }
    #expect(try relocating.resolve(both, of: "s").map(\.outcome) == [.value(8), .value(12)])
    #expect(throws: CORERelocationError.self) { try relocating.resolve(.typeSize, "s") }
    #expect(throws: CORERelocationError.self) { try relocating.resolve(.targetTypeID, "s") }
    #expect(try relocating.value(.typeExists, "s") == 1)
  }

  /// Each relocation alone has one answer, but they come from types of different layouts.
  @Test func layoutsAreNotMixed() throws {
    let relocating = try relocating {
      try $0.structure("s", size: 4, [("x", $0.int, at: 0)])
      try $0.structure("s", size: 1024, [("y", $0.int, at: 1020)])
    }
    #expect(try relocating.value(.fieldByteOffset, "s", "0:0") == 0)
    #expect(try relocating.value(.fieldByteOffset, "s", "0:1") == 1020)
    let error = #expect(throws: CORERelocationError.self) { try relocating.resolve(both, of: "s") }
    #expect(
      error?.description
        == """
        CO-RE relocation <byte_off> of struct s.y: the kernel has 2 types that struct s can mean, and none has both \
        this and struct s.x: [5] struct s of vmlinux: missing, [6] struct s of vmlinux: 1020
        """)
  }

  @Test func theCandidateThatServesAllIsTaken() throws {
    let relocating = try relocating {
      try $0.structure("s", size: 16, [("x", $0.int, at: 4)])
      try $0.structure("s", size: 32, [("x", $0.int, at: 16), ("y", $0.int, at: 24)])
    }
    // In whatever order the relocations stand.
    #expect(try relocating.resolve(both, of: "s").map(\.outcome) == [.value(16), .value(24)])
    #expect(try relocating.resolve(both.reversed(), of: "s").map(\.outcome) == [.value(24), .value(16)])
    let error = #expect(throws: CORERelocationError.self) { try relocating.resolve(.fieldByteOffset, "s", "0:0") }
    #expect(
      error?.description
        == """
        CO-RE relocation <byte_off> of struct s.x: the kernel has 2 types that struct s can mean, with different \
        answers: [5] struct s of vmlinux: 4, [6] struct s of vmlinux: 16
        """)
  }

  @Test func existenceMustBeAgreedUponByThoseThatRemain() throws {
    let relocating = try relocating {
      try $0.structure("s", size: 16, [("x", $0.int, at: 4)])
      try $0.structure("s", size: 32, [("x", $0.int, at: 4), ("y", $0.int, at: 24)])
    }
    let asked = [(CORERelocationKind.fieldByteOffset, "0:0"), (.fieldExists, "0:1")]
    let error = #expect(throws: CORERelocationError.self) { try relocating.resolve(asked, of: "s") }
    guard case .ambiguous(_, let answers) = error?.reason else { throw Unexpected() }
    #expect(answers.map(\.value) == [0, 1])
    // Reading the field says which one is meant.
    let read = try relocating.resolve(asked + [(.fieldByteOffset, "0:1")], of: "s")
    #expect(read.map(\.outcome) == [.value(4), .value(1), .value(24)])
  }

  @Test func whatNoCandidateHasDropsNone() throws {
    let relocating = try relocating {
      try $0.structure("s", size: 16, [("x", $0.int, at: 4)])
      try $0.structure("s", size: 32, [("x", $0.int, at: 4)])
    }
    let asked = both + [(CORERelocationKind.fieldExists, "0:1")]
    #expect(try relocating.resolve(asked, of: "s").map(\.outcome) == [.value(4), .missing, .value(0)])
  }

  @Test func modulesAreAskedWhenTheKernelHasNone() throws {
    var relocating = try relocating { try $0.structure("other", size: 4, []) }
    #expect(try relocating.value(.fieldByteOffset, "s", "0:0") == nil)
    var builder = TypeGraphBuilder(base: relocating.kernel)
    let int = try #require(relocating.kernel.id(named: "int", kind: .integer))
    let id = try builder.addStructure(
      named: "s", size: 64, members: [.init("x", int, bitOffset: 256), .init("y", int, bitOffset: 0)])
    let module = try TypeGraph(bytes: try builder.build(), base: relocating.kernel)
    relocating.modules = [CORETarget(name: "nf_tables", types: module)]
    let found = try relocating.resolve(both, of: "s")
    #expect(found.map(\.outcome) == [.value(32), .value(0)])
    #expect(found[0].targetDescription == "\(id) struct s.x (0:0 @ offset 32) of nf_tables")
    #expect(try relocating.value(.targetTypeID, "s") == Int(id.rawValue))
    // Another module with another layout.
    relocating.modules.append(CORETarget(name: "other", types: try self.module(of: relocating.kernel, int)))
    #expect(throws: CORERelocationError.self) { try relocating.resolve(both, of: "s") }
  }

  private func module(of kernel: TypeGraph, _ int: TypeID) throws -> TypeGraph {
    var builder = TypeGraphBuilder(base: kernel)
    try builder.addStructure(
      named: "s", size: 8, members: [.init("x", int, bitOffset: 0), .init("y", int, bitOffset: 32)])
    return try TypeGraph(bytes: try builder.build(), base: kernel)
  }

  /// Damaged types on both sides give an error or an answer.
  @Test func damagedTypesNeverCrash() throws {
    let sample = try SampleTypes()
    var random = SeededGenerator(seed: 0xc0)
    for _ in 0..<1500 {
      func damaged() -> TypeGraph? {
        var bytes = sample.blob
        for _ in 0...Int.random(in: 0..<3, using: &random) {
          bytes[Int.random(in: 24..<bytes.count, using: &random)] = .random(in: 0...31, using: &random)
        }
        return try? TypeGraph(bytes: bytes)
      }
      guard let local = damaged(), let kernel = damaged() else { continue }
      var resolver = COREResolver(local: local, kernel: CORETarget(name: "vmlinux", types: kernel))
      for _ in 0..<12 {
        let kind = try #require(CORERelocationKind.allCases.randomElement(using: &random))
        let length = kind.subject == .field ? Int.random(in: 1..<4, using: &random) : 1
        let access = (0..<length).map { _ in "\(Int.random(in: 0..<5, using: &random))" }.joined(separator: ":")
        let type = TypeID(.random(in: 0..<30, using: &random))
        _ = try? resolver.resolve([.init(instructionOffset: 0, type: type, access: access, kind: kind)])
      }
    }
  }
}
