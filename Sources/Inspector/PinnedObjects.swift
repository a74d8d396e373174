public import KernelInterface
internal import LinuxSystem

/// Where objects are pinned, found by walking the BPF file systems that are mounted.
public struct PinnedObjects: Sendable {
  private var paths: [ObjectKind: [UInt32: [String]]] = [:]

  /// Nothing is known to be pinned.
  public init() {}

  /// Walks every mounted BPF file system that this process sees.
  ///
  /// Nothing is mounted for it.
  public static func find(kernel: any KernelCalls = LiveKernel()) -> PinnedObjects {
    var pins = PinnedObjects()
    guard let table = try? kernel.contents(of: "/proc/self/mountinfo") else { return pins }
    for point in Set(MountTable(mountinfo: table).points(of: "bpf")).sorted() { pins.walk(point, kernel, depth: 0) }
    return pins
  }

  private mutating func walk(_ folder: String, _ kernel: any KernelCalls, depth: Int) {
    guard depth < 32, let entries = try? FileSystem.entries(of: folder) else { return }
    for entry in entries.sorted(by: { $0.name < $1.name }) {
      let path = "\(folder)/\(entry.name)"
      switch entry.kind {
      case .directory: walk(path, kernel, depth: depth + 1)
      case .regular: note(path, kernel)
      default: continue
      }
    }
  }

  private mutating func note(_ path: String, _ kernel: any KernelCalls) {
    guard let pin = try? kernel.openPin(path) else { return }
    // The descriptor's own words tell what it is.
    guard let (kind, id) = DescriptorFacts(pin).object else { return }
    paths[kind, default: [:]][id, default: []].append(path)
  }

  /// The paths at which an object is pinned.
  public func paths(of kind: ObjectKind, _ id: UInt32) -> [String] { paths[kind]?[id] ?? [] }
}
