import LinuxSystem

/// A folder of one test, gone with what is in it when the test ends.
final class ScratchFolder {
  let path: String

  init() throws {
    path = "/tmp/BPFBuildTests.\(CurrentProcess.id).\(UInt32.random(in: 0...UInt32.max))"
    try FileSystem.makeFolder(path)
  }

  deinit {
    for entry in (try? FileSystem.entries(of: path)) ?? [] { try? FileSystem.remove("\(path)/\(entry.name)") }
    try? FileSystem.removeFolder(path)
  }
}
