import Symbols
import Testing

@Suite struct MemoryMappingTests {
  @Test func readsAFileMapping() throws {
    let mapping = try #require(
      MemoryMapping(
        parsing: "7f89bb2ca000-7f89bb420000 r-xp 00026000 fe:00 333151                     /usr/lib/libc.so.6"))
    #expect(mapping.addresses == 0x7f89_bb2c_a000..<0x7f89_bb42_0000)
    #expect(mapping.isExecutable)
    #expect(mapping.fileOffset == 0x26000)
    #expect(mapping.device == MemoryMapping.Device(major: 0xfe, minor: 0))
    #expect(mapping.inode == 333151)
    #expect(mapping.path == "/usr/lib/libc.so.6")
    #expect(!mapping.isDeleted)
    #expect(mapping.isFile)
  }

  @Test(arguments: [
    ("1-2 r--p 0 00:00 0 ", "", false, false),
    ("1-2 r--p 0 00:00 0", "", false, false),
    ("1-2 r-xp 0 00:00 0                          [vdso]", "[vdso]", false, false),
    ("1-2 r-xp 0 fe:00 7 /tmp/a b (deleted)", "/tmp/a b", true, true),
    ("1-2 r-xp 0 fe:00 7 /tmp/a\\012b\\x", "/tmp/a\nb\\x", false, true),
  ])
  func readsPaths(line: String, path: String, isDeleted: Bool, isFile: Bool) throws {
    let mapping = try #require(MemoryMapping(parsing: line))
    #expect(mapping.path == path)
    #expect(mapping.isDeleted == isDeleted)
    #expect(mapping.isFile == isFile)
  }

  @Test(arguments: ["", "x", "2-1 r--p 0 00:00 0", "1-2 r 0 00:00 0", "1-2 r--p 0 0000 0", "1-2 r--p 0 00:00 inode"])
  func refusesOtherLines(line: String) {
    #expect(MemoryMapping(parsing: line) == nil)
  }
}
