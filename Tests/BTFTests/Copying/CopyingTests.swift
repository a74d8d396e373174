import Testing

@testable import BTF

/// Types that are taken from one graph into another.
@Suite struct CopyingTests {
  @Test func chosenTypesWithAllThatTheyNeed() throws {
    let sample = try SampleTypes()
    let graph = try TypeGraph(bytes: sample.blob)
    var builder = TypeGraphBuilder()
    let before = try builder.addFloat(named: "before", size: 8)
    let map = try builder.append([sample.flags, sample.color], of: graph)
    let copy = try TypeGraph(bytes: try builder.build())
    try copy.validate()
    #expect(copy.ids.map { copy.name(of: $0) } == ["before", "int", "unsigned int", "char", "color", "flags"])
    #expect(map[sample.node] == nil && map[.void] == .void && before == TypeID(1))
    for id in [sample.flags, sample.color] {
      #expect(try copy.cDefinition(of: try #require(map[id])) == graph.cDefinition(of: id))
    }
    // Through circles, too.
    var other = TypeGraphBuilder()
    let all = try other.append([sample.handler, sample.section], of: graph)
    let handler = try #require(all[sample.handler])
    let text = try TypeGraph(bytes: try other.build()).cDefinition(of: handler)
    #expect(try text == graph.cDefinition(of: sample.handler))
    #expect(throws: BTFError.self) { try other.append([TypeID(999)], of: graph) }
  }

  @Test func typesOfABaseStayThere() throws {
    let base = try TypeGraph(bytes: try SampleTypes().blob)
    let int = try #require(base.id(named: "int", kind: .integer))
    var own = TypeGraphBuilder(base: base)
    let mine = try own.addStructure(named: "mine", size: 4, members: [.init("a", int, bitOffset: 0)])
    let module = try TypeGraph(bytes: try own.build(), base: base)
    var builder = TypeGraphBuilder(base: base)
    let map = try builder.append([mine], of: module)
    let copy = try TypeGraph(bytes: try builder.build(), base: base)
    #expect(copy.count == base.count + 1 && map[mine] == mine)
    #expect(try copy.cDefinition(of: mine) == "struct mine {\n\tint a;\n};")
    // A graph that stands alone takes the base's types along.
    var alone = TypeGraphBuilder()
    try alone.append([mine], of: module)
    #expect(try TypeGraph(bytes: try alone.build()).count == 3)
    #expect(throws: BTFError(.mismatchedBase)) { try alone.append(module) }
  }

  @Test func graphsOfTheOtherByteOrder() throws {
    let blob = try SampleTypes().blob
    let graph = try TypeGraph(bytes: blob)
    let swapped = try TypeGraph(bytes: Self.swappedBytes(of: blob))
    #expect(swapped.isByteSwapped)
    var builder = TypeGraphBuilder()
    try builder.append(swapped)
    #expect(try TypeGraph(bytes: try builder.build()).rawText() == graph.rawText())
    #expect(try TypeGraph(bytes: try swapped.deduplicated().bytes).rawText() == graph.rawText())
  }

  /// The same types as a machine of the other byte order writes them.
  static func swappedBytes(of blob: [UInt8]) -> [UInt8] {
    var bytes = blob
    bytes.swapAt(0, 1)
    let stringLength = Int(blob[20]) | Int(blob[21]) << 8
    for word in stride(from: 4, to: blob.count - stringLength, by: 4) {
      bytes.swapAt(word, word + 3)
      bytes.swapAt(word + 1, word + 2)
    }
    return bytes
  }
}
