import Testing

@testable import BPFRun

@Suite struct LogLineTests {
  private func record(_ words: [UInt64]) -> [UInt8] {
    words.flatMap { word in withUnsafeBytes(of: word) { Array($0) } }
  }

  private func line(_ words: [UInt64]) -> LogLine? { record(words).withUnsafeBytes { LogLine($0) } }

  private func piece(_ kind: UInt64, _ bytes: [UInt8]) -> [UInt64] {
    let padded = bytes + [UInt8](repeating: 0, count: (8 - bytes.count % 8) % 8)
    return [kind | UInt64(bytes.count) << 32]
      + padded.withUnsafeBytes { bytes in
        (0..<bytes.count / 8).map { bytes.loadUnaligned(fromByteOffset: $0 * 8, as: UInt64.self) }
      }
  }

  private func message(level: UInt64 = 1, cut: Bool = false, _ pieces: [UInt64]) -> LogLine? {
    line([99, 7 | UInt64(pieces.count + 2) << 32 | level << 48 | (cut ? 1 << 56 : 0)] + pieces)
  }

  @Test func piecesBecomeALine() throws {
    let pieces =
      piece(1, Array("from ".utf8)) + piece(2, Array("bash\0rest".utf8)) + piece(1, Array(": ".utf8))
      + [3 | 8 << 32, 42] + [4 | 8 << 32, UInt64(bitPattern: -5)] + [5 | 8 << 32, 255] + [6 | 8 << 32, 1]
    let line = try #require(message(pieces))
    #expect(line.text == "from bash: 42-50xfftrue")
    #expect(line.time == 99 && line.process == 7)
    #expect(
      line.json(map: "log")
        == #"{"type":"log","map":"log","time":99,"pid":7,"level":"information","data":"from bash: 42-50xfftrue"}"#)
  }

  @Test(
    arguments: [
      ([10, 0, 0, 1], "10.0.0.1"),
      ([0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], "2001:db8::1"),
      ([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], "::"),
      ([0xfe, 0x80, 0, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0], "fe80:1:0:2::"),
    ] as [([UInt8], String)])
  func addressesAreWrittenAsPeopleDo(_ bytes: [UInt8], _ text: String) {
    #expect(message(piece(bytes.count == 4 ? 7 : 8, bytes))?.text == text)
  }

  @Test func theLevelIsSaidUnlessItIsTheUsualOne() {
    #expect(message(level: 3, piece(1, Array("no".utf8)))?.shownText == "error: no")
    #expect(message(cut: true, piece(1, Array("yes".utf8)))?.shownText == "yes…")
  }

  @Test func otherRecordsAreNoLines() {
    let good = piece(1, Array("text".utf8))
    #expect(message(good) != nil)
    #expect(message(level: 4, good) == nil)
    #expect(line([99, 7 | 5 << 32] + good) == nil)
    #expect(line([1 | 9 << 32, 0]) == nil)
    #expect(line([9 | 8 << 32, 0]) == nil)
    #expect(line([3 | 4 << 32, 0]) == nil)
    #expect([UInt8](repeating: 0, count: 20).withUnsafeBytes { LogLine($0) } == nil)
    #expect([UInt8]().withUnsafeBytes { LogLine($0) } == nil)
  }
}
