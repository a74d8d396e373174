import Testing

@testable import LinuxSystem

@Suite struct ShellCommandTests {
  @Test func outputIsWhatTheCommandWrote() throws {
    #expect(try ShellCommand("printf 'a b'; exit 3").output() == Array("a b".utf8))
    #expect(try ShellCommand("exec >&-; printf lost 2>/dev/null").output() == [])
    #expect(try ShellCommand("kill -9 $$").output() == [])
  }

  @Test func moreThanAPipeHolds() throws {
    #expect(try ShellCommand("head -c 200000 /dev/zero").output().count == 200_000)
  }

  @Test func whatNoProgramCanTake() {
    #expect(throws: SystemCallError.self) { try ShellCommand("a\0b").output() }
  }
}
