import Diagnostics
import GoldenFiles
import Testing

@testable import TraceLanguage

/// Every golden script, cut, doubled, swapped and sprinkled with other bytes: each end must be a tree or a message.
@Suite struct MutationTests {
  /// A small generator of numbers, the same in every run (xorshift64*).
  private struct Numbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state ^= state >> 12
      state ^= state << 25
      state ^= state >> 27
      return state &* 0x2545_f491_4f6c_dd1d
    }
  }

  private static let pieces = [
    "{", "}", "(", ")", "[", "]", "/", "//", "/*", "*/", "\"", "'", ";", ",", ":", "..", "=", "==", "?", "?:", ".",
    "->",
    "++", "-", "$", "$1", "$#", "@", "@x", "$x", "0", "08", "0x", "1e9", "18446744073709551615", "ns", "if ", "else ",
    "for ", "let ", "struct ", "typeof(", "sizeof(", "(uint8)", "begin", "kprobe:f", "macro ", "fn ", "config = {",
    "#define ", "#if ", "#else\n", "#endif\n", "#include <", "\\", "\n", "\t", "\u{0}", "é", "__attribute__((",
    "comptime ",
  ]

  private static func mutate(_ bytes: [UInt8], _ numbers: inout Numbers) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &numbers) {
      let start = Int.random(in: 0...bytes.count, using: &numbers)
      let end = Int.random(in: start...min(bytes.count, start + 12), using: &numbers)
      switch Int.random(in: 0..<5, using: &numbers) {
      case 0: bytes.removeSubrange(start..<end)
      case 1: bytes.insert(contentsOf: bytes[start..<end], at: start)
      case 2:
        bytes.replaceSubrange(start..<end, with: pieces.randomElement(using: &numbers).map { Array($0.utf8) } ?? [])
      case 3 where start < bytes.count: bytes[start] = UInt8.random(in: 0...255, using: &numbers)
      default: bytes.insert(contentsOf: pieces.randomElement(using: &numbers).map { Array($0.utf8) } ?? [], at: start)
      }
    }
    return bytes
  }

  @Test(arguments: GoldenFile.names(in: "Parsing"))
  func mutants(of name: String) throws {
    var numbers = Numbers(state: name.utf8.reduce(0x9e37_79b9) { $0 &* 31 &+ UInt64($1) })
    for sample in try GoldenFile(name).cases {
      for _ in 0..<200 {
        let bytes = Self.mutate(Array(sample.source.utf8), &numbers)
        let source = SourceText(name: "stdin", bytes: bytes)
        var diagnostics = DiagnosticList()
        let script = Script(parsing: source, reporting: &diagnostics)
        #expect(!DiagnosticRenderer([source]).render(diagnostics).isEmpty || diagnostics.isEmpty)
        for diagnostic in diagnostics.all { #expect(diagnostic.span.end <= bytes.count) }
        if !diagnostics.hasErrors { expectRoundTrip(script) }
      }
    }
  }
}
