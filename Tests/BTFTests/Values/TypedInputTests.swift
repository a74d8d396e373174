import TestObjects
import Testing

@testable import BTF

/// Values as people type them, and as JSON.
@Suite struct TypedInputTests {
  let sample: SampleTypes
  let graph: TypeGraph

  init() throws {
    sample = try SampleTypes()
    graph = try TypeGraph(bytes: sample.blob)
  }

  private func json(_ text: String, as id: TypeID) throws -> String {
    let bytes = try graph.bytes(ofTyped: text, as: id)
    return try bytes.withUnsafeBytes { try graph.value(of: id, in: $0).json }
  }

  @Test func everySortOfMember() throws {
    let text = """
      { .next = 0xffff888000000010, name: "a\\"b\\n", x: 3, y: -4, matrix: [[1, 2, 3], [0x10]], flags: {low: 5, high: -7,
        rest: 'r'}, color: GREEN, weight: 1.5, valid: true, wide: HUGE, parts: -1 }
      """
    #expect(
      try json(text, as: sample.node)
        == #"{"next":"0xffff888000000010","name":"a\"b\n","raw":18446744056529682435,"x":3,"y":-4,"text":"0x0","#
        + #""matrix":[[1,2,3],[16,0,0]],"flags":{"low":5,"high":-7,"rest":114},"color":"GREEN","weight":1.5,"#
        + #""valid":true,"wide":"HUGE","parts":-1}"#)
    #expect(try json("{}", as: sample.flags) == #"{"low":0,"high":0,"rest":0}"#)
    #expect(try json("77", as: sample.color) == "77")
  }

  @Test func addresses() throws {
    var builder = TypeGraphBuilder()
    let u32 = try builder.addInteger(named: "unsigned int", size: 4)
    let u8 = try builder.addInteger(named: "unsigned char", size: 1)
    let be32 = try builder.addTypedef(named: "__be32", for: u32)
    let four = try builder.addArray(of: u8, count: 4, indexedBy: u32)
    let sixteen = try builder.addArray(of: be32, count: 4, indexedBy: u32)
    let graph = try TypeGraph(bytes: try builder.build())
    for type in [be32, four] {
      for text in ["10.0.0.1", "\"10.0.0.1\""] { #expect(try graph.bytes(ofTyped: text, as: type) == [10, 0, 0, 1]) }
    }
    #expect(
      try graph.bytes(ofTyped: "\"fe80::1:10.0.0.1\"", as: sixteen)
        == [0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 10, 0, 0, 1])
    #expect(try graph.bytes(ofTyped: "\"::\"", as: sixteen) == Array(repeating: 0, count: 16))
    for text in ["10.0.0", "10.0.0.256", "\"fe80:::1\"", "\"1:2\"", "\"1::2::3\""] {
      #expect(throws: TypedInputError.self) { try graph.bytes(ofTyped: text, as: sixteen) }
    }
  }

  @Test func numbersOfAllWidths() throws {
    var builder = TypeGraphBuilder()
    let int = try builder.addInteger(named: "int", size: 4, isSigned: true)
    let byte = try builder.addInteger(named: "unsigned char", size: 1)
    let long = try builder.addInteger(named: "unsigned long", size: 8)
    let graph = try TypeGraph(bytes: try builder.build())
    func bytes(_ text: String, _ id: TypeID) throws -> [UInt8] { try graph.bytes(ofTyped: text, as: id) }
    #expect(try bytes("-2", int) == [0xfe, 0xff, 0xff, 0xff])
    #expect(try bytes("0xfffffffe", int) == [0xfe, 0xff, 0xff, 0xff])
    #expect(try bytes("0b101", byte) == [5])
    #expect(try bytes("18446744073709551615", long) == Array(repeating: 0xff, count: 8))
    for (text, id) in [("2147483648", int), ("256", byte), ("-1", byte), ("18446744073709551616", long)] {
      #expect(throws: TypedInputError.self) { try bytes(text, id) }
    }
    let error = #expect(throws: TypedInputError.self) { try bytes("300", byte) }
    #expect(error?.description == "'300' does not fit into unsigned char: 0 to 255")
  }

  @Test(arguments: [
    (
      "{pid: 1}",
      "struct node has no member 'pid'; it has next, name, raw, x, y, text, matrix, flags, color, weight, valid, wide, parts"
    ),
    (
      "{name: \"12345678901234567\"}",
      "name: \"12345678901234567\" does not fit into char[16]: it has 16 bytes, and the string 17"
    ),
    ("{matrix: [1]}", "matrix[0]: '1' is no unsigned int[3]: a list in square brackets expected"),
    (
      "{matrix: [[1], [1, 2, 3, 4]]}",
      "matrix[1]: a list does not fit into unsigned int[3]: it has 3 elements, and 4 are given"
    ),
    ("{flags: {low: 8}}", "flags.low: '8' does not fit into unsigned int: 0 to 7"),
    ("{color: PURPLE}", "color: 'PURPLE' is no enum color: a number expected"),
    ("5", "'5' is no struct node: members in braces, as in {name: value} expected"),
    ("{x 5}", "':' or '=' expected at character 4"), ("{x: }", "a value expected at character 5"),
    ("{} x", "the end expected at character 4"), ("{name: \"a", "a closing \" expected at character 10"),
    ("", "a value expected at character 1"),
  ])
  func errorsNameThePlace(text: String, words: String) throws {
    let error = #expect(throws: TypedInputError.self) { try graph.bytes(ofTyped: text, as: sample.node) }
    #expect(error?.description == words)
  }

  @Test func bigEndianBitFields() throws {
    var builder = TypeGraphBuilder()
    let int = try builder.addInteger(named: "unsigned int", size: 4)
    let id = try builder.addStructure(
      named: "s", size: 4,
      members: [
        .init("a", int, bitOffset: 0, bitFieldSize: 5), .init("b", int, bitOffset: 5, bitFieldSize: 11),
        .init("c", int, bitOffset: 16, bitFieldSize: 16),
      ])
    let blob = try builder.build()
    let little = try TypeGraph(bytes: blob)
    let big = try TypeGraph(bytes: CopyingTests.swappedBytes(of: blob))
    for graph in [little, big] {
      let bytes = try graph.bytes(ofTyped: "{a: 21, b: 1025, c: 0xbeef}", as: id)
      let value = try bytes.withUnsafeBytes { try graph.value(of: id, in: $0).json }
      #expect(value == #"{"a":21,"b":1025,"c":48879}"#)
    }
  }

  @Test func randomTextsNeverCrash() throws {
    var random = SeededGenerator(seed: 0x1a9)
    let parts = [
      "{", "}", "[", "]", ":", ",", "x", "name", "flags", "low", "1", "-", "0x", "\"", "'", "\\", ".", "é", " ",
    ]
    for _ in 0..<4000 {
      let text = (0..<Int.random(in: 0..<12, using: &random)).map { _ in parts.randomElement(using: &random) ?? "" }
      _ = try? graph.bytes(ofTyped: text.joined(), as: sample.node)
      _ = try? graph.bytes(ofTyped: text.joined(), as: TypeID(.random(in: 0..<40, using: &random)))
    }
    #expect(throws: TypedInputError.self) {
      try graph.bytes(ofTyped: String(repeating: "[", count: 100_000), as: sample.node)
    }
  }
}
