import BTF
import Testing

@Suite struct NamePatternTests {
  @Test(arguments: [
    ("vfs_read", "vfs_read", true),
    ("vfs_read", "vfs_reads", false),
    ("vfs_*", "vfs_", true),
    ("vfs_*", "vfs", false),
    ("*", "", true),
    ("*_read", "ksys_read", true),
    ("*_read", "ksys_readahead", false),
    ("*read*", "ksys_readahead", true),
    ("a*b*c", "aXbXbYc", true),
    ("a*b*c", "aXbXbY", false),
    ("**", "anything", true),
    ("sys_enter_?ead", "sys_enter_read", true),
    ("sys_enter_?ead", "sys_enter_ead", false),
    ("[a-c]x", "bx", true),
    ("[a-c]x", "dx", false),
    ("[!a-c]x", "dx", true),
    ("[^a-c]x", "bx", false),
    ("[]a]x", "]x", true),
    ("[a-]x", "-x", true),
    ("[z-a]x", "mx", false),
    ("operator[", "operator[", true),
    ("x[", "x", false),
    ("sys_enter_[or]*", "sys_enter_openat", true),
    ("sys_enter_[or]*", "sys_enter_close", false),
    ("", "", true),
    ("", "a", false),
    ("ä*", "äb", true),
  ])
  func matches(pattern: String, name: String, isMatch: Bool) {
    #expect(NamePattern(pattern).matches(name) == isMatch)
  }

  @Test func knowsWhetherItHasAWildcard() {
    #expect(!NamePattern("vfs_read").hasWildcards)
    #expect(!NamePattern("operator[").hasWildcards)
    #expect(NamePattern("vfs_[rw]*").hasWildcards)
    #expect(NamePattern("vfs_?ead").hasWildcards)
  }

  @Test func takesLittleTimeForManyStars() {
    let pattern = NamePattern(String(repeating: "a*", count: 40) + "b")
    #expect(!pattern.matches(String(repeating: "a", count: 4000)))
  }
}
