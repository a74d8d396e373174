public import ELF
import LinuxSystem

/// Finds the file that holds the symbols that were stripped from another one.
///
/// Looked for, in this order: `.build-id/ab/cdef….debug` below each debug directory, then the name that
/// `.gnu_debuglink` gives: beside the file, in `.debug` beside it, and below each debug directory at the file's path
/// (GDB's manual, "Debugging Information in Separate Files"). A found file counts only if its build id is the same or,
/// where one has none, if its checksum is the one that the link names.
public struct DebugFileSearch: Sendable {
  /// The directories below which debug files lie.
  public let directories: [String]

  /// A search below these directories.
  public init(directories: [String] = ["/usr/lib/debug"]) { self.directories = directories }

  /// The debug file of `file`, or nil when there is none that fits.
  ///
  /// - Parameters:
  ///   - path: where the file lies as its users see it.
  ///   - roots: what to put before every path, such as `/proc/PID/root` for a process in a container.
  public func debugFile(of file: ELFFile, at path: String, roots: [String] = [""]) -> ELFFile? {
    let id = file.buildID
    if let id, let name = id.debugFilePath {
      for root in roots {
        for directory in directories {
          if let found = open("\(root)\(directory)/\(name)"), found.elf.buildID == id { return found.elf }
        }
      }
    }
    guard let link = file.debugLink, !link.fileName.contains("/") else { return nil }
    let folder = path.lastIndex(of: "/").map { path[..<$0] } ?? ""
    let candidates =
      ["\(folder)/\(link.fileName)", "\(folder)/.debug/\(link.fileName)"]
      + directories.map { "\($0)\(folder)/\(link.fileName)" }
    for root in roots {
      for candidate in candidates where candidate != path {
        guard let found = open(root + candidate) else { continue }
        if let id, let foundID = found.elf.buildID {
          if id == foundID { return found.elf }
        } else if let whole = found.file.part(at: 0, count: found.file.count),
          DebugLink.checksum(of: whole) == link.checksum
        {
          return found.elf
        }
      }
    }
    return nil
  }

  private func open(_ path: String) -> (file: OpenFile, elf: ELFFile)? {
    guard let file = try? OpenFile(path), let elf = try? ELFFile(file) else { return nil }
    return (file, elf)
  }
}
