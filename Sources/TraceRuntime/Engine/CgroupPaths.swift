import LinuxSystem

/// The paths of control groups by their ids, which are the inodes of their directories.
struct CgroupPaths: Sendable {
  private var paths: [UInt64: String] = [:]

  /// Directories deeper than this are not looked at: no hierarchy of people's making comes near.
  private static let maximumDepth = 64

  /// Walks a cgroup2 hierarchy; what cannot be read is left out.
  init(root: String) { add(root, path: "/", depth: 0) }

  /// The hierarchy that is mounted in this mount namespace, by the text of `/proc/self/mountinfo` (proc(5)); nil where
  /// there is none.
  static func root(mountInfo: String) -> String? {
    for line in mountInfo.split(separator: "\n") {
      let fields = line.split(separator: " ")
      guard let separator = fields.firstIndex(of: "-"), separator + 1 < fields.count, fields.count > 4 else { continue }
      if fields[separator + 1] == "cgroup2" { return String(fields[4]) }
    }
    return nil
  }

  /// The path below the hierarchy's root, `/` for the root itself.
  func path(of id: UInt64) -> String? { paths[id] }

  private mutating func add(_ directory: String, path: String, depth: Int) {
    guard depth < Self.maximumDepth, let status = try? FileStatus(of: directory, followingLinks: false) else { return }
    paths[status.inode] = path
    guard let entries = try? FileSystem.entries(of: directory) else { return }
    for entry in entries where entry.kind == .directory {
      add(
        "\(directory)/\(entry.name)", path: path == "/" ? "/\(entry.name)" : "\(path)/\(entry.name)", depth: depth + 1)
    }
  }
}
