import KernelInterface
import LinuxSystem

/// A `bpf` file system that no name space has, gone with its last descriptor.
struct BPFFileSystem: ~Copyable {
  private let mount: OwnedDescriptor
  /// Its root as any process can open it while this lives.
  let path: String

  init() throws {
    let answer = LiveKernel().mountDetached("bpf")
    mount = try OwnedDescriptor(adopting: SystemCallError.check(answer, "fsmount", on: "bpf"))
    path = "/proc/\(CurrentProcess.id)/fd/\(mount.withNumber { $0 })"
  }
}
