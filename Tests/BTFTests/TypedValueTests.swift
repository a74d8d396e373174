import Testing

@testable import BTF

/// Values read from bytes.
@Suite struct TypedValueTests {
  let sample: SampleTypes
  let graph: TypeGraph

  init() throws {
    sample = try SampleTypes()
    graph = try TypeGraph(bytes: sample.blob)
  }

  private func format(_ bytes: [UInt8], _ id: TypeID, in graph: TypeGraph? = nil) throws -> String {
    try bytes.withUnsafeBytes { try (graph ?? self.graph).formatValue($0, as: id) }
  }

  @Test func structs() throws {
    var bytes = [UInt8](repeating: 0, count: 112)
    bytes.replaceSubrange(0..<8, with: [0xef, 0xbe, 0, 0, 0, 0, 0xff, 0xff])
    bytes.replaceSubrange(8..<13, with: Array("bash\0".utf8))
    bytes[13] = 0x78  // after the zero, which ends the text
    bytes.replaceSubrange(24..<32, with: [1, 0, 0, 0, 0xfe, 0xff, 0xff, 0xff])
    for index in 0..<6 { bytes[40 + index * 4] = UInt8(index) }
    bytes[64] = 0b1111_0_101  // low 5, high -2 (its five bits are 11110)
    bytes[66] = 7
    bytes.replaceSubrange(68..<72, with: [0xff, 0xff, 0xff, 0xff])
    bytes.replaceSubrange(72..<80, with: [0, 0, 0, 0, 0, 0, 0xf8, 0x3f])
    bytes[80] = 1
    bytes.replaceSubrange(88..<96, with: [UInt8](repeating: 0xff, count: 8))
    bytes[96] = 9
    #expect(
      try format(bytes, sample.node) == """
        { .next = 0xffff00000000beef, .name = bash, .raw = 18446744065119617025, .x = 1, .y = -2, .text = 0x0, \
        .matrix = [[0,1,2],[3,4,5]], .flags = { .low = 5, .high = -2, .rest = 7 }, .color = BLUE, .weight = 1.5, \
        .valid = true, .wide = MINUS_ONE, .parts = 9 }
        """)
    #expect(throws: BTFError(.valueTooShort(sample.node, needed: 112, given: 111))) {
      try format(Array(bytes[..<111]), sample.node)
    }
  }

  @Test(arguments: [
    (16, true, [UInt8](repeating: 0xff, count: 16), "-1"),
    (16, false, [UInt8](repeating: 0xff, count: 16), "340282366920938463463374607431768211455"),
    (16, true, [UInt8](repeating: 0, count: 15) + [0x80], "-170141183460469231731687303715884105728"),
    (8, false, [UInt8](repeating: 0xff, count: 8), "18446744073709551615"), (2, true, [0, 0x80], "-32768"),
    (1, false, [200], "200"),
  ])
  func integers(size: Int, isSigned: Bool, bytes: [UInt8], text: String) throws {
    var builder = TypeGraphBuilder()
    let id = try builder.addInteger(named: "i", size: size, isSigned: isSigned)
    #expect(try format(bytes, id, in: try TypeGraph(bytes: try builder.build())) == text)
  }

  @Test func enumsBeyondTheirValues() throws {
    #expect(try format([9, 0, 0, 0], sample.color) == "9")
    #expect(try format([0xfe, 255, 255, 255, 255, 255, 255, 255], sample.big) == "-2")
  }

  @Test func emptyAndAnonymousParts() throws {
    var builder = TypeGraphBuilder()
    let int = try builder.addInteger(named: "int", size: 4, isSigned: true)
    let empty = try builder.addStructure(named: "empty", size: 0, members: [])
    let many = try builder.addArray(of: empty, count: .init(UInt32.max), indexedBy: int)
    let tail = try builder.addArray(of: int, count: 0, indexedBy: int)
    let id = try builder.addStructure(
      named: "s", size: 4,
      members: [
        .init("", int, bitOffset: 0, bitFieldSize: 3), .init("bit", int, bitOffset: 3, bitFieldSize: 1),
        .init("empty", empty, bitOffset: 32), .init("many", many, bitOffset: 32), .init("tail", tail, bitOffset: 32),
      ])
    let graph = try TypeGraph(bytes: try builder.build())
    #expect(try format([8, 0, 0, 0], id, in: graph) == "{ .bit = -1, .empty = {}, .many = [], .tail = [] }")
    #expect(throws: BTFError(.noSize(.void, .void))) { try format([1], .void) }
  }

  @Test func bigEndianBitFields() throws {
    // On a big-endian machine, bit offsets count from the highest bit of the first byte.
    let little = try SampleTypes().blob
    var swapped = little
    let strings = try TypeGraph(bytes: little).strings.lowerBound
    swapped.swapAt(0, 1)
    for word in stride(from: 4, to: strings, by: 4) {
      swapped[word..<word + 4] = ArraySlice(little[word..<word + 4].reversed())
    }
    let graph = try TypeGraph(bytes: swapped)
    #expect(graph.isBigEndian)
    #expect(try format([0b101_11110, 0, 7, 0], sample.flags, in: graph) == "{ .low = 5, .high = -2, .rest = 7 }")
    #expect(try format([0, 0, 0, 1], sample.color, in: graph) == "GREEN")
  }
}
