import Testing

@testable import BTF

/// Sizes, alignments, members by path, and chains that lead nowhere.
@Suite struct LayoutTests {
  let sample: SampleTypes
  let graph: TypeGraph

  init() throws {
    sample = try SampleTypes()
    graph = try TypeGraph(bytes: sample.blob)
  }

  @Test func resolvesModifiers() throws {
    #expect(try graph.resolve(sample.alias) == sample.node)
    #expect(try graph.resolveQualifiers(sample.alias) == sample.alias)
    let text = try graph.member(path: "text", of: sample.alias)
    #expect(try graph.pointerTags(of: text.type) == .user)
    #expect(try graph.pointerTags(of: graph.member(path: "next", of: sample.node).type) == [])
  }

  @Test func measures() throws {
    #expect(try graph.size(of: sample.alias) == 112)
    #expect(try graph.size(of: graph.member(path: "matrix", of: sample.node).type) == 24)
    #expect(try graph.alignment(of: sample.alias) == 8)
    #expect(try graph.alignment(of: sample.flags) == 4)
    #expect(throws: BTFError(.noSize(.void, .void))) { try graph.size(of: .void) }
    #expect(throws: BTFError(.noSize(sample.handler, .function))) { try graph.size(of: sample.handler) }
  }

  @Test(arguments: [
    ("next", 0), ("name", 64), ("name[3]", 88), ("raw", 192), ("x", 192), ("y", 224), ("matrix[1][2]", 480),
    ("flags.high", 515), ("flags.rest", 528), ("wide", 704),
  ])
  func findsMembers(path: String, bitOffset: Int) throws {
    #expect(try graph.member(path: path, of: sample.alias).bitOffset == bitOffset)
  }

  @Test(arguments: [
    ("nothing", "nothing"), ("name[16]", "name[16]"), ("name[-1]", "name[-1]"), ("name[1", "name[1"), ("", ""),
    ("flags.", ""), ("matrix[1][3]", "matrix[1][3]"), ("x[0]", "x[0]"),
  ])
  func refusesPaths(path: String, step: String) throws {
    let owner = path == "flags." ? sample.flags : sample.node
    let asked = path == "flags." ? try graph.member(path: "flags", of: sample.node).type : owner
    #expect(throws: BTFError(.unknownMember(step, of: asked))) { try graph.member(path: path, of: sample.node) }
  }

  @Test func doesNotLookThroughPointers() throws {
    let next = try graph.member(path: "next", of: sample.node).type
    #expect(throws: BTFError(.unexpectedKind(next, found: .pointer, expected: "a struct or union"))) {
      try graph.member(path: "next.name", of: sample.node)
    }
  }

  @Test func seesBitFields() throws {
    let high = try graph.member(path: "flags.high", of: sample.node)
    let bits = try #require(try graph.bits(of: high))
    #expect(bits.offset == 515 && bits.count == 5)
    #expect(try graph.bits(of: graph.member(path: "flags.rest", of: sample.node)) == nil)
    // The form of old compilers: an int of 5 bits that begin at bit 3, in a struct without the flag.
    let old = try TypeGraph(
      bytes: blob(types: [0, 1 << 24, 4, 3 << 16 | 5, 0, 4 << 24 | 1, 4, 1, 1, 0], strings: [0, 0x61, 0]))
    let member = try #require(try old.member(named: "a", of: TypeID(2)))
    let oldBits = try #require(try old.bits(of: member))
    #expect(member.bitFieldSize == nil && oldBits.offset == 3 && oldBits.count == 5)
  }

  @Test func listsMemberNamesThroughAnonymousOnes() throws {
    #expect(
      try graph.memberNames(of: sample.node) == [
        "next", "name", "raw", "x", "y", "text", "matrix", "flags", "color", "weight", "valid", "wide", "parts",
      ])
  }

  @Test func packedStructsHaveAlignmentOne() throws {
    var builder = TypeGraphBuilder()
    let int = try builder.addInteger(named: "int", size: 4)
    let packed = try builder.addStructure(named: "packed", size: 7, members: [.init("a", int, bitOffset: 24)])
    let graph = try TypeGraph(bytes: try builder.build())
    #expect(try graph.alignment(of: packed) == 1)
    #expect(try graph.isPacked(graph.composite(packed)))
  }

  @Test func cyclesAreErrors() throws {
    // const → volatile → const
    let chain = try TypeGraph(bytes: blob(types: [0, 10 << 24, 2, 0, 9 << 24, 1]))
    #expect(throws: BTFError(.chainTooDeep(TypeID(1)))) { try chain.resolve(TypeID(1)) }
    #expect(throws: BTFError(.chainTooDeep(TypeID(2)))) { try chain.size(of: TypeID(2)) }
    #expect(throws: BTFError(.chainTooDeep(TypeID(1)))) { try chain.validate() }
    // An array of itself, with 2^32 - 1 elements.
    let array = try TypeGraph(bytes: blob(types: [0, 3 << 24, 0, 1, 1, .max]))
    #expect(throws: BTFError(.sizeOverflow(TypeID(1)))) { try array.size(of: TypeID(1)) }
    // An anonymous struct within itself.
    let structure = try TypeGraph(bytes: blob(types: [0, 4 << 24 | 1, 4, 0, 1, 0]))
    #expect(throws: BTFError(.recursiveType(TypeID(1)))) { try structure.alignment(of: TypeID(1)) }
    #expect(try structure.member(named: "a", of: TypeID(1)) == nil)
    #expect(try structure.memberNames(of: TypeID(1)) == [])
  }
}
