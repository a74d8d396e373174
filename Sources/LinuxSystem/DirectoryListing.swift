internal import CLinux

/// A name in a directory.
public struct DirectoryEntry: Hashable, Sendable {
  /// The name alone, without the directory.
  public var name: String
  /// Nil where the file system does not tell (`DT_UNKNOWN`).
  public var kind: FileStatus.Kind?
}

extension FileSystem {
  /// The entries of a directory in the kernel's order, without `.` and `..`.
  public static func entries(of path: String) throws(SystemCallError) -> [DirectoryEntry] {
    try entries(of: open(path, .directory), subject: path)
  }

  /// The entries of an open directory that has not been read before.
  public static func entries(
    of directory: borrowing OwnedDescriptor, subject: String
  ) throws(SystemCallError) -> [DirectoryEntry] {
    var entries: [DirectoryEntry] = []
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    while true {
      let count = directory.withNumber { number in
        buffer.withUnsafeMutableBytes { bytes in
          clinux_directory_entries(number, bytes.baseAddress, bytes.count)
        }
      }
      try SystemCallError.check(count, "getdents64", on: subject)
      if count == 0 { return entries }
      append(buffer.prefix(count), to: &entries)
    }
  }

  /// Takes `struct linux_dirent64` records apart: inode (8 bytes), offset (8), length (2), kind (1), name with NUL.
  static func append(_ records: ArraySlice<UInt8>, to entries: inout [DirectoryEntry]) {
    var rest = records
    while rest.count > 19 {
      let base = rest.startIndex
      let length = Int(rest[base + 16]) | Int(rest[base + 17]) << 8
      guard length > 19, length <= rest.count else { return }
      let name = String(decoding: rest[(base + 19)..<(base + length)].prefix { $0 != 0 }, as: UTF8.self)
      if name != "." && name != ".." {
        entries.append(DirectoryEntry(name: name, kind: .init(directoryType: rest[base + 18])))
      }
      rest = rest.dropFirst(length)
    }
  }
}

extension FileStatus.Kind {
  /// A `DT_` number is the file type bits of the mode, shifted (`include/linux/fs_types.h`).
  fileprivate init?(directoryType: UInt8) {
    if directoryType == 0 { return nil }
    self.init(mode: UInt32(directoryType) << 12)
  }
}
