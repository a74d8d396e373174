import LinuxSystem
import Testing

/// Our bpftrace beside Debian's, on programs whose answer does not depend on what the machine does.
@Suite struct PeerTests {
  private static let file =
    #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 } + "/Commands/peer/bpftrace-0.17.txt"

  private static func cases() throws -> [PeerCase] { try PeerCase.read(FileSystem.text(of: file)) }

  private static let peerIsThere: Bool = {
    let version = try? ShellCommand("bpftrace --version 2>/dev/null").output()
    return String(decoding: version ?? [], as: UTF8.self).hasPrefix("bpftrace v0.17")
  }()

  @Test(
    .enabled(if: peerIsThere, "bpftrace 0.17 is not installed (Debian's package of that name)"), arguments: try cases())
  func bothAnswerAlike(_ test: PeerCase) throws {
    let theirs = try PeerAnswer(of: "bpftrace", test.arguments)
    let ours = try PeerAnswer(of: try CommandRun.products + "/bpf trace", test.arguments)
    guard let difference = test.difference else {
      #expect(ours == theirs)
      return
    }
    #expect(ours.lines == difference.ours, "\(difference.reason)")
    // What is left to chance there may be the same for once.
    guard let expected = difference.theirs else { return }
    #expect(theirs.lines == expected, "\(difference.reason)")
    // A reason that no longer holds must go.
    #expect(ours != theirs, "\(difference.reason)")
  }

  @Test func casesAreReadFromTheirText() throws {
    let cases = try PeerCase.read("# Title\n$ -e 'a'\n\n~ Why\n$ -e 'b'\n< 1\n> 2\n~ Order\n$ -e 'c'\n< ...\n> 3\n")
    #expect(cases.map(\.arguments) == ["-e 'a'", "-e 'b'", "-e 'c'"])
    #expect(cases[0].difference == nil)
    #expect(cases[1].difference?.reason == "Why")
    #expect(cases[1].difference?.theirs == ["1"])
    #expect(cases[1].difference?.ours == ["2"])
    #expect(cases[2].difference?.theirs == nil)
  }

  @Test(arguments: ["~ reason", "< answer", "$ a\n> b", "text"])
  func whatIsNoCaseIsRefused(text: String) {
    #expect(throws: PeerCase.FormatError.self) { try PeerCase.read(text) }
  }
}
