import ELF
import TestObjects
import Testing

@testable import BTF

/// Equal types become one.
@Suite struct DeduplicationTests {
  /// Two graphs in one, and what is left of it.
  private func deduplicated(
    _ make: [(inout Relocating.Maker) throws -> Void]
  ) throws -> (graph: TypeGraph, ids: TypeIDMap) {
    var builder = TypeGraphBuilder()
    for one in make { try builder.append(try Relocating.graph(one)) }
    let result = try TypeGraph(bytes: try builder.build()).deduplicated()
    let graph = try TypeGraph(bytes: result.bytes)
    try graph.validate()
    return (graph, result.ids)
  }

  /// A list whose nodes point to each other and, by a name only, to their owner.
  private func list(_ maker: inout Relocating.Maker, owner: TypeID) throws {
    let ownerPointer = try maker.builder.addPointer(to: owner)
    let next = TypeID(maker.builder.nextID.rawValue + 1)
    let pointer = try maker.builder.addPointer(to: next)
    try maker.structure(
      "node", size: 24, [("next", pointer, at: 0), ("owner", ownerPointer, at: 8), ("n", maker.int, at: 16)])
  }

  @Test func circlesAreSeenThrough() throws {
    let (graph, ids) = try deduplicated([
      { try list(&$0, owner: $0.int) }, { try list(&$0, owner: $0.int) },
    ])
    // int, unsigned int, unsigned long, char, two pointers and a struct.
    #expect(graph.count == 8)
    #expect(ids[TypeID(7)] == TypeID(7) && ids[TypeID(14)] == TypeID(7) && ids[.void] == .void)
    #expect(graph.ids(named: "node").count == 1)
  }

  @Test func differencesAnywhereKeepTypesApart() throws {
    let (graph, _) = try deduplicated([
      { try list(&$0, owner: $0.int) }, { try list(&$0, owner: $0.char) }, { try list(&$0, owner: $0.int) },
    ])
    #expect(graph.ids(named: "node").count == 2)
    #expect(graph.ids(named: "int").count == 1)
  }

  @Test func declarationsBecomeDefinitions() throws {
    let (graph, ids) = try deduplicated([
      { try list(&$0, owner: try $0.builder.addForward(named: "owner")) },
      { try list(&$0, owner: try $0.structure("owner", size: 4, [("id", $0.int, at: 0)])) },
    ])
    #expect(graph.ids(named: "node").count == 1)
    let owners = graph.ids(named: "owner")
    #expect(owners.count == 1 && graph.kind(of: owners[0]) == .structure)
    #expect(ids[TypeID(5)] == owners[0])
    #expect(try graph.cDefinition(of: graph.ids(named: "node")[0]).contains("struct owner *owner;"))
  }

  @Test func theOnlyDefinitionIsMeantByADeclarationElsewhere() throws {
    func pointer(to name: String) -> (inout Relocating.Maker) throws -> Void {
      {
        try $0.structure(
          "uses_\(name)", size: 8, [("p", try $0.builder.addPointer(to: try $0.builder.addForward(named: name)), at: 0)]
        )
      }
    }
    let (graph, _) = try deduplicated([
      pointer(to: "one"), pointer(to: "two"), pointer(to: "none"),
      { try $0.structure("one", size: 4, [("a", $0.int, at: 0)]) },
      { try $0.structure("two", size: 4, [("a", $0.int, at: 0)]) },
      { try $0.structure("two", size: 8, [("b", $0.long, at: 0)]) },
      { try $0.builder.addUnion(named: "none", size: 4, members: [.init("a", $0.int, bitOffset: 0)]) },
    ])
    #expect(graph.ids(named: "one").map { graph.kind(of: $0) } == [.structure])
    // Either could be meant.
    #expect(graph.ids(named: "two").map { graph.kind(of: $0) } == [.forward, .structure, .structure])
    #expect(graph.ids(named: "none").map { graph.kind(of: $0) } == [.forward, .union])
  }

  @Test func enumsWithoutValuesBecomeThoseWith() throws {
    let (graph, ids) = try deduplicated([
      { try $0.builder.addEnumeration(named: "e", values: []) },
      { try $0.builder.addEnumeration(named: "e", values: [("A", 1)]) },
      { try $0.builder.addEnumeration(named: "e", values: [("A", 1)]) },
      { try $0.builder.addEnumeration(named: "e", values: [("A", 2)]) },
    ])
    #expect(graph.ids(named: "e").count == 2)
    let kept = try #require(ids[TypeID(5)])
    guard case .enumeration(let type) = try graph.type(kept) else { throw Unexpected() }
    #expect(type.enumerators.map(\.value) == [1])
  }

  @Test func everyKindIsUnifiedButVariablesAndSections() throws {
    let sample = try SampleTypes()
    let one = try TypeGraph(bytes: sample.blob)
    var builder = TypeGraphBuilder()
    let first = try builder.append(one)
    let second = try builder.append(one)
    let result = try TypeGraph(bytes: try builder.build()).deduplicated()
    let graph = try TypeGraph(bytes: result.bytes)
    try graph.validate()
    // The second variable and section, which refer to the first copy's types.
    #expect(graph.count == one.count + 2)
    for id in one.ids {
      let kept = try #require(first[id].flatMap { result.ids[$0] })
      let other = try #require(second[id].flatMap { result.ids[$0] })
      #expect(kept == id)
      switch one.kind(of: id) {
      case .variable, .dataSection: #expect(other != id && graph.name(of: other) == one.name(of: id))
      default: #expect(other == id)
      }
      #expect(try graph.rawText(of: kept) == one.rawText(of: id))
    }
    let alone = try TypeGraph(bytes: try one.deduplicated().bytes)
    #expect(try alone.rawText() == one.rawText())
  }

