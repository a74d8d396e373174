public import BTF
public import KernelInterface
public import LinuxSystem
internal import Synchronization

/// The types of the kernel and of its modules, each read when it is first asked for.
///
/// The running kernel's own types are read once in a process; those of modules once for each value of this type, for
/// modules come and go.
public final class KernelTypes: Sendable {
  /// Types that cannot be had.
  public enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file cannot be read; `ENOENT` where the kernel was built without its type information.
    case unreadable(SystemCallError)
    /// The file is malformed.
    case malformed(path: String, BTFError)

    /// One line with the facts.
    public var description: String {
      switch self {
      case .unreadable(let error): "the kernel's types: \(error)"
      case .malformed(let path, let error): "the kernel's types in \(path): \(error)"
      }
    }
  }

  /// Where the kernel shows its types.
  private static let folder = "/sys/kernel/btf"
  private static let shared = Mutex<TypeGraph?>(nil)

  private let kernel: any KernelCalls
  /// A file to read instead of the running kernel's; it has no modules.
  private let path: String?
  private struct State {
    var own: TypeGraph?
    var modules: [String: TypeGraph] = [:]
    var moduleNames: [String]?
  }
  private let state = Mutex(State())

  /// The types of the running kernel, or of the one whose types are in the file at `path`.
  public init(kernel: any KernelCalls = LiveKernel(), path: String? = nil) {
    self.kernel = kernel
    self.path = path
  }

  /// The kernel's own types.
  ///
  /// - Complexity: 1 ms the first time in a process.
  /// - Throws: ``Failure``; `ENOENT` where the kernel was built without its types (CONFIG_DEBUG_INFO_BTF).
  public func own() throws(Failure) -> TypeGraph {
    if let known = state.withLock({ $0.own }) { return known }
    let isShared = path == nil && kernel is LiveKernel
    if isShared, let known = Self.shared.withLock({ $0 }) {
      state.withLock { $0.own = known }
      return known
    }
    let graph = try read(path ?? "\(Self.folder)/vmlinux", base: nil)
    if isShared { Self.shared.withLock { $0 = graph } }
    state.withLock { $0.own = graph }
    return graph
  }

  /// The names of the modules that have types, in the order of their names.
  public func moduleNames() -> [String] {
    if path != nil { return [] }
    if let known = state.withLock({ $0.moduleNames }) { return known }
    let names = ((try? FileSystem.entries(of: Self.folder)) ?? []).map(\.name).filter { $0 != "vmlinux" }.sorted()
    state.withLock { $0.moduleNames = names }
    return names
  }

  /// The types of a module, on top of the kernel's own.
  ///
  /// - Throws: ``Failure``; `ENOENT` when no such module is loaded.
  public func module(_ name: String) throws(Failure) -> TypeGraph {
    if let known = state.withLock({ $0.modules[name] }) { return known }
    let graph = try read("\(Self.folder)/\(name)", base: own())
    state.withLock { $0.modules[name] = graph }
    return graph
  }

  /// The first type of a name among the given kinds, in the kernel's own types, then in those of the modules.
  ///
  /// `module` is the only one to look in when it is given; `vmlinux` is the kernel itself. A module whose types cannot be
  /// read is passed over, for nothing says that it has the name.
  ///
  /// - Throws: ``Failure`` when the kernel's own types, or those of the given module, cannot be had.
  public func find(
    _ name: String, _ kinds: [BTFKind], module: String? = nil
  ) throws(Failure) -> (id: TypeID, types: TypeGraph, module: String?)? {
    if module == nil || module == "vmlinux" {
      let types = try own()
      for kind in kinds { if let id = types.id(named: name, kind: kind) { return (id, types, nil) } }
      if module != nil { return nil }
    }
    for candidate in module.map({ [$0] }) ?? moduleNames() {
      let types: TypeGraph
      do throws(Failure) { types = try self.module(candidate) } catch {
        if module != nil { throw error }
        continue
      }
      // Those of the module come last. Where the kernel has the same, the module has it from there.
      let ids = types.ids(named: name)
      for kind in kinds {
        if let id = ids.last(where: { types.kind(of: $0) == kind }) { return (id, types, candidate) }
      }
    }
    return nil
  }

  private func read(_ path: String, base: TypeGraph?) throws(Failure) -> TypeGraph {
    let file: MappedFile
    do throws(SystemCallError) {
      file = try MappedFile(kernel.open(path, .read), subject: path)
    } catch {
      throw .unreadable(error)
    }
    do throws(BTFError) {
      return try TypeGraph(bytes: file.bytes, owner: file, base: base)
    } catch {
      throw .malformed(path: path, error)
    }
  }
}
