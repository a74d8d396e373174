import Testing

@testable import BTF

/// Reading a graph, and refusing what is none.
@Suite struct TypeGraphTests {
  @Test func readsWhatTheBuilderWrote() throws {
    let sample = try SampleTypes()
    let graph = try TypeGraph(bytes: sample.blob)
    try graph.validate()
    #expect(Set(graph.ids.map { graph.kind(of: $0) }) == Set(BTFKind.allCases.filter { $0 != .void }))
    guard case .integer(let int) = try graph.type(sample.int) else { throw Unexpected() }
    #expect(int.name == "int" && int.size == 4 && int.isSigned && !int.isBoolean && int.bitCount == 32)
    guard case .function(let handler) = try graph.type(sample.handler) else { throw Unexpected() }
    #expect(handler.name == "handle_node" && handler.linkage == .global)
    guard case .functionPrototype(let proto) = try graph.type(handler.prototype) else { throw Unexpected() }
    #expect(proto.parameters.map(\.name) == ["node", "flags"] && proto.isVariadic && proto.result == sample.int)
    guard case .dataSection(let section) = try graph.type(sample.section) else { throw Unexpected() }
    #expect(section.variables.map(\.size) == [8] && section.name == ".data")
    let tags = try graph.ids(of: .declarationTag).map { id throws in
      guard case .declarationTag(let tag) = try graph.type(id) else { throw Unexpected() }
      return "\(tag.name) \(tag.target == sample.handler) \(tag.component ?? -1)"
    }
    #expect(tags == ["bpf_kfunc true -1", "nullable true 0"])
  }

  @Test func readsTheOtherByteOrder() throws {
    let sample = try SampleTypes()
    let plain = try TypeGraph(bytes: sample.blob)
    // Everything but the strings, the version and the flags is made of 32-bit words, and the magic of one half.
    var swapped = sample.blob
    swapped.swapAt(0, 1)
    for word in stride(from: 4, to: plain.strings.lowerBound, by: 4) {
      swapped[word..<word + 4] = ArraySlice(sample.blob[word..<word + 4].reversed())
    }
    let graph = try TypeGraph(bytes: swapped)
    try graph.validate()
    #expect(graph.isByteSwapped && graph.count == plain.count)
    #expect(try graph.memberNames(of: sample.node) == plain.memberNames(of: sample.node))
    #expect(try graph.member(path: "y", of: sample.node).bitOffset == 224)
    #expect(graph.enumerator(named: "HUGE")?.value == 1 << 40)
  }

  @Test func continuesItsBase() throws {
    let sample = try SampleTypes()
    let base = try TypeGraph(bytes: sample.blob)
    var builder = TypeGraphBuilder(base: base)
    let pointer = try builder.addPointer(to: sample.node)
    let holder = try builder.addStructure(
      named: "holder", size: 8, members: [.init("first", pointer, bitOffset: 0)])
    _ = try builder.addEnumeration(named: "mood", values: [("GLAD", 7)])
    let graph = try TypeGraph(bytes: try builder.build(), base: base)
    try graph.validate()
    #expect(pointer == TypeID(UInt32(base.count)) && graph.count == base.count + 3)
    #expect(graph.name(of: holder) == "holder" && graph.name(of: sample.node) == "node")
    #expect(graph.ids(named: "node") == [sample.node] && graph.id(named: "holder", kind: .structure) == holder)
    #expect(graph.ownIDs.count == 3 && base.ids(named: "holder").isEmpty)
    #expect(graph.enumerator(named: "GLAD")?.value == 7 && graph.enumerator(named: "GREEN")?.value == 1)
    let first = try graph.member(path: "first", of: holder)
    let target = try #require(try graph.pointee(of: first.type))
    #expect(try graph.member(path: "x", of: target).byteOffset == 24)
  }

  @Test(
    arguments: [
      ([], .truncatedHeader(length: 0), 0),
      ([UInt8](repeating: 0x9f, count: 10), .truncatedHeader(length: 10), 0),
      ([UInt8](repeating: 0, count: 24), .badMagic(0), 0),
      ([0x9f, 0xeb, 2, 0] + [UInt8](repeating: 0, count: 20), .unsupportedVersion(2), 2),
      ([0x9f, 0xeb, 1, 0] + [UInt8](repeating: 0, count: 20), .sectionOutOfBounds(.header), 4),
      (blob(types: [], typesLength: 100), .sectionOutOfBounds(.types), 8),
      (blob(types: [], strings: [1, 0]), .unterminatedStrings, 24),
      (blob(types: [], strings: [0, 1]), .unterminatedStrings, 24),
      (blob(types: [0, 2 << 24]), .truncatedType(TypeID(1)), 24),
      (blob(types: [0, 4 << 24 | 1, 4]), .truncatedType(TypeID(1)), 24),
      (blob(types: [0, 31 << 24, 0]), .unknownKind(TypeID(1), kind: 31), 28),
      (blob(types: [0, 0, 0]), .unknownKind(TypeID(1), kind: 0), 28),
      (blob(types: [0, 2 << 24, 0, 9, 2 << 24, 0]), .nameOutOfBounds(TypeID(2), nameOffset: 9), 36),
    ] as [([UInt8], BTFError.Reason, Int)])
  func refuses(bytes: [UInt8], reason: BTFError.Reason, offset: Int) {
    #expect(throws: BTFError(reason, at: offset)) { try TypeGraph(bytes: bytes) }
  }

  @Test func validationFindsDanglingIDs() throws {
    let graph = try TypeGraph(bytes: blob(types: [0, 2 << 24, 7]))
    #expect(throws: BTFError(.unknownType(TypeID(7)), at: 32)) { try graph.validate() }
    #expect(throws: BTFError(.unknownType(TypeID(7)))) { try graph.type(TypeID(7)) }
    #expect(graph.kind(of: TypeID(7)) == nil && graph.name(of: TypeID(7)) == "")
  }
}

struct Unexpected: Error {}

/// Raw bytes with the given words as their type section.
func blob(types: [UInt32], typesLength: UInt32? = nil, strings: [UInt8] = [0]) -> [UInt8] {
  let length = UInt32(types.count * 4)
  var bytes: [UInt8] = [0x9f, 0xeb, 1, 0]
  for word in [24, 0, typesLength ?? length, length, UInt32(strings.count)] + types { bytes.appendWord(word) }
  return bytes + strings
}
