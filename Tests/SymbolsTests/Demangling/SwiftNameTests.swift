import Symbols
import Testing

@Suite struct SwiftNameTests {
  @Test(
    arguments: [
      ("$s4main2dmySSSgSSF", "main.dm(Swift.String) -> Swift.Optional<Swift.String>"),
      ("_$s4main2dmySSSgSSF", "main.dm(Swift.String) -> Swift.Optional<Swift.String>"),
      ("$sgarbage", nil), ("$s", nil), ("$salad", nil),
    ] as [(String, String?)])
  func demangles(name: String, expected: String?) {
    #expect(Demangler.demangle(name) == expected)
  }
}
