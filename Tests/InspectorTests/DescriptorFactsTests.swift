import KernelInterface
import KernelTesting
import LinuxSystem
import Testing

@testable import Inspector

@Suite struct DescriptorFactsTests {
  private func facts(_ text: String, _ body: (DescriptorFacts) throws -> Void) throws {
    let path = "/tmp/descriptor-facts-\(SystemClock.monotonic.nanoseconds)-\(UInt32.random(in: 0...UInt32.max))"
    try FileSystem.write(Array(text.utf8), to: path)
    defer { try? FileSystem.remove(path) }
    try body(DescriptorFacts(path: path))
  }

  @Test func readsWordsAndNumbers() throws {
    try facts("pos:\t0\nprog_id_not:\t9\nmemlock:\t4096\nfrozen:\t1\nbig:\t99999999999999999999\nlast:\t7") { facts in
      #expect(facts.number("memlock") == 4096)
      #expect(facts["frozen"] == "1")
      #expect(facts.number("last") == 7)
      #expect(facts.number("big") == nil)
      #expect(facts["prog_id"] == nil)
      #expect(facts.object == nil)
    }
  }

  @Test func aLinkIsNotItsProgram() throws {
    try facts("link_type:\ttracing\nlink_id:\t5\nprog_tag:\tab\nprog_id:\t6\n") { facts in
      #expect(facts.object?.kind == .link)
      #expect(facts.object?.id == 5)
    }
  }

  @Test func aLongFileIsReadToItsEnd() throws {
    try facts(String(repeating: "filler:\t1\n", count: 500) + "map_id:\t3\n") { facts in
      #expect(facts.object?.kind == .map)
    }
  }

  @Test func aFileThatIsNotThereHasNoFacts() { #expect(DescriptorFacts(path: "/proc/self/fdinfo/none")["pos"] == nil) }
}
