import Testing

@testable import BPF

@Suite struct CheckSiteTests {
  @Test func linesAreTakenApart() {
    #expect(
      CheckSite("a/b: c.swift:12:9: arithmetic overflow")
        == nil)
    #expect(
      CheckSite("a/b.swift:12:9: arithmetic overflow")
        == CheckSite(file: "a/b.swift", line: 12, column: 9, reason: "arithmetic overflow"))
    #expect(CheckSite("c:/b.swift:1:2: a: b") == CheckSite(file: "c:/b.swift", line: 1, column: 2, reason: "a: b"))
    #expect(CheckSite("?:0:0: trap") == CheckSite(file: "", line: 0, column: 0, reason: "trap"))
    #expect(CheckSite("arithmetic overflow") == nil)
    #expect(CheckSite("") == nil)
  }
}
