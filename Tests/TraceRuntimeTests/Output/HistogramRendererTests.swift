import Testing
import TraceCompiler

@testable import TraceRuntime

@Suite struct HistogramRendererTests {
  private func lines(_ renderer: HistogramRenderer, dividedBy divisor: UInt64 = 1) -> [String] {
    var output = ByteBuffer()
    renderer.write(dividedBy: divisor, to: &output)
    return output.text.split(separator: "\n").map(String.init)
  }

  private func json(_ renderer: HistogramRenderer) -> String {
    var output = ByteBuffer()
    renderer.writeJSON(dividedBy: 1, to: &output)
    return output.text
  }

  private func logarithmic(_ counts: [Int: UInt64], bits: Int = 0) -> HistogramRenderer {
    let layout = LogarithmicBuckets(bits: bits)
    return HistogramRenderer((0..<layout.count).map { counts[$0] ?? 0 }, layout)
  }

  @Test func powersOfTwo() {
    let renderer = logarithmic([0: 1, 1: 1, 3: 2, 12: 1])
    let shown = lines(renderer)
    #expect(shown.count == 13)
    #expect(shown[0] == "(..., 0)               1 |@@@@@@@@@@@@@@@@@@@@@@@@@@                          |")
    #expect(shown[1] == "[0]                    1 |@@@@@@@@@@@@@@@@@@@@@@@@@@                          |")
    #expect(shown[2] == "[1]                    0 |                                                    |")
    #expect(shown[3] == "[2, 4)                 2 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|")
    #expect(shown[11].hasPrefix("[512, 1K) "))
    #expect(shown[12].hasPrefix("[1K, 2K)               1 |"))
    #expect(
      json(logarithmic([0: 1, 3: 2]))
        == #"[{"max": -1, "count": 1}, {"min": 0, "max": 0, "count": 0}, {"min": 1, "max": 1, "count": 0}, "#
        + #"{"min": 2, "max": 3, "count": 2}]"#)
    #expect(lines(logarithmic([65: 1])).first?.hasPrefix("[8E, 16E)") == true)
    #expect(lines(logarithmic([:])).isEmpty)
  }

  @Test func finerBuckets() {
    #expect(lines(logarithmic([4: 1], bits: 2))[0].hasPrefix("[3] "))
    #expect(lines(logarithmic([6: 1], bits: 2))[0].hasPrefix("[5] "))
    #expect(lines(logarithmic([9: 1], bits: 2))[0].hasPrefix("[8, 10) "))
    #expect(
      lines(logarithmic([37: 1, 38: 1], bits: 2)).map { $0.prefix(16) } == ["[1K, 1280)      ", "[1280, 1536)    "])
  }

  @Test func linear() {
    let layout = LinearBuckets(minimum: 0, maximum: 10, step: 2)
    let renderer = HistogramRenderer([1, 0, 3, 0, 0, 0, 1], layout)
    let shown = lines(renderer)
    #expect(shown.count == 7)
    #expect(shown[0].hasPrefix("(..., 0)               1 |@@@@@@@@@@@@@@@@@ "))
    #expect(shown[2].hasPrefix("[2, 4)                 3 |@@@@"))
    #expect(shown[6].hasPrefix("[10, ...)              1 |"))
    #expect(
      json(HistogramRenderer([1, 1, 0, 0, 0, 0, 1], layout)).hasPrefix(
        #"[{"max": -1, "count": 1}, {"min": 0, "max": 1, "count": 1}, "#))
    #expect(json(HistogramRenderer([0, 0, 0, 0, 0, 0, 1], layout)) == #"[{"min": 10, "count": 1}]"#)
    let large = LinearBuckets(minimum: 0, maximum: 10240, step: 1024)
    #expect(lines(HistogramRenderer([0, 1] + Array(repeating: 0, count: 10), large))[0].hasPrefix("[0, 1K) "))
    #expect(lines(HistogramRenderer(Array(repeating: 0, count: 11) + [1], large))[0].hasPrefix("[10K, ...) "))
    let uneven = LinearBuckets(minimum: 0, maximum: 4096, step: 1000)
    #expect(lines(HistogramRenderer([0, 1, 0, 0, 0, 0], uneven))[0].hasPrefix("[0, 1000) "))
  }

  @Test func countsAreDividedAndBarsAreNot() {
    #expect(
      lines(logarithmic([1: 10, 2: 5]), dividedBy: 5).map { $0.prefix(30) }
        == ["[0]                    2 |@@@@", "[1]                    1 |@@@@"])
    let full = lines(logarithmic([1: .max, 2: .max / 2 + 1]))
    #expect(full[0].hasSuffix("|" + String(repeating: "@", count: 52) + "|"))
    #expect(full[1].hasSuffix("|" + String(repeating: "@", count: 26) + String(repeating: " ", count: 26) + "|"))
  }
}
