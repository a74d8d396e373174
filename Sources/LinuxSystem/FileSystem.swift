internal import CLinux
internal import Glibc

/// Files and directories by path, or by name below an open directory.
///
/// Paths are bytes without NUL; one with a NUL inside answers `EINVAL` instead of naming another file.
public enum FileSystem {
  /// How a file is opened.
  public struct OpenMode: Hashable, Sendable {
    let flags: CInt
    /// Of a file that is made, less the umask.
    var permissions: UInt32 = 0o666

    /// `O_RDONLY`.
    public static let read = Self(flags: O_RDONLY)
    /// `O_WRONLY`.
    public static let write = Self(flags: O_WRONLY)
    /// `O_WRONLY | O_CREAT | O_TRUNC`, mode 0666 less the umask.
    public static let create = Self(flags: O_WRONLY | O_CREAT | O_TRUNC)
    /// `O_WRONLY | O_CREAT | O_TRUNC`, mode 0600: for its owner alone.
    public static let createPrivate = Self(flags: O_WRONLY | O_CREAT | O_TRUNC, permissions: 0o600)
    /// `O_WRONLY | O_CREAT | O_APPEND`.
    public static let append = Self(flags: O_WRONLY | O_CREAT | O_APPEND)
    /// `O_RDONLY | O_DIRECTORY`.
    public static let directory = Self(flags: O_RDONLY | O_DIRECTORY)
    /// `O_RDONLY | O_NONBLOCK`.
    public static let readWithoutBlocking = Self(flags: O_RDONLY | O_NONBLOCK)
  }

  /// Opens a file by path.
  public static func open(_ path: String, _ mode: OpenMode = .read) throws(SystemCallError) -> OwnedDescriptor {
    try open(path, at: AT_FDCWD, mode)
  }

  /// Opens a file by its name below a directory.
  public static func open(
    _ path: String, below directory: borrowing OwnedDescriptor, _ mode: OpenMode = .read
  ) throws(SystemCallError) -> OwnedDescriptor {
    try directory.withNumber { number throws(SystemCallError) in try open(path, at: number, mode) }
  }

  private static func open(
    _ path: String, at directory: CInt, _ mode: OpenMode
  ) throws(SystemCallError) -> OwnedDescriptor {
    try refuseNUL(in: path, "openat")
    let number = try SystemCallError.check(
      clinux_openat(directory, path, mode.flags, mode.permissions), "openat", on: path)
    return try OwnedDescriptor(adopting: number)
  }

  static func refuseNUL(in path: String, _ call: String) throws(SystemCallError) {
    if path.utf8.contains(0) { throw SystemCallError(call: call, subject: path, errno: .invalidArgument) }
  }

  /// The whole contents of a file, also of those whose size reads as 0 (procfs, sysfs, tracefs).
  public static func contents(of path: String) throws(SystemCallError) -> [UInt8] {
    try open(path).readToEnd(subject: path)
  }

  /// The whole contents of a file as text; bytes that are not UTF-8 become U+FFFD.
  public static func text(of path: String) throws(SystemCallError) -> String {
    String(decoding: try contents(of: path), as: UTF8.self)
  }

  /// Where a symbolic link points.
  public static func target(ofLink path: String) throws(SystemCallError) -> String {
    try refuseNUL(in: path, "readlink")
    var answer = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: Int(PATH_MAX)) { buffer, count in
      answer = buffer.withMemoryRebound(to: CChar.self) { text in
        guard let base = text.baseAddress else { return 0 }
        let length = readlink(path, base, text.count)
        return length < 0 ? -Int(errno) : length
      }
      count = max(answer, 0)
    }
    try SystemCallError.check(answer, "readlink", on: path)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A path without links, `.` and `..` in it.
  public static func resolved(_ path: String) throws(SystemCallError) -> String {
    try refuseNUL(in: path, "realpath")
    guard let real = realpath(path, nil) else {
      throw SystemCallError(call: "realpath", subject: path, errno: SystemErrno(rawValue: errno))
    }
    defer { free(real) }
    return String(cString: real)
  }

  /// The folder that relative paths count from.
  public static func workingFolder() throws(SystemCallError) -> String { try resolved(".") }

  /// Gives a file or a folder another name in one step: nobody sees it half there.
  ///
  /// - Throws: `ENOTEMPTY` or `EEXIST` when a folder with something in it has the new name.
  public static func rename(_ path: String, to new: String) throws(SystemCallError) {
    try refuseNUL(in: path, "rename")
    try refuseNUL(in: new, "rename")
    try SystemCallError.check(Glibc.rename(path, new) < 0 ? -errno : 0, "rename", on: "\(path) to \(new)")
  }

  /// Makes a file of these bytes, or gives the one that is there these contents.
  public static func write(_ bytes: [UInt8], to path: String) throws(SystemCallError) {
    let file = try open(path, .create)
    // Array's closure rethrows untyped errors only, hence the result.
    let result: Result<Void, SystemCallError> = bytes.withUnsafeBytes { buffer in
      do throws(SystemCallError) {
        return .success(try file.write(buffer, subject: path))
      } catch {
        return .failure(error)
      }
    }
    try result.get()
  }

  /// Makes a folder and those above it that are not there.
  public static func makeFolders(_ path: String) throws(SystemCallError) {
    if let status = try? FileStatus(of: path), status.kind == .directory { return }
    if let slash = path.lastIndex(of: "/"), slash > path.startIndex { try makeFolders(String(path[..<slash])) }
    do throws(SystemCallError) {
      try makeFolder(path)
    } catch {
      // Somebody else was quicker.
      if error.errno != .fileExists { throw error }
    }
  }

  /// Removes a file's name.
  public static func remove(_ path: String) throws(SystemCallError) {
    try refuseNUL(in: path, "unlink")
    try SystemCallError.check(unlink(path) < 0 ? -errno : 0, "unlink", on: path)
  }

  /// Makes a folder that its owner alone can use (mode 0700).
  ///
  /// - Throws: `EEXIST` when there is something of that name, `ENOENT` without the folder above.
  public static func makeFolder(_ path: String) throws(SystemCallError) {
    try refuseNUL(in: path, "mkdir")
    try SystemCallError.check(mkdir(path, 0o700) < 0 ? -errno : 0, "mkdir", on: path)
  }

  /// Removes an empty folder.
  public static func removeFolder(_ path: String) throws(SystemCallError) {
    try refuseNUL(in: path, "rmdir")
    try SystemCallError.check(rmdir(path) < 0 ? -errno : 0, "rmdir", on: path)
  }

  /// Makes a folder by its name below a directory, for the owner alone.
  public static func makeFolder(
    _ path: String, below directory: borrowing OwnedDescriptor
  ) throws(SystemCallError) {
    try refuseNUL(in: path, "mkdirat")
    let answer = directory.withNumber { mkdirat($0, path, 0o700) < 0 ? -errno : 0 }
    try SystemCallError.check(answer, "mkdirat", on: path)
  }

  /// Removes an empty folder by its name below a directory.
  public static func removeFolder(
    _ path: String, below directory: borrowing OwnedDescriptor
  ) throws(SystemCallError) {
    try refuseNUL(in: path, "unlinkat")
    let answer = directory.withNumber { unlinkat($0, path, AT_REMOVEDIR) < 0 ? -errno : 0 }
    try SystemCallError.check(answer, "unlinkat", on: path)
  }
}
