import Foundation
import Testing

@testable import BPF

@Suite struct GzipArchiveTests {
  /// What gzip(1) makes of bytes.
  private func pack(_ bytes: [UInt8], _ arguments: String...) throws -> [UInt8] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "gzip-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "with a name")
    try Data(bytes).write(to: file)
    let gzip = Process()
    gzip.executableURL = URL(filePath: "/usr/bin/env")
    gzip.arguments = ["gzip"] + arguments + [file.path]
    try gzip.run()
    gzip.waitUntilExit()
    return [UInt8](try Data(contentsOf: folder.appending(path: "with a name.gz")))
  }

  private static func text(_ count: Int) -> [UInt8] {
    Array(
      (0..<count).map { "CONFIG_OPTION_\($0 &* 2_654_435_761 % 1000)=\($0 % 3 == 0 ? "y" : "\"text \($0)\"")\n" }
        .joined().utf8)
  }

  private static func noise(_ count: Int) -> [UInt8] {
    var state: UInt32 = 1
    return (0..<count).map { _ in
      state = state &* 1_664_525 &+ 1_013_904_223
      return UInt8(truncatingIfNeeded: state >> 24)
    }
  }

  @Test(arguments: [
    [], [7], Array("hello hello hello".utf8), text(20_000), noise(100_000), [UInt8](repeating: 0, count: 70_000),
  ])
  func unpacksWhatGzipPacks(_ bytes: [UInt8]) throws {
    for level in ["-1", "-6", "-9"] {
      #expect(try GzipArchive.unpack(pack(bytes, level)) == bytes)
    }
    #expect(try GzipArchive.unpack(pack(bytes, "-n")) == bytes)
  }

  @Test func refusesWhatIsBroken() throws {
    let whole = try pack(Self.text(300), "-n")
    #expect(throws: GzipArchive.Malformed.noHeader) { try GzipArchive.unpack([UInt8](repeating: 0, count: 40)) }
    #expect(throws: GzipArchive.Malformed.tooLong) { try GzipArchive.unpack(whole, limit: 100) }
    for length in 0..<whole.count {
      #expect(throws: GzipArchive.Malformed.self) { try GzipArchive.unpack(Array(whole[..<length])) }
    }
    // A changed bit is found by the checksum at the latest. Header bytes 4 to 9 mean nothing here, nor may the last bits
    // before the checksum.
    for place in 10..<whole.count where place != whole.count - 9 {
      var changed = whole
      changed[place] ^= 0x10
      #expect(throws: GzipArchive.Malformed.self) { try GzipArchive.unpack(changed) }
    }
  }
}
