internal import Glibc

/// The name space in which process numbers are counted.
///
/// `bpf_get_ns_current_pid_tgid` takes the device and inode of a name space's file and answers the numbers of the
/// current task there.
public struct PIDNamespace: Hashable, Sendable {
  /// The device as `stat(2)` gives it.
  public var device: UInt64
  /// The inode of its file.
  public var inode: UInt64

  /// The first name space of the machine always has this inode (`PROC_PID_INIT_INO` in `include/linux/proc_ns.h`).
  static let initialInode: UInt64 = 0xEFFF_FFFC

  /// Whether numbers here are the kernel's own.
  public var isInitial: Bool { inode == Self.initialInode }

  /// The one this process lives in.
  public static func current() throws(SystemCallError) -> PIDNamespace { try read("/proc/self/ns/pid") }

  /// The one that `process` lives in.
  public static func of(_ process: Int32) throws(SystemCallError) -> PIDNamespace {
    try read("/proc/\(process)/ns/pid")
  }

  private static func read(_ path: String) throws(SystemCallError) -> PIDNamespace {
    let status = try FileStatus(of: path)
    return PIDNamespace(device: status.device, inode: status.inode)
  }
}

/// This process.
public enum CurrentProcess {
  /// Its number in its own name space.
  public static var id: Int32 { getpid() }
  /// The user whose rights it has.
  public static var effectiveUser: UInt32 { geteuid() }
}
