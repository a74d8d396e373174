import Synchronization
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

  /// Both ways of looking for a name answer the same, whatever the order.
  @Test func searchesAsItLooksUp() throws {
    var builder = TypeGraphBuilder()
    let int = try builder.addInteger(named: "int", size: 4)
    for number in 0..<5000 {
      try builder.addTypedef(named: number % 7 == 0 ? "same" : "name_\(number)", for: int)
      try builder.addPointer(to: builder.nextID)
    }
    let last = try builder.addStructure(named: "z", size: 0, members: [])
    let blob = try builder.build()
    let names = ["int", "same", "name_1", "name_4999", "name_", "ame_1", "e", "z", "", "none", "name_1\0", "int\0same"]
    let graph = try TypeGraph(bytes: blob)
    for name in names + names {
      var (searched, looked): ([TypeID], [TypeID]) = ([], [])
      var text = name
      text.withUTF8 { text in
        NameSearch(graph: graph).forEachID(named: UnsafeRawBufferPointer(text)) {
          searched.append($0); return true
        }
        NameIndex(of: graph).forEachID(named: UnsafeRawBufferPointer(text), in: graph) {
          looked.append($0); return true
        }
      }
      #expect(searched == looked, "\(name)")
      #expect(graph.ids(named: name) == looked, "\(name)")
    }
    #expect(graph.ids(named: "z") == [last])
    #expect(graph.ids(named: "same").count == 715)
    #expect(graph.nameIndex.load() != nil)
    let asked = try TypeGraph(bytes: blob)
    #expect(asked.id(named: "same", kind: .typedef) == asked.ids(named: "same").first)
    #expect(asked.nameIndex.load() == nil)
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
