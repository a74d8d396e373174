import Testing

@testable import BTF

/// Finding types and enum values by name.
@Suite struct NameTests {
  @Test func findsTypesByNameAndKind() throws {
    var builder = TypeGraphBuilder()
    let int = try builder.addInteger(named: "int", size: 4)
    let file = try builder.addStructure(named: "file", size: 0, members: [])
    let typedef = try builder.addTypedef(named: "file", for: int)
    let long = String(repeating: "a_name_of_many_bytes_", count: 5)
    let many = try (0..<200).map { try builder.addTypedef(named: "\(long)\($0)", for: int) }
    let graph = try TypeGraph(bytes: try builder.build())
    #expect(graph.ids(named: "file") == [file, typedef])
    #expect(graph.id(named: "file", kind: .typedef) == typedef && graph.id(named: "file", kind: .union) == nil)
    #expect((0..<200).map { graph.ids(named: "\(long)\($0)") } == many.map { [$0] })
    #expect(graph.ids(named: "").isEmpty && graph.ids(named: "fil").isEmpty && graph.ids(named: "file_").isEmpty)
    #expect(graph.ids(named: "file\0").isEmpty)
    #expect(graph.ids(of: .typedef, matching: NamePattern("*_19?")) == Array(many[190...199]))
  }

  @Test func findsEnumerators() throws {
    let sample = try SampleTypes()
    let graph = try TypeGraph(bytes: sample.blob)
    let blue = try #require(graph.enumerator(named: "BLUE"))
    #expect(blue.enumeration == sample.color && blue.value == 0xffff_ffff && blue.valueText == "4294967295")
    let lowest = try #require(graph.enumerator(named: "LOWEST"))
    #expect(lowest.enumeration == sample.big && lowest.value == .min && lowest.isSigned)
    #expect(graph.enumerator(named: "color") == nil && graph.enumerator(named: "") == nil)
    guard case .enumeration(let color) = try graph.type(sample.color) else { throw Unexpected() }
    #expect(color.name(ofValue: -1) == "BLUE" && color.name(ofValue: 5) == nil && !color.is64Bit)
    guard case .enumeration(let big) = try graph.type(sample.big) else { throw Unexpected() }
    #expect(big.enumerators.map(\.value) == [.min, -1, 1 << 40] && big.is64Bit && big.size == 8)
  }
}
