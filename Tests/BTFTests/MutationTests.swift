import TestObjects
import Testing

@testable import BTF

/// Bytes that were damaged give an error or an answer, and never a crash.
@Suite struct MutationTests {
  /// Asks a graph everything; errors are fine.
  private func interrogate(_ bytes: [UInt8]) {
    guard let graph = try? TypeGraph(bytes: bytes) else { return }
    try? graph.validate()
    var dump = CDump(of: graph)
    let value = [UInt8](repeating: 0x5a, count: 4096)
    for id in graph.ids.prefix(64) {
      _ = graph.ids(named: graph.name(of: id))
      try? dump.define(id)
      _ = try? graph.alignment(of: id)
      _ = try? graph.pointerTags(of: id)
      _ = try? graph.memberNames(of: id)
      _ = try? graph.member(path: "flags.high", of: id)
      _ = try? graph.member(path: "matrix[1][2]", of: id)
      _ = try? graph.declaration(of: id, named: "x")
      _ = try? graph.cDefinition(of: id)
      if (try? graph.size(of: id)) ?? .max <= value.count {
        _ = value.withUnsafeBytes { try? graph.formatValue($0, as: id) }
      }
      guard let type = try? graph.type(id) else { continue }
      switch type {
      case .functionPrototype(let prototype):
        _ = prototype.isVariadic
        for parameter in prototype.parameters { _ = parameter.name }
      case .dataSection(let section): for variable in section.variables { _ = graph.name(of: variable.variable) }
      case .enumeration(let enumeration):
        for value in enumeration.enumerators { _ = graph.enumerator(named: value.name) }
      case .integer(let integer): _ = integer.isCharacter
      default: break
      }
    }
  }

  @Test func damagedBytes() throws {
    let blob = try SampleTypes().blob
    var random = SeededGenerator(seed: 0x5eed)
    for _ in 0..<2000 {
      var bytes = blob
      for _ in 0...Int.random(in: 0..<4, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[place] = .random(in: 0...255, using: &random)
        case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 2: bytes[place] = [0, 1, 0x7f, 0x80, 0xff].randomElement(using: &random) ?? 0
        default: bytes.removeLast(min(bytes.count - 1, Int.random(in: 0..<8, using: &random)))
        }
      }
      interrogate(bytes)
    }
  }

  @Test func everyTruncation() throws {
    let blob = try SampleTypes().blob
    for length in 0..<blob.count { #expect(throws: BTFError.self) { try TypeGraph(bytes: Array(blob[..<length])) } }
  }

  @Test func randomBytesBehindAGoodHeader() throws {
    var random = SeededGenerator(seed: 1)
    for _ in 0..<2000 {
      // Kinds that exist, with small numbers all over: most of it parses.
      let words = (0..<Int.random(in: 3..<60, using: &random)).map { index -> UInt32 in
        let small = UInt32.random(in: 0..<12, using: &random)
        return Bool.random(using: &random) ? small : UInt32.random(in: 1...19, using: &random) << 24 | small
      }
      interrogate(testBlob(words))
    }
  }

  private func testBlob(_ words: [UInt32]) -> [UInt8] {
    blob(types: words, strings: [0] + Array("flags\0high\0".utf8))
  }

  @Test func manyEqualNamesAndDeepNesting() throws {
    // Each anonymous struct holds the next one twice: 2^60 paths, but 60 types.
    var builder = TypeGraphBuilder()
    for index in 1..<60 {
      let next = TypeID(UInt32(index + 1))
      try builder.addStructure(
        named: "", size: 0, members: [.init("", next, bitOffset: 0), .init("", next, bitOffset: 0)])
    }
    try builder.addStructure(named: "", size: 0, members: [])
    let graph = try TypeGraph(bytes: try builder.build())
    #expect(try graph.member(named: "x", of: TypeID(1)) == nil)
    #expect(try graph.alignment(of: TypeID(1)) == 1)
    #expect(throws: BTFError.self) { try graph.cDefinition(of: TypeID(1)) }
    #expect(throws: BTFError.self) { try [UInt8]().withUnsafeBytes { try graph.formatValue($0, as: TypeID(1)) } }
  }
}
