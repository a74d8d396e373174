import Testing

@testable import LinuxSystem

@Suite struct RegularExpressionTests {
  @Test(arguments: [
    ("read", "vfs_read", true), ("^read", "vfs_read", false), ("^vfs_(read|write)$", "vfs_write", true),
    (#"cpu\d+$"#, "cpu12", true), (#"cpu\d+$"#, "cpud", false), (#"[\d_]{3}"#, "a1_2", true),
    (#"^\w+\.\w+$"#, "a.part", true), (#"^\w+\.\w+$"#, "a:part", false), ("^(?:ab)+?c", "ababc", true),
    ("^a+?b", "b", false), (#"[\]x]"#, "]", true), ("[]x]", "]", true), ("[[:digit:]]", "7", true),
    (#"\bread\b"#, "a read b", true), (#"\bread\b"#, "ready", false),
  ])
  func matches(expression: String, text: String, isMatch: Bool) throws {
    #expect(try RegularExpression(expression).matches(text) == isMatch)
  }

  @Test(arguments: ["(", "[a", "a\\", #"\q"#, "(?=a)", "*{9,1}", "a\0b"])
  func refusesWhatItCannotRead(expression: String) {
    #expect(throws: RegularExpression.Failure.self) { try RegularExpression(expression) }
  }
}
