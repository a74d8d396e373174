import LinuxSystem
import Testing

@Suite struct CapabilityRenunciationTests {
  private func capabilities() throws -> String {
    let status = try FileSystem.text(of: "/proc/thread-self/status")
    return try String(#require(status.split(separator: "\n").first { $0.hasPrefix("CapEff:") }))
  }

  @Test func givesThemBack() throws {
    let before = try capabilities()
    let within = try CapabilityRenunciation.run { try? capabilities() }
    #expect(within == "CapEff:\t0000000000000000")
    #expect(try capabilities() == before)
  }
}
