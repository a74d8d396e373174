import GoldenFiles
import Testing

@testable import BPFBuild

/// Modules that no compiler would print are rewritten, or refused, and nothing worse.
@Suite struct DamagedModuleTests {
  /// The same numbers in every run.
  private struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 29)
    }
  }

  @Test(arguments: GoldenFile.names(in: "Rules"))
  func damageIsSurvived(_ name: String) throws {
    var generator = Generator(state: UInt64(name.utf8.count))
    for source in try GoldenFile(name).cases.map({ Array(($0.source + "\n").utf8) }) {
      for _ in 0..<60 {
        var bytes = source
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
          let place = Int.random(in: 0..<bytes.count, using: &generator)
          let end = min(bytes.count, place + Int.random(in: 1...20, using: &generator))
          switch Int.random(in: 0..<4, using: &generator) {
          case 0: bytes.removeSubrange(place..<end)
          case 1: bytes.insert(contentsOf: bytes[place..<end], at: place)
          case 2: bytes[place] = Array("\"(){}[]<>!@%,: 09\n".utf8).randomElement(using: &generator) ?? 0
          default: bytes.insert(contentsOf: "99999999999".utf8, at: place)
          }
          if bytes.isEmpty { break }
        }
        _ = Rewriting.rewrite(IRText(bytes)).text
      }
    }
  }
}
