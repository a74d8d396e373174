import ELF
import TestObjects
import Testing

@testable import BTF

/// What compilers say about instructions, read back.
@Suite struct BTFExtensionTests {
  /// The two sections of an object.
  struct Sections {
    let types: TypeGraph
    let bytes: [UInt8]

    init(_ object: TestObject) throws {
      let file = try ELFFile(ByteRegion(try object.bytes()))
      func contents(_ name: String) throws -> [UInt8] {
        let section = try #require(file.section(named: name))
        return try file.contents(of: section).withUnsafeBytes { Array($0) }
      }
      types = try TypeGraph(bytes: try contents(".BTF"))
      bytes = try contents(".BTF.ext")
    }
  }

  @Test(.enabled(if: Kernel.hasClang, "clang is not installed"), arguments: [false, true])
  func readsWhatClangWrites(bigEndian: Bool) throws {
    let sections = try Sections(TestObject("relocations", .init(isBigEndian: bigEndian)))
    let types = sections.types
    let extra = try BTFExtension(bytes: sections.bytes, types: types)
    #expect(extra.functions.map(\.name) == ["raw_tp/sys_enter", "socket"])
    let names = extra.functions.map { $0.records.map { types.name(of: $0.type) } }
    #expect(names == [["fields", "types", "enumerators"], ["packet"]])
    #expect(extra.functions[0].records[0].instructionOffset == 0)
    #expect(extra.lines.map(\.name) == ["raw_tp/sys_enter", "socket"])
    let first = try #require(extra.lines[1].records.first)
    #expect(types.string(at: first.fileNameOffset).hasSuffix("/relocations.bpf.c"))
    #expect(extra.lines[1].records.allSatisfy { $0.instructionOffset % 8 == 0 && $0.line > 100 })
    #expect(types.string(at: first.textOffset) == "int packet(struct sk_buff *buffer) {")
    #expect(extra.relocations.map(\.name) == ["raw_tp/sys_enter", "socket"])
    let kinds = Set(extra.relocations.flatMap { $0.records.map(\.kind) })
    #expect(kinds == Set(CORERelocationKind.allCases))
    let protocolField = try #require(extra.relocations[1].records.first)
    #expect(types.name(of: protocolField.type) == "sk_buff")
    #expect(protocolField.access == "0:1" && protocolField.kind == .fieldByteOffset)
  }

  @Test func toleratesLongerRecordsAndRefusesShorterOnes() throws {
    let sample = try SampleTypes()
    let types = try TypeGraph(bytes: sample.blob)
    let longer = Self.blob(functions: [12, 1, 1, 8, sample.handler.rawValue, 99])
    let extra = try BTFExtension(bytes: longer, types: types)
    #expect(extra.functions.first?.records == [FunctionRecord(instructionOffset: 8, type: sample.handler)])
    #expect(extra.lines.isEmpty && extra.relocations.isEmpty)
    let fault = #expect(throws: BTFError.self) {
      try BTFExtension(bytes: Self.blob(functions: [4, 1, 1, 8]), types: types)
    }
    #expect(fault?.reason == .malformedExtension(.badRecordLength(4, of: "functions", needed: 8)))
    #expect(
      fault?.description
        == "records of functions have 4 bytes, where whole words of at least 8 bytes are expected (at byte 24 of .BTF.ext)"
    )
    #expect(throws: BTFError.self) { try BTFExtension(bytes: Self.blob(functions: [8, 1, 2, 8, 1]), types: types) }
    #expect(throws: BTFError.self) { try BTFExtension(bytes: Self.blob(functions: [8, 1 << 20, 0]), types: types) }
    #expect(throws: BTFError.self) { try BTFExtension(bytes: Self.blob(functions: [8, 1, .max]), types: types) }
  }

  @Test(.enabled(if: Kernel.hasClang, "clang is not installed"))
  func damagedBytesNeverCrash() throws {
    let sections = try Sections(TestObject("relocations"))
    var random = SeededGenerator(seed: 0xe87)
    for _ in 0..<3000 {
      var bytes = sections.bytes
      for _ in 0...Int.random(in: 0..<3, using: &random) {
        // Half of the damage hits the header and the first part's, where the sizes are.
        let limit = Bool.random(using: &random) ? min(48, bytes.count) : bytes.count
        bytes[Int.random(in: 0..<limit, using: &random)] = [0, 1, 0x7f, 0x80, 0xff].randomElement(using: &random) ?? 0
      }
      if Int.random(in: 0..<4, using: &random) == 0 {
        bytes.removeLast(Int.random(in: 1..<bytes.count, using: &random))
      }
      _ = try? BTFExtension(bytes: bytes, types: sections.types)
    }
    for length in 0..<32 {
      #expect(throws: BTFError.self) {
        try BTFExtension(bytes: Array(sections.bytes[..<length]), types: sections.types)
      }
    }
  }

  /// A `.BTF.ext` with these words about functions, and nothing else.
  static func blob(functions: [UInt32]) -> [UInt8] {
    var bytes: [UInt8] = []
    let length = UInt32(functions.count * 4)
    for word in [0x0001_eb9f, 24, 0, length, length, 0] + functions { bytes.appendWord(word) }
    return bytes
  }
}