  @Test func ownTypesBecomeThoseOfTheBase() throws {
    let base = try Relocating.graph { try list(&$0, owner: $0.int) }
    var builder = TypeGraphBuilder(base: base)
    let int = try builder.addInteger(named: "int", size: 4, isSigned: true)
    let added = try builder.addStructure(named: "mine", size: 4, members: [.init("a", int, bitOffset: 0)])
    let module = try TypeGraph(bytes: try builder.build(), base: base)
    let result = try module.deduplicated()
    let graph = try TypeGraph(bytes: result.bytes, base: base)
    #expect(graph.count == base.count + 1)
    #expect(result.ids[int] == base.id(named: "int", kind: .integer))
    let mine = try #require(result.ids[added])
    #expect(try graph.cDefinition(of: mine) == "struct mine {\n\tint a;\n};")
  }

  @Test(.enabled(if: Kernel.hasClang, "clang is not installed"))
  func typesOfTwoObjects() throws {
    let one = try BTFExtensionTests.Sections(TestObject("relocations")).types
    let other = try BTFExtensionTests.Sections(TestObject("relocated_reads")).types
    var builder = TypeGraphBuilder()
    let maps = [(one, try builder.append(one)), (other, try builder.append(other))]
    let result = try TypeGraph(bytes: try builder.build()).deduplicated()
    let graph = try TypeGraph(bytes: result.bytes)
    try graph.validate()
    for name in ["int", "__u64", "task_struct___local", "task_struct___shifted"] {
      #expect(graph.ids(named: name).count == 1, "\(name)")
    }
    // Of the same name, but with different members.
    #expect(graph.ids(named: "task_struct___gone").count == 2)
    for (source, map) in maps {
      for id in source.ids where source.kind(of: id) != .forward {
        let kept = try #require(map[id].flatMap { result.ids[$0] })
        #expect((try? graph.cDefinition(of: kept)) == (try? source.cDefinition(of: id)))
      }
    }
  }

  /// Some of the kernel's types, twice.
  @Test(.enabled(if: Kernel.hasBTF, "this kernel has no BTF"))
  func twoCopiesOfAKernelsTypesBecomeOne() throws {
    let kernel = try Kernel.graph.get()
    let names = ["bpf_attr", "list_head", "rb_node", "callback_head", "timer_list", "work_struct", "bpf_insn"]
    let wanted = names.flatMap { kernel.ids(named: $0) } + kernel.ids(of: .enumeration) + kernel.ids(of: .integer)
    var builder = TypeGraphBuilder()
    try builder.append(wanted, of: kernel)
    let once = try TypeGraph(bytes: try builder.build())
    try builder.append(wanted, of: kernel)
    let result = try TypeGraph(bytes: try builder.build()).deduplicated()
    #expect(once.count > 1000)
    #expect(try TypeGraph(bytes: result.bytes).rawText() == once.rawText())
  }

  @Test func damagedTypesNeverCrash() throws {
    let blob = try SampleTypes().blob
    var random = SeededGenerator(seed: 0xded)
    for _ in 0..<3000 {
      var bytes = blob
      for _ in 0...Int.random(in: 0..<4, using: &random) {
        bytes[Int.random(in: 24..<bytes.count, using: &random)] = .random(in: 0...31, using: &random)
      }
      guard let graph = try? TypeGraph(bytes: bytes), let result = try? graph.deduplicated() else { continue }
      let kept = try TypeGraph(bytes: result.bytes)
      #expect(kept.count <= graph.count)
      try kept.validateReferences()
    }
  }

  @Test func endlessChainsAreRefused() throws {
    var builder = TypeGraphBuilder()
    try builder.addConst(TypeID(2))
    try builder.addVolatile(TypeID(1))
    let graph = try TypeGraph(bytes: try builder.build())
    #expect(throws: BTFError.self) { try graph.deduplicated() }
    // A chain that is only long has an end.
    var long = TypeGraphBuilder()
    for index in 0..<20_000 { try long.addConst(TypeID(UInt32(index + 2))) }
    try long.addInteger(named: "int", size: 4)
    #expect(try TypeGraph(bytes: try TypeGraph(bytes: try long.build()).deduplicated().bytes).count == 20_002)
  }
}

extension TypeGraph {
  func rawText() throws -> String {
    var text = ""
    for id in ids { try appendRawText(of: id, to: &text) }
    return text
  }

  fileprivate func rawText(of id: TypeID) throws -> String {
    var text = ""
    try appendRawText(of: id, to: &text)
    return text
  }

  fileprivate func validateReferences() throws {
    for id in ownIDs {
      try existingRecord(id).forEachReference { other in
        if Int(other.rawValue) >= count { throw Unexpected() }
      }
    }
  }
}
