import Testing

@testable import LinuxSystem

@Suite struct FileSystemTests {
  @Test func readsFilesOfUnknownSize() throws {
    let text = try FileSystem.text(of: "/proc/self/status")
    #expect(text.contains("\nPid:\t\(CurrentProcess.id)\n"))
    // Bigger than any first guess of a buffer.
    #expect(try FileSystem.contents(of: "/proc/kallsyms").count > 100_000)
  }

  @Test func refusesPathsWithNUL() {
    #expect(throws: SystemCallError(call: "openat", subject: "/dev/null\0x", errno: .invalidArgument)) {
      try FileSystem.contents(of: "/dev/null\0x")
    }
  }

  @Test func listsDirectories() throws {
    let names = try FileSystem.entries(of: "/proc/self/ns").map(\.name)
    #expect(names.contains("pid") && names.contains("mnt"))
    #expect(!names.contains(".") && !names.contains(".."))
    let kinds = try FileSystem.entries(of: "/dev").filter { $0.name == "null" }.map(\.kind)
    #expect(kinds == [.characterDevice])
  }

  @Test func ignoresDirectoryRecordsThatLieAboutTheirLength() {
    var entries: [DirectoryEntry] = []
    FileSystem.append([UInt8](repeating: 0xFF, count: 64)[...], to: &entries)
    FileSystem.append([UInt8](repeating: 0, count: 64)[...], to: &entries)
    #expect(entries.isEmpty)
  }

  @Test func mapsOrReads() throws {
    let program = try MappedFile("/proc/self/exe")
    #expect(program.isMapped)
    #expect(program.bytes.prefix(4).elementsEqual([0x7F, 0x45, 0x4C, 0x46]))
    let status = try MappedFile("/proc/self/comm")
    #expect(!status.isMapped)
    #expect(status.bytes.last == UInt8(ascii: "\n"))
    #expect(try MappedFile("/dev/null").bytes.isEmpty)
  }

  @Test func tellsStatus() throws {
    let null = try FileStatus(of: "/dev/null")
    #expect(null.kind == .characterDevice)
    let namespace = try PIDNamespace.current()
    #expect(try FileSystem.target(ofLink: "/proc/self/ns/pid") == "pid:[\(namespace.inode)]")
  }
}
