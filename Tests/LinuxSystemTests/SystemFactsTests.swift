import Testing

@testable import LinuxSystem

@Suite struct SystemFactsTests {
  @Test(arguments: [("0-3,8,10-11\n", [0, 1, 2, 3, 8, 10, 11]), ("0", [0]), ("", []), ("2,0-1", [0, 1, 2])])
  func readsCPULists(_ text: String, _ cpus: [Int]) { #expect(CPUList(text)?.cpus == cpus) }

  @Test(arguments: ["3-1", "a", "1-2-3", "-1", "0-99999999999", "9223372036854775808", "1-"])
  func refusesOtherLists(_ text: String) { #expect(CPUList(text) == nil) }

  @Test func knowsThisMachine() throws {
    let online = try CPUList.online().cpus
    let possible = try CPUList.possible().cpus
    #expect(!online.isEmpty && Set(online).isSubset(of: possible))
    let name = try SystemName.current()
    #expect(try FileSystem.text(of: "/proc/sys/kernel/osrelease") == name.release + "\n")
    #expect(MemoryPage.size % 4096 == 0)
    #expect(try FileSystem.target(ofLink: "/proc/self") == "\(CurrentProcess.id)")
  }

  @Test func readsUsers() {
    let users = UserDatabase(passwd: Array("root:x:0:0::/:/bin/sh\nbroken\n::5:\nbob:x:1000:\ntoor:x:0:\nx:y:-1:".utf8))
    #expect(users.name(of: 0) == "root")
    #expect(users.name(of: 1000) == "bob")
    #expect(users.name(of: 5) == nil)
  }

  @Test func readsTheEnvironment() {
    #expect(Environment.value(of: "PATH") == Environment.all["PATH"])
    #expect(Environment.value(of: "NO_SUCH_VARIABLE_HERE") == nil)
  }

  @Test func findsPrograms() throws {
    #expect(try ExecutableSearch.locate("sh", path: "/nowhere:/bin") == "/bin/sh")
    #expect(throws: SystemCallError(call: "execve", subject: "/etc/passwd", errno: .permissionDenied)) {
      try ExecutableSearch.locate("passwd", path: "/etc")
    }
  }
}
