internal import CLinux
internal import Glibc

/// What `fstatat(2)` tells of a file.
public struct FileStatus: Hashable, Sendable {
  /// What sort of file it is.
  public enum Kind: Hashable, Sendable {
    case regular, directory, symbolicLink, characterDevice, blockDevice, pipe, socket, other
  }

  /// What sort of file it is.
  public var kind: Kind
  /// Device and inode together name a file for as long as it exists.
  public var device: UInt64
  /// Unique within its device.
  public var inode: UInt64
  /// Size in bytes; 0 for most files of procfs, sysfs and tracefs.
  public var size: UInt64
  /// The permission bits, such as 0o644, with set-user-id, set-group-id and sticky.
  public var permissions: UInt32
  /// The number of the user who owns it.
  public var owner: UInt32
  /// Nanoseconds since 1970 of the last change of the contents.
  public var modified: Int64

  /// The major number of ``device``.
  public var deviceMajor: UInt32 { clinux_major(device) }
  /// The minor number of ``device``.
  public var deviceMinor: UInt32 { clinux_minor(device) }

  /// The status of a file by path.
  public init(of path: String, followingLinks: Bool = true) throws(SystemCallError) {
    try FileSystem.refuseNUL(in: path, "stat")
    // An empty path would mean the directory itself.
    if path.isEmpty { throw SystemCallError(call: "stat", subject: path, errno: .noSuchFileOrDirectory) }
    try self.init(directory: AT_FDCWD, path, followingLinks)
  }

  /// The status of an open file.
  public init(of descriptor: borrowing OwnedDescriptor) throws(SystemCallError) {
    self = try descriptor.withNumber { number throws(SystemCallError) in try Self(directory: number, "", true) }
  }

  private init(directory: CInt, _ path: String, _ follow: Bool) throws(SystemCallError) {
    var status = clinux_status()
    try SystemCallError.check(
      clinux_status(directory, path, follow ? 1 : 0, &status), "stat",
      on: path.isEmpty ? "descriptor \(directory)" : path)
    kind = Kind(mode: status.mode)
    device = status.device
    inode = status.inode
    size = status.size
    permissions = status.mode & 0o7777
    owner = status.user
    modified = status.modified_seconds &* 1_000_000_000 &+ Int64(status.modified_nanoseconds)
  }
}

extension FileStatus.Kind {
  init(mode: UInt32) {
    self =
      switch mode & UInt32(S_IFMT) {
      case UInt32(S_IFREG): .regular
      case UInt32(S_IFDIR): .directory
      case UInt32(S_IFLNK): .symbolicLink
      case UInt32(S_IFCHR): .characterDevice
      case UInt32(S_IFBLK): .blockDevice
      case UInt32(S_IFIFO): .pipe
      case UInt32(S_IFSOCK): .socket
      default: .other
      }
  }
}
