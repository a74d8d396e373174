import BTF
import KernelInterface
import LinuxSystem
import Testing

@testable import BPF

/// What is made of records that an older kernel does not know.
@Suite struct TypeSanitizingTests {
  /// One record of every kind that some kernel lacks.
  private static func everything() throws -> TypeGraph {
    var builder = TypeGraphBuilder()
    let int = try builder.addInteger(named: "int", size: 4, isSigned: true)  // 1
    let variable = try builder.addVariable(named: "counter", type: int)  // 2
    try builder.addDataSection(
      named: "?.data.x", size: 4, variables: [SectionVariable(variable: variable, offset: 0, size: 4)])  // 3
    let prototype = try builder.addFunctionPrototype(returning: int, parameters: [.init("count", int)])  // 4
    try builder.addFunctionPrototype(returning: int, parameters: [.init("", int)])  // 5
    let empty = try builder.addFunctionPrototype(returning: int, parameters: [])  // 6
    try builder.addFunction(named: "f", prototype: prototype, linkage: .global)  // 7
    try builder.addFunction(named: "g", prototype: empty)  // 8
    try builder.addFloat(named: "double", size: 8)  // 9
    try builder.addDeclarationTag("tag", on: variable)  // 10
    try builder.addPointer(to: try builder.addTypeTag("user", on: int))  // 12, of 11
    try builder.addEnumeration(named: "big", size: 8, values: [("one", 1), ("huge", 1 << 40)])  // 13
    try builder.addEnumeration(named: "small", isSigned: true, values: [("minus", -1)])  // 14
    return try TypeGraph(bytes: builder.build())
  }

  @Test(
    arguments: [
      (
        .dataSections,
        [
          "[2] INT 'counter' size=1 bits_offset=0 nr_bits=8 encoding=(none)",
          "[3] STRUCT '__data_x' size=4 vlen=1\n\t'counter' type_id=2 bits_offset=0",
        ]
      ),
      (.questionMarks, ["[3] DATASEC '_.data.x' size=4 vlen=1\n\ttype_id=2 offset=0 size=4 (VAR 'counter')"]),
      (
        .functions,
        [
          "[4] ENUM '(anon)' encoding=UNSIGNED size=4 vlen=1\n\t'count' val=1",
          "[5] ENUM '(anon)' encoding=UNSIGNED size=4 vlen=1\n\t'parameter_0' val=1", "[6] CONST '(anon)' type_id=0",
          "[7] TYPEDEF 'f' type_id=4", "[8] TYPEDEF 'g' type_id=6",
        ]
      ),
      (.globalFunctions, ["[7] FUNC 'f' type_id=4 linkage=static"]),
      (.floats, ["[9] STRUCT '(anon)' size=8 vlen=0"]),
      (.declarationTags, ["[10] INT 'tag' size=1 bits_offset=0 nr_bits=8 encoding=(none)"]),
      (.typeTags, ["[11] CONST '(anon)' type_id=1"]),
      (
        .wideEnumerations,
        [
          "[13] UNION 'big' size=8 vlen=2\n\t'one' type_id=1 bits_offset=0\n\t'huge' type_id=1 bits_offset=0",
          "[14] ENUM 'small' encoding=UNSIGNED size=4 vlen=1\n\t'minus' val=4294967295",
        ]
      ), (.attributeTags, []), ([], []),
    ] as [(TypeSupport, [String])])
  func exchangesWhatIsMissing(missing: TypeSupport, expected: [String]) throws {
    let graph = try Self.everything()
    var records = try TypeRecords(copying: graph)
    records.sanitize(for: TypeSupport.everything.subtracting(missing))
    let sanitized = try TypeGraph(bytes: records.encoded())
    let changed = try sanitized.ids.map { try sanitized.text(of: $0) }.filter { text in
      try !graph.ids.contains { try graph.text(of: $0) == text }
    }
    #expect(changed == expected)
  }

  /// The running kernel takes what is made for any older one: the features are in the order in which they came.
  @Test func theKernelTakesIt() throws {
    let running = try #require(try TypeSupport(probing: LiveKernel(), token: nil))
    for count in 0...9 {
      var records = try TypeRecords(copying: Self.everything())
      records.sanitize(for: running.intersection(TypeSupport(rawValue: 1 << count - 1)))
      let bytes = try records.encoded()
      #expect(throws: Never.self, "with the first \(count)") { try LiveKernel().loadBTF(bytes).withNumber { _ in } }
    }
    // What this kernel has, it says itself.
    for (feature, kind) in [
      (TypeSupport.functions, BTFKind.function), (.dataSections, .dataSection), (.floats, .float),
      (.declarationTags, .declarationTag), (.typeTags, .typeTag), (.wideEnumerations, .enumeration64),
    ] {
      #expect(running.contains(feature) == KernelFeatures.running.has(.typeKind(kind)), "\(kind)")
    }
  }

  /// Attributes, which are tags with a mark, are exchanged where the kernel knows plain tags only.
  @Test func attributesAreTagsWithAMark() throws {
    let tag = TypeID(11)
    var records = try TypeRecords(copying: Self.everything())
    records.setHeader(of: tag, flag: true)
    records.sanitize(for: TypeSupport.everything.subtracting(.attributeTags))
    #expect(try TypeGraph(bytes: records.encoded()).text(of: tag) == "[11] CONST '(anon)' type_id=1")
  }
}

extension TypeGraph {
  fileprivate func text(of id: TypeID) throws -> String {
    var text = ""
    try appendRawText(of: id, to: &text)
    return String(text.split(separator: "\n", omittingEmptySubsequences: true).joined(separator: "\n"))
  }
}
