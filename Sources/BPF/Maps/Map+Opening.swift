public import KernelInterface
internal import LinuxSystem

/// Maps that are in the kernel already, and names by which they stay there.
extension Map {
  /// Opens the map that is pinned at `path`.
  ///
  /// *First kernel*: 4.4.
  ///
  /// - Throws: ``BPFError/systemCall(_:)`` with `ENOENT` when nothing is there; ``BPFError/notAMap(_:)`` when it is a
  ///   program or a link.
  public convenience init(pinnedAt path: String, kernel: any KernelCalls = LiveKernel()) throws(BPFError) {
    let descriptor = try Self.open(path, kernel)
    let spec = try MapSpec(of: descriptor, subject: path, kernel)
    try self.init(spec, adopting: descriptor, kernel: kernel)
  }

  private static func open(_ path: String, _ kernel: any KernelCalls) throws(BPFError) -> OwnedDescriptor {
    let descriptor = try BPFError.wrap { () throws(SystemCallError) in try kernel.openPin(path) }
    // Asked for facts, a program would give those of a program.
    if let kind = ObjectKind(of: descriptor), kind != .map { throw .notAMap(path) }
    return descriptor
  }

  /// Opens the map of this number.
  ///
  /// Needs CAP_SYS_ADMIN.
  ///
  /// - Throws: ``BPFError/systemCall(_:)``: `ENOENT` when it is gone. *First kernel*: 4.13.
  public convenience init(id: UInt32, kernel: any KernelCalls = LiveKernel()) throws(BPFError) {
    let descriptor = try BPFError.wrap { () throws(SystemCallError) in try kernel.open(.map, id: id) }
    try self.init(adopting: descriptor, kernel: kernel)
  }

  /// Opens the map that is pinned at `path`, or creates it and pins it there.
  ///
  /// Of several processes that do this at once, one creates the map and all use it.
  ///
  /// - Throws: ``BPFError/pinnedMapDiffers(path:difference:)`` when what is there was made from another spec; else as
  ///   ``init(pinnedAt:kernel:)``, ``init(_:kernel:)`` and ``pin(at:)``.
  public static func shared(
    _ spec: MapSpec, pinnedAt path: String, kernel: any KernelCalls = LiveKernel()
  ) throws(BPFError) -> Map {
    do throws(BPFError) {
      return try opened(spec, path, kernel)
    } catch {
      guard case .systemCall(let call) = error, call.errno == .noSuchFileOrDirectory else { throw error }
    }
    let map = try Map(spec, kernel: kernel)
    do throws(BPFError) {
      try map.pin(at: path)
      return map
    } catch {
      guard case .systemCall(let call) = error, call.errno == .fileExists else { throw error }
      return try opened(spec, path, kernel)
    }
  }

  /// Opens what is pinned at `path`, which must be like `spec`.
  static func opened(_ spec: MapSpec, _ path: String, _ kernel: any KernelCalls) throws(BPFError) -> Map {
    let descriptor = try open(path, kernel)
    let found = try MapSpec(of: descriptor, subject: path, kernel)
    if let difference = found.difference(from: spec) { throw .pinnedMapDiffers(path: path, difference: difference) }
    return try Map(spec, adopting: descriptor, kernel: kernel)
  }

  /// Gives the map a name in a `bpf` file system, under which it outlives this process.
  ///
  /// - Throws: ``BPFError/systemCall(_:)``: `EEXIST` when something is there; `EPERM` when `path` is not in a `bpf` file
  ///   system; `ENOENT` without the folder. *First kernel*: 4.4.
  public func pin(at path: String) throws(BPFError) {
    try BPFError.wrap { () throws(SystemCallError) in try kernel.pin(descriptor, at: path) }
  }

  /// Pins the map by its own name in a folder of a `bpf` file system; answers the path.
  ///
  /// Such names have no dots, so those become `_` (`bpf_lookup` in `kernel/bpf/inode.c`).
  ///
  /// - Throws: as ``pin(at:)``.
  @discardableResult
  public func pin(byNameIn folder: String = "/sys/fs/bpf") throws(BPFError) -> String {
    let path = "\(folder)/\(spec.pinName)"
    try pin(at: path)
    return path
  }

  /// Takes a pin away; the map lives on while anything else holds it.
  ///
  /// - Throws: ``BPFError/systemCall(_:)`` with `ENOENT` when nothing is there.
  public static func unpin(_ path: String) throws(BPFError) {
    try BPFError.wrap { () throws(SystemCallError) in try FileSystem.remove(path) }
  }

  /// Lets nobody write to the map from user space any more; programs still may, unless the map's flags forbid it.
  ///
  /// - Throws: ``BPFError/systemCall(_:)``: `EBUSY` while it is mapped for writing; `EPERM` or `EBUSY` when it is frozen
  ///   already. *First kernel*: 5.2.
  public func freeze() throws(BPFError) {
    try throwing(Result { () throws(SystemCallError) in try kernel.freezeMap(descriptor) })
  }

  /// Whether nobody may write to the map from user space any more, and how many bytes of kernel memory it takes.
  ///
  /// Source: `bpf_map_show_fdinfo` in `kernel/bpf/syscall.c`. *First kernel*: 5.2 (`frozen`), 4.10 (`memlock`).
  ///
  /// - Throws: ``BPFError/systemCall(_:)``.
  public func state() throws(BPFError) -> MapState {
    let text = try BPFError.wrap { () throws(SystemCallError) in
      try descriptor.withNumber { number throws(SystemCallError) in try kernel.text(of: "/proc/self/fdinfo/\(number)") }
    }
    func number(_ name: String) -> Int? {
      text.split(separator: "\n").first { $0.hasPrefix("\(name):") }
        .flatMap { Int($0.dropFirst(name.count + 1).filter { !$0.isWhitespace }) }
    }
    return MapState(isFrozen: number("frozen") == 1, memory: number("memlock") ?? 0)
  }
}

/// What changes about a map.
public struct MapState: Hashable, Sendable {
  /// Whether nobody may write to it from user space any more.
  public var isFrozen: Bool
  /// Bytes of kernel memory that it takes.
  public var memory: Int
}

extension MapSpec {
  /// What the kernel tells of a map.
  init(
    of map: borrowing OwnedDescriptor, subject: String? = nil, _ kernel: any KernelCalls
  ) throws(BPFError) {
    let info: MapInfo
    do throws(SystemCallError) { info = try kernel.mapInfo(map) } catch {
      var error = error
      if let subject { error.subject = subject }
      throw .systemCall(error)
    }
    self.init(
      name: info.name, type: info.type, keySize: info.keySize, valueSize: info.valueSize, maxEntries: info.maxEntries,
      flags: info.flags, extra: info.extra)
  }
}
