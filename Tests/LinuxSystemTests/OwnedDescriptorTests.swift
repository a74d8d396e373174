import Testing

@testable import LinuxSystem

@Suite struct OwnedDescriptorTests {
  @Test func closesWhatItOwns() throws {
    let path = "/tmp/swift-bpf-owned-\(CurrentProcess.id)"
    defer { try? FileSystem.remove(path) }
    let number = try FileSystem.open(path, .create).disown()
    #expect(number >= 3)
    let link = "/proc/self/fd/\(number)"
    #expect(try FileSystem.target(ofLink: link) == path)
    do { _ = try OwnedDescriptor(adopting: number) }
    // Another test may have been given the number by now, but never for this file.
    #expect((try? FileSystem.target(ofLink: link)) != path)
  }

  @Test func isClosedOnExec() throws {
    let descriptor = try FileSystem.open("/dev/null").duplicate()
    let information = try descriptor.withNumber { try FileSystem.text(of: "/proc/self/fdinfo/\($0)") }
    let flags = try #require(information.split(separator: "\n").first { $0.hasPrefix("flags:") })
    let octal = try #require(UInt32(flags.split(separator: "\t")[1], radix: 8))
    #expect(octal & 0o2000000 != 0)
  }

  @Test func namesWhatFailed() {
    #expect(throws: SystemCallError(call: "openat", subject: "/no/such/file", errno: .noSuchFileOrDirectory)) {
      _ = try FileSystem.open("/no/such/file").disown()
    }
  }
}

@Suite struct SystemErrnoTests {
  @Test func speaksAsTheCLibraryDoes() {
    #expect(SystemErrno.noSuchFileOrDirectory.description == "No such file or directory (ENOENT)")
    #expect(SystemErrno.notSupportedByKernel.description == "Operation not supported (ENOTSUPP)")
    #expect(SystemErrno(rawValue: 4000).name == "errno 4000")
  }
}
