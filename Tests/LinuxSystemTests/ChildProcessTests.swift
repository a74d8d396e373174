import Testing

@testable import LinuxSystem

@Suite struct ChildProcessTests {
  @Test func runsOnlyWhenReleased() throws {
    let child = try ChildProcess(["sh", "-c", "exit 7"])
    #expect(try child.endingIfEnded() == nil)
    #expect(try FileSystem.text(of: "/proc/\(child.process)/stat").contains("(sh)") == false)
    try child.release()
    #expect(try child.wait() == .exited(status: 7))
    #expect(try child.wait() == .exited(status: 7))
  }

  @Test func tellsThatTheProgramCannotRun() throws {
    let path = "/tmp/swift-bpf-child-\(CurrentProcess.id)"
    let content: [UInt8] = [0, 1, 2, 3]
    let file = try FileSystem.open(path, .create)
    try content.withUnsafeBytes { try file.write($0) }
    defer { try? FileSystem.remove(path) }
    #expect(throws: SystemCallError(call: "execve", subject: path, errno: .permissionDenied)) {
      _ = try ChildProcess([path])
    }
    #expect(throws: SystemCallError(call: "execve", subject: "no-such-program", errno: .noSuchFileOrDirectory)) {
      _ = try ChildProcess(["no-such-program"])
    }
    // The dynamic loader's configuration is readable, but no program, and execve says so.
    let child = try ChildProcess(["/bin/sh", "-c", "cp /bin/true \(path).x && : > \(path).x"])
    try child.release()
    #expect(try child.wait() == .exited(status: 0))
    defer { try? FileSystem.remove(path + ".x") }
    let empty = try ChildProcess([path + ".x"])
    #expect(throws: SystemCallError(call: "execve", subject: path + ".x", errno: SystemErrno(rawValue: 8))) {
      try empty.release()
    }
    #expect(try empty.wait() == .exited(status: 127))
  }

  @Test func diesBySignal() throws {
    let child = try ChildProcess(["sleep", "1000"])
    try child.release()
    let watched = try ProcessDescriptor(child.process)
    #expect(try !watched.hasEnded())
    try child.send(.terminate)
    let epoll = try Epoll()
    try epoll.add(watched.descriptor, token: 9)
    #expect(try epoll.wait(milliseconds: 10_000).map(\.token) == [9])
    #expect(try watched.hasEnded())
    #expect(try child.wait() == .killed(by: .terminate))
  }

  @Test func startsWithDefaultSignals() throws {
    let path = "/tmp/swift-bpf-signals-\(CurrentProcess.id)"
    let child = try ChildProcess(["sh", "-c", "grep -E '^Sig(Blk|Ign)' /proc/self/status > \(path)"])
    try child.release()
    #expect(try child.wait() == .exited(status: 0))
    defer { try? FileSystem.remove(path) }
    let text = try FileSystem.text(of: path)
    #expect(text == "SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n")
  }

  @Test func leavesWhenNeverReleased() throws {
    var process: Int32 = 0
    do {
      let child = try ChildProcess(["true"])
      process = child.process
      #expect(ProcessDescriptor.exists(process))
    }
    #expect(!ProcessDescriptor.exists(process))
  }
}

@Suite struct CommandWordsTests {
  @Test(arguments: [
    ("ls /", ["ls", "/"]),
    ("  a\t b ", ["a", "b"]),
    (#"sh -c 'echo "x y"'"#, ["sh", "-c", #"echo "x y""#]),
    (#"a\ b "c\"d" ''"#, ["a b", "c\"d", ""]),
    ("x'y'z", ["xyz"]),
    ("é 'ü ß'", ["é", "ü ß"]),
  ])
  func splits(_ text: String, _ words: [String]) throws {
    #expect(try CommandWords(text).words == words)
  }

  @Test(arguments: [
    ("", CommandWords.Failure.empty), ("  ", .empty), ("a 'b", .unclosedQuote(at: 2)), ("a\\", .trailingBackslash),
    ("a\0", .nulByte(at: 1)),
  ])
  func refuses(_ text: String, _ failure: CommandWords.Failure) {
    #expect(throws: failure) { try CommandWords(text) }
  }
}
