internal import Glibc

/// What `uname(2)` tells of the running system.
public struct SystemName: Hashable, Sendable {
  /// The host's name.
  public var node: String
  /// The kernel's release, such as "6.18.44-amd64".
  public var release: String
  /// The kernel's build, such as "#1 SMP PREEMPT_DYNAMIC …".
  public var version: String
  /// The machine, such as "x86_64" or "aarch64".
  public var machine: String

  /// The system this process runs on.
  public static func current() throws(SystemCallError) -> SystemName {
    var name = utsname()
    try SystemCallError.check(uname(&name) < 0 ? -errno : 0, "uname", on: "this system")
    return SystemName(
      node: text(name.nodename), release: text(name.release), version: text(name.version), machine: text(name.machine))
  }

  private static func text<Characters>(_ characters: Characters) -> String {
    withUnsafeBytes(of: characters) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}

/// The unit in which this machine maps memory.
public enum MemoryPage {
  /// Bytes of a page: 4096, or up to 65536 on arm64.
  public static var size: Int {
    let size = sysconf(Int32(_SC_PAGESIZE))
    return size > 0 ? size : 4096
  }
}
