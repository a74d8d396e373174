import Testing

@testable import LinuxSystem

@Suite struct BufferedOutputTests {
  private func withFile(
    _ name: String, _ buffering: BufferedOutput.Buffering, _ body: (BufferedOutput, String) throws -> Void
  )
    throws
  {
    let path = "/tmp/swift-bpf-\(name)-\(CurrentProcess.id)"
    defer { try? FileSystem.remove(path) }
    try body(
      BufferedOutput(FileSystem.open(path, .create), subject: path, buffering: buffering, capacity: 16), path)
  }

  @Test func keepsLinesTogether() throws {
    try withFile("line", .line) { output, path in
      try output.write("ab")
      #expect(try FileSystem.text(of: path) == "")
      try output.write("c\nd")
      #expect(try FileSystem.text(of: path) == "abc\nd")
    }
  }

  @Test func waitsUntilFull() throws {
    try withFile("full", .full) { output, path in
      try output.write("line\n")
      #expect(try FileSystem.text(of: path) == "")
      try output.write("0123456789ab")
      #expect(try FileSystem.text(of: path) == "line\n0123456789ab")
    }
  }

  @Test func tellsThatNothingTakesIt() throws {
    let output = BufferedOutput(try FileSystem.open("/dev/full", .write), subject: "/dev/full", buffering: .full)
    try output.write("x")
    #expect(throws: SystemCallError(call: "write", subject: "/dev/full", errno: .noSpace)) { try output.flush() }
    try output.flush()
  }
}
