import LinuxSystem

/// A folder of one test, gone with what is in it when the test ends.
final class ScratchFolder: Sendable {
  let path: String

  init() throws {
    path = "/tmp/BPFBuildTests.\(CurrentProcess.id).\(UInt32.random(in: 0...UInt32.max))"
    try FileSystem.makeFolder(path)
  }

  deinit {
    Self.remove(path)
  }

  private static func remove(_ path: String) {
    for entry in (try? FileSystem.entries(of: path)) ?? [] {
      if entry.kind == .directory {
        remove("\(path)/\(entry.name)")
      } else {
        try? FileSystem.remove("\(path)/\(entry.name)")
      }
    }
    try? FileSystem.removeFolder(path)
  }
}
