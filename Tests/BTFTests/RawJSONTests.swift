import Testing

@testable import BTF

/// Records as JSON.
@Suite struct RawJSONTests {
  private func graph() throws -> TypeGraph {
    var builder = TypeGraphBuilder()
    let int = try builder.addInteger(named: "int", size: 4, isSigned: true)
    try builder.addStructure(
      named: "a\"b", size: 4, members: [.init("", int, bitOffset: 0), .init("low", int, bitOffset: 3, bitFieldSize: 2)])
    return try TypeGraph(bytes: try builder.build())
  }

  @Test func hasNoWhiteSpaceUnlessLaidOut() throws {
    var text: [UInt8] = []
    try graph().appendRawJSON(of: TypeID(1), to: &text)
    #expect(
      String(decoding: text, as: UTF8.self) == """
        {"id":1,"kind":"INT","name":"int","size":4,"bits_offset":0,"nr_bits":32,"encoding":"SIGNED"}
        """)
  }

  @Test func escapesNamesAndIndentsMembers() throws {
    var text: [UInt8] = []
    try graph().appendRawJSON(of: TypeID(2), to: &text, level: 0)
    #expect(
      String(decoding: text, as: UTF8.self) == #"""
        {
            "id": 2,
            "kind": "STRUCT",
            "name": "a\"b",
            "size": 4,
            "vlen": 2,
            "members": [{
                    "name": "(anon)",
                    "type_id": 1,
                    "bits_offset": 0
                },{
                    "name": "low",
                    "type_id": 1,
                    "bits_offset": 3,
                    "bitfield_size": 2
                }
            ]
        }
        """#)
  }

  @Test func appendsNothingForAMissingType() throws {
    var text: [UInt8] = [1]
    let graph = try graph()
    #expect(throws: BTFError(.unknownType(TypeID(9)))) { try graph.appendRawJSON(of: TypeID(9), to: &text) }
    #expect(text == [1])
  }
}
