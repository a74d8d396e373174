import Glibc
import KernelInterface
import LinuxSystem

@testable import BPF

/// A control group of the test's own, below the root of the unified hierarchy; removed with this object.
final class TestCgroup {
  static let root = (try? MountTable(mountinfo: FileSystem.contents(of: "/proc/self/mountinfo")))?
    .points(of: "cgroup2").first

  let path: String
  let group: ControlGroup

  convenience init() throws { try self.init(below: Self.root ?? "/sys/fs/cgroup") }

  init(below parent: String) throws {
    let path = "\(parent)/swift-bpf-test-\(CurrentProcess.id)-\(UInt32.random(in: 0...(.max)))"
    try SystemCallError.check(mkdir(path, 0o755) < 0 ? -errno : 0, "mkdir", on: path)
    do { group = try ControlGroup(path: path) } catch {
      rmdir(path)
      throw error
    }
    self.path = path
  }

  /// Runs a shell command in this group and in the network of the calling thread.
  func run(_ command: String) throws -> ChildProcess.Ending {
    let child = try ChildProcess(["bash", "-c", command])
    let output = BufferedOutput(
      try FileSystem.open("\(path)/cgroup.procs", .write), subject: path, buffering: .full)
    try output.write("\(child.process)")
    try output.flush()
    try child.release()
    return try child.wait()
  }

  deinit { rmdir(path) }
}
