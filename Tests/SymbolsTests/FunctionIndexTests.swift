import ELF
import Testing

@testable import Symbols

@Suite struct FunctionIndexTests {
  /// An index of functions given as name, address, size and rank; what has no size ends at 0x9000.
  static func index(_ functions: [(String, UInt64, UInt64, Int)]) -> FunctionIndex {
    var collector = FunctionCollector()
    var strings: [UInt8] = [0]
    for (name, address, size, rank) in functions {
      collector.functions.append(
        .init(
          address: address, size: size, end: size == 0 ? 0x9000 : address + size, table: 0, nameOffset: strings.count,
          rank: rank))
      strings += Array(name.utf8) + [0]
    }
    collector.strings = [ByteRegion(strings)]
    return FunctionIndex(collector)
  }

  static let nested = index([
    ("outer", 0x1000, 0x100, 0), ("inner", 0x1010, 0x10, 0), ("label", 0x1080, 0, 64), ("after", 0x2000, 8, 0),
    ("last", 0x8000, 0, 64),
  ])

  @Test(
    arguments: [
      (0x0fff, nil, 0), (0x1000, "outer", 0), (0x100f, "outer", 15), (0x1010, "inner", 0), (0x101f, "inner", 15),
      (0x1020, "outer", 0x20), (0x1080, "label", 0), (0x10ff, "label", 0x7f), (0x1100, nil, 0), (0x2007, "after", 7),
      (0x2008, nil, 0), (0x8fff, "last", 0xfff), (0x9000, nil, 0), (.max, nil, 0),
    ] as [(UInt64, String?, UInt64)])
  func theInnermostFunctionWins(address: UInt64, name: String?, offset: UInt64) {
    let location = Self.nested.location(of: address)
    #expect(location?.name == name)
    #expect(location?.offset ?? 0 == offset)
  }

  @Test func overlappingFunctionsEndWhereTheySay() {
    let index = Self.index([("one", 0x10, 0x20, 0), ("two", 0x20, 0x20, 0)])
    #expect(index.location(of: 0x1f)?.name == "one")
    #expect(index.location(of: 0x2f)?.name == "two")
    #expect(index.location(of: 0x3f)?.name == "two")
    #expect(index.location(of: 0x40) == nil)
  }

  @Test func theBestNameOfAnAddressWins() {
    let index = Self.index([("__GI_read", 0x10, 8, 10), ("read", 0x10, 8, 1), ("__read", 0x10, 8, 8)])
    #expect(index.location(of: 0x12) == FunctionIndex.Location(name: "read", offset: 2))
  }

  @Test func anEmptyIndexKnowsNothing() {
    #expect(Self.index([]).isEmpty)
    #expect(Self.index([]).location(of: 0) == nil)
  }
}
