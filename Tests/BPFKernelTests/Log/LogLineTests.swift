import Testing

@testable import BPFKernel

private let log = Log()

@Suite struct LogLineTests {
  private func lines(_ body: () -> Void) -> [String] {
    let kernel = SimulatedKernel()
    kernel.run(body)
    return kernel.lines(of: log)
  }

  private static let addresses: [([UInt8], String)] = [
    ([0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], "2001:db8::1"),
    ([UInt8](repeating: 0, count: 16), "::"),
    ([UInt8](repeating: 0, count: 15) + [1], "::1"),
    ([0, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 3, 0, 4, 0, 0], "1:0:2::3:4:0"),
    ([0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8], "1:2:3:4:5:6:7:8"),
  ]

  @Test(arguments: addresses)
  func addressesAreShort(bytes: [UInt8], text: String) {
    #expect(lines { log("\(ipv6: InlineArray<16, UInt8> { bytes[$0] })") } == [text])
  }

  @Test func whatDoesNotFitIsLeftOut() throws {
    let kernel = SimulatedKernel()
    let text = Characters<100>(repeating: UInt8(ascii: "a"))
    kernel.run { _ = log("\(text)\(text)\(text)") }
    let record = try #require(kernel.map(at: word(log.raw)).values.first)
    let line = try #require(LogLine(decoding: record))
    #expect(line.isCut)
    #expect(line.text == String(repeating: "a", count: 200))
    #expect(record.count == (2 + 2 * 14) * 8)
  }

  @Test func aRecordSaysWhoSentItAndWhen() throws {
    let kernel = SimulatedKernel()
    kernel.process = 77
    kernel.time = 123
    kernel.run { _ = log("x", level: .error) }
    let record = try #require(kernel.map(at: word(log.raw)).values.first)
    let line = try #require(LogLine(decoding: record))
    #expect(line.process == 77)
    #expect(line.time == 123)
    #expect(line.level == .error)
    for count in 0..<record.count { #expect(LogLine(decoding: Array(record[..<count])) == nil) }
  }
}
