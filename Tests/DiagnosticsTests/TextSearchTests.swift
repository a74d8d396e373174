import Diagnostics
import Testing

@Suite struct TextSearchTests {
  @Test func findsTheFirstPlace() {
    let text = "aab ab"
    #expect(text.firstRange(ofText: "ab").map { text[..<$0.lowerBound] } == "a")
    #expect("größe".contains(text: "öß"))
    #expect(!"ab".contains(text: "abc"))
    #expect(!"ab".contains(text: ""))
  }

  @Test func splitsAtATextOfSeveralLetters() {
    #expect("::1::".pieces(separatedBy: "::") == ["", "1", ""])
    #expect("1:2".pieces(separatedBy: "::") == ["1:2"])
  }
}
