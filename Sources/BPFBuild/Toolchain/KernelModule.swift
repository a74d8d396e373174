internal import BPFKernelSources
internal import LinuxSystem

/// The kernel-side library in the form that programs are compiled with, made on first use and kept in the cache.
struct KernelModule {
  private let toolchain: Toolchain
  private let cache: CacheFolder

  init(_ toolchain: Toolchain, _ cache: CacheFolder) {
    self.toolchain = toolchain
    self.cache = cache
  }

  /// Features of the compiler that the library's own sources need, and users' sources do not.
  private static let features = ["Extern", "BuiltinModule", "RawLayout"]

  /// The compiled module: the folder where it is, and the text of its files by the names that programs have for them.
  struct Compiled {
    var folder: String
    var sources: [String: String]
  }

  /// Finds the compiled module, or makes it.
  func compiled(_ session: inout BuildSession, _ progress: (String) -> Void) throws(BuildError) -> Compiled {
    let sources = try sources(session.build.options)
    let texts = Dictionary(sources.map { ("BPFKernel/\($0.path)", $0.text) }) { first, _ in first }
    return Compiled(folder: try folder(sources, &session, progress), sources: texts)
  }

  private func folder(
    _ sources: [KernelSource], _ session: inout BuildSession, _ progress: (String) -> Void
  ) throws(BuildError) -> String {
    let flags = BuildSession.compilerFlags
    let key = CacheKey([toolchain.folder, toolchain.description] + flags + sources.flatMap { [$0.path, $0.text] })
    let name = "kernel/\(key)"
    let folder = "\(cache.path)/\(name)"
    if (try? FileStatus(of: "\(folder)/BPFKernel.swiftmodule")) != nil { return folder }
    let version = toolchain.version.map { "Swift \($0.major).\($0.minor)" } ?? toolchain.description
    progress("Preparing BPFKernel for \(version) …")
    do throws(SystemCallError) {
      try FileSystem.makeFolders("\(cache.path)/kernel")
    } catch {
      throw .system(error)
    }
    let draft = "\(cache.path)/kernel/.\(CacheFolder.draftName())"
    defer { Self.removeTree(draft) }
    try compile(sources, into: draft, &session)
    do throws(SystemCallError) {
      try FileSystem.rename(draft, to: folder)
    } catch {
      // Another build was quicker, and has made the same.
      if error.errno != .directoryNotEmpty, error.errno != .fileExists { throw .system(error) }
    }
    return folder
  }

  private func sources(_ options: BuildOptions) throws(BuildError) -> [KernelSource] {
    guard let folder = options.libraryFolder else { return KernelSource.all }
    do throws(SystemCallError) {
      return try KernelSource.files(below: folder)
    } catch {
      throw .system(error)
    }
  }

  private func compile(
    _ sources: [KernelSource], into draft: String, _ session: inout BuildSession
  ) throws(BuildError) {
    var paths: [String] = []
    do throws(SystemCallError) {
      for source in sources {
        let path = "\(draft)/BPFKernel/\(source.path)"
        try FileSystem.makeFolders(String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]))
        try FileSystem.write(Array(source.text.utf8), to: path)
        paths.append(path)
      }
    } catch {
      throw .system(error)
    }
    var words = [toolchain.frontend, "-frontend", "-emit-module"] + paths + BuildSession.compilerFlags
    for feature in Self.features { words += ["-enable-experimental-feature", feature] }
    // Programs then name the library's files by their place in the library, wherever the cache is.
    words += ["-file-prefix-map", "\(draft)/=", "-module-name", "BPFKernel"]
    words += ["-module-cache-path", "\(cache.path)/modules", "-o", "\(draft)/BPFKernel.swiftmodule"]
    let outcome = try session.run("BPFKernel", words)
    guard outcome.isSuccess else {
      session.report.compilerText += String(decoding: outcome.errors, as: UTF8.self)
      throw .toolchain(.broken(toolchain.folder, "it cannot compile BPFKernel:\n\(session.report.compilerText)"))
    }
  }

  private static func removeTree(_ path: String) {
    for entry in (try? FileSystem.entries(of: path)) ?? [] {
      let inside = "\(path)/\(entry.name)"
      if (try? FileStatus(of: inside, followingLinks: false))?.kind == .directory {
        removeTree(inside)
      } else {
        try? FileSystem.remove(inside)
      }
    }
    try? FileSystem.removeFolder(path)
  }
}
