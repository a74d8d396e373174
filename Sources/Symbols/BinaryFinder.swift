internal import BTF
internal import ELF
public import LinuxSystem

/// Finds the programs and libraries that the word in a user probe means.
///
/// In this order: a path; a library that the process has mapped; a program along PATH; a library in LD_LIBRARY_PATH,
/// or that the dynamic linker knows, or in the usual folders. With a process, everything is seen from that process's
/// root.
public struct BinaryFinder {
  /// Why no file was found.
  public enum Failure: Error, Hashable, Sendable {
    /// There is no such program or library; `tried` is where it was looked for.
    case noSuchBinary(String, tried: [String])
    /// What would tell cannot be read.
    case unreadable(what: String, SystemCallError)
  }

  /// The process whose view counts.
  let process: Int32?
  /// What to put before a path of the process to reach the file from here: empty, or `/proc/PID/root`.
  let root: String

  private static let libraryFolders: [String] = {
    #if arch(x86_64)
      let triple = "x86_64-linux-gnu"
    #elseif arch(arm64)
      let triple = "aarch64-linux-gnu"
    #elseif arch(riscv64)
      let triple = "riscv64-linux-gnu"
    #else
      let triple = "linux-gnu"
    #endif
    return ["/usr/local/lib", "/lib/\(triple)", "/usr/lib/\(triple)", "/lib64", "/usr/lib64", "/lib", "/usr/lib"]
  }()

  /// A search with the eyes of a process; nil for this one.
  public init(process: Int32? = nil) {
    self.process = process
    root = process.map(Self.root(of:)) ?? ""
  }

  /// The files that `name` means; several only if it has wildcards.
  ///
  /// Without a name, the program that the process runs.
  public func find(_ name: String) throws(Failure) -> [String] {
    if name.isEmpty {
      guard let process else { throw .noSuchBinary(name, tried: []) }
      guard let path = try? FileSystem.target(ofLink: "/proc/\(process)/exe") else {
        throw .unreadable(
          what: "/proc/\(process)/exe",
          SystemCallError(call: "readlink", subject: "/proc/\(process)/exe", errno: .noSuchProcess))
      }
      return [root + path]
    }
    if name == "*" { return try mappedFiles() }
    if NamePattern(name).hasWildcards { return try expand(name) }
    if name.contains("/") {
      let path = name.hasPrefix("/") ? root + name : name
      guard isFile(path) else { throw .noSuchBinary(name, tried: [path]) }
      return [path]
    }
    if let found = findByName(name) { return [found] }
    throw .noSuchBinary(
      name, tried: ["PATH", "LD_LIBRARY_PATH", "\(root)/etc/ld.so.cache"] + Self.libraryFolders.map { root + $0 })
  }

  private func findByName(_ name: String) -> String? {
    let library = LibraryName(name)
    if let process {
      let mapped = Self.mappedPaths(of: process).first { library.matches(Self.lastPart(of: $0)) }
      if let mapped, isFile(root + mapped) { return root + mapped }
    }
    let path = Environment.value(of: "PATH") ?? "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    for folder in path.split(separator: ":") where folder.hasPrefix("/") {
      if isFile("\(root)\(folder)/\(name)") { return "\(root)\(folder)/\(name)" }
    }
    for folder in Self.environmentFolders {
      if let found = file(of: library, in: root + folder) { return found }
    }
    if let bytes = try? FileSystem.contents(of: "\(root)/etc/ld.so.cache"), let cache = LibraryCache(ByteRegion(bytes)),
      let path = cache.paths(of: name).first(where: { isFile(root + $0) })
    {
      return root + path
    }
    for folder in Self.libraryFolders {
      if let found = file(of: library, in: root + folder) { return found }
    }
    return nil
  }

  private func file(of library: LibraryName, in folder: String) -> String? {
    let names = ((try? FileSystem.entries(of: folder)) ?? []).map(\.name).filter { library.matches($0) }
    return names.sorted().first { isFile("\(folder)/\($0)") }.map { "\(folder)/\($0)" }
  }

  /// Where the dynamic linker looks first.
  private static var environmentFolders: [String] {
    (Environment.value(of: "LD_LIBRARY_PATH") ?? "").split { $0 == ":" || $0 == ";" }.map(String.init)
      .filter { $0.hasPrefix("/") }
  }

  /// All ELF files whose paths fit, in order; links to one file count once.
  private func expand(_ pattern: String) throws(Failure) -> [String] {
    let isAbsolute = pattern.hasPrefix("/")
    var paths = [isAbsolute ? root : "."]
    for part in pattern.split(separator: "/") {
      let glob = NamePattern(part)
      if !glob.hasWildcards {
        paths = paths.map { "\($0)/\(part)" }
        continue
      }
      paths = paths.flatMap { folder in
        ((try? FileSystem.entries(of: folder.isEmpty ? "/" : folder)) ?? []).map(\.name)
          .filter { glob.matches($0) && (!$0.hasPrefix(".") || part.hasPrefix(".")) }
          .sorted().map { "\(folder)/\($0)" }
      }
    }
    let found = Self.uniqueELFFiles(paths)
    if found.isEmpty { throw .noSuchBinary(pattern, tried: []) }
    return found
  }

  /// The files that the process, or without one every process, has mapped for execution.
  private func mappedFiles() throws(Failure) -> [String] {
    if let process { return Self.uniqueELFFiles(Self.mappedPaths(of: process).map { root + $0 }) }
    let processes: [Int32]
    do {
      processes = try FileSystem.entries(of: "/proc").compactMap { Int32($0.name) }
    } catch {
      throw .unreadable(what: "/proc", error)
    }
    var paths = Set<String>()
    for process in processes {
      let mapped = Self.mappedPaths(of: process)
      guard !mapped.isEmpty else { continue }
      let root = Self.root(of: process)
      for path in mapped { paths.insert(root + path) }
    }
    return Self.uniqueELFFiles(paths.sorted())
  }

  private func isFile(_ path: String) -> Bool { (try? FileStatus(of: path))?.kind == .regular }

  private static func mappedPaths(of process: Int32) -> [String] {
    let text = (try? FileSystem.text(of: "/proc/\(process)/maps")) ?? ""
    var seen = Set<String>()
    return MemoryMapping.parse(text)
      .filter { $0.isExecutable && $0.isFile && !$0.isDeleted && seen.insert($0.path).inserted }.map(\.path)
  }

  private static func uniqueELFFiles(_ paths: [String]) -> [String] {
    var seen = Set<OpenFile.Identity>()
    return paths.filter { path in
      guard let file = try? OpenFile(path), (try? ELFFile(file)) != nil else { return false }
      return seen.insert(file.identity).inserted
    }
  }

  /// Empty when the process sees the same files as we do, so that paths stay short.
  private static func root(of process: Int32) -> String {
    let own = try? FileSystem.target(ofLink: "/proc/self/ns/mnt")
    let other = try? FileSystem.target(ofLink: "/proc/\(process)/ns/mnt")
    if own != nil, own == other, (try? FileSystem.target(ofLink: "/proc/\(process)/root")) == "/" { return "" }
    return "/proc/\(process)/root"
  }

  private static func lastPart(of path: String) -> Substring {
    path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
  }
}
