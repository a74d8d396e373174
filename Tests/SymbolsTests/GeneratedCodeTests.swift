import Testing

@testable import Symbols

@Suite struct GeneratedCodeTests {
  @Test func readsAMapFile() {
    let text = """
      7f00 10 LazyCompile:~first node.js:1
      7f10 8 second
      7f00 10 replaced
      nonsense
      7f20 0 empty
      ffffffffffffffff 10 outside
      """
    let index = Array(text.utf8).withUnsafeBytes { GeneratedCode.parse($0) }
    #expect(index.location(of: 0x7f01) == FunctionIndex.Location(name: "replaced", offset: 1))
    #expect(index.location(of: 0x7f17) == FunctionIndex.Location(name: "second", offset: 7))
    #expect(index.location(of: 0x7f18) == nil)
    #expect(index.location(of: 0x7f20) == nil)
    #expect(index.location(of: 0x7eff) == nil)
  }
}
