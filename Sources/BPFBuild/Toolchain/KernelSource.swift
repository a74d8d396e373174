internal import BPFKernelSources
internal import LinuxSystem

/// A source file of the kernel-side library, carried in this binary.
struct KernelSource: Hashable, Sendable {
  /// Its path below the library's folder.
  var path: String
  var text: String

  /// All of them, in the order of the list.
  static let all: [KernelSource] = {
    var sources: [KernelSource] = []
    for index in 0..<bpf_kernel_source_count {
      let source = bpf_kernel_source(index)
      guard let path = source.path, let text = source.text else { continue }
      let bytes = UnsafeRawBufferPointer(start: text, count: source.size)
      sources.append(KernelSource(path: String(cString: path), text: String(decoding: bytes, as: UTF8.self)))
    }
    return sources
  }()

  /// The Swift files below a folder, without those of the simulated kernel.
  static func files(below folder: String) throws(SystemCallError) -> [KernelSource] {
    try paths(below: folder, "").sorted().map { path throws(SystemCallError) in
      KernelSource(path: path, text: try FileSystem.text(of: "\(folder)/\(path)"))
    }
  }

  private static func paths(below folder: String, _ prefix: String) throws(SystemCallError) -> [String] {
    var paths: [String] = []
    for entry in try FileSystem.entries(of: "\(folder)/\(prefix)") {
      let path = prefix + entry.name
      if try FileStatus(of: "\(folder)/\(path)").kind == .directory {
        if entry.name != "Simulation" { paths += try Self.paths(below: folder, path + "/") }
      } else if entry.name.hasSuffix(".swift") {
        paths.append(path)
      }
    }
    return paths
  }
}
