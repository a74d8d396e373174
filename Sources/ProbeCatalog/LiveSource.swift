public import BTF
public import KernelInterface
public import LinuxSystem
public import Symbols
import Synchronization

/// The running machine, as the catalogue asks it.
public final class LiveSource: CatalogSource {
  private struct State {
    var graphs: [String: TypeGraph?] = [:]
    var tracing: Result<TraceFS, TraceFS.Unavailable>?
    /// Whether it was tried, and what came of it.
    var hasTrampolines: Bool??
  }

  /// The kernel's symbols.
  public let kernelSymbols: KernelSymbols
  /// Whether the user gave a list of functions.
  public var functionListIsOwn: Bool { traceableFunctions != nil }
  private let traceableFunctions: String?
  private let kernel: any KernelCalls
  private let state = Mutex(State())

  /// The machine, with what others have read of it already.
  ///
  /// - Parameters:
  ///   - kernelTypes: the kernel's types, where they have been read; else they are when they are first asked for.
  ///   - tracing: the tracing files, where they have been opened.
  ///   - traceableFunctions: the path of a file that replaces the kernel's `available_filter_functions`.
  ///   - hasTrampolines: what a probe of the feature said, where it has been made.
  public init(
    kernel: some KernelCalls = LiveKernel(), kernelSymbols: KernelSymbols = KernelSymbols(),
    kernelTypes: TypeGraph? = nil, tracing: TraceFS? = nil, traceableFunctions: String? = nil,
    hasTrampolines: Bool? = nil
  ) {
    self.kernel = kernel
    self.kernelSymbols = kernelSymbols
    self.traceableFunctions = traceableFunctions
    state.withLock { state in
      if let kernelTypes { state.graphs[""] = kernelTypes }
      if let tracing { state.tracing = .success(tracing) }
      if let hasTrampolines { state.hasTrampolines = .some(hasTrampolines) }
    }
  }

  private func tracing() throws(TraceFS.Unavailable) -> TraceFS {
    try state.withLock { state throws(TraceFS.Unavailable) in
      if let known = state.tracing { return try known.get() }
      let opened: Result<TraceFS, TraceFS.Unavailable>
      do throws(TraceFS.Unavailable) {
        opened = .success(try TraceFS(kernel))
      } catch {
        opened = .failure(error)
      }
      state.tracing = opened
      return try opened.get()
    }
  }

  /// A file of the tracing file system.
  public func traceFile(_ path: String) throws(SystemCallError) -> [UInt8] {
    if let traceableFunctions, path == "available_filter_functions" {
      return try FileSystem.contents(of: traceableFunctions)
    }
    let files: TraceFS
    do throws(TraceFS.Unavailable) {
      files = try tracing()
    } catch {
      throw error.attempts.last
        ?? SystemCallError(call: "openat", subject: "tracefs \(path)", errno: .noSuchFileOrDirectory)
    }
    return try files.contents(of: path)
  }

  /// The types of the kernel or of a module, from /sys/kernel/btf.
  public func types(ofModule module: String?) -> TypeGraph? {
    let key = module ?? ""
    if let known = state.withLock({ $0.graphs[key] }) { return known }
    guard !key.contains("/") else { return nil }
    let base = module == nil ? nil : types(ofModule: nil)
    var graph: TypeGraph?
    if module == nil || base != nil, let file = try? MappedFile("/sys/kernel/btf/\(module ?? "vmlinux")") {
      graph = try? TypeGraph(bytes: file.bytes, owner: file, base: base)
    }
    state.withLock { $0.graphs[key] = .some(graph) }
    return graph
  }

  /// The modules that tell their types.
  public func modulesWithTypes() -> [String] {
    ((try? FileSystem.entries(of: "/sys/kernel/btf")) ?? []).map(\.name).filter { $0 != "vmlinux" }
  }

  private func hasTrampolines() -> Bool? {
    if let known = state.withLock({ $0.hasTrampolines }) { return known }
    let answer = TrampolineProbe.isAvailable(kernel, types: types(ofModule: nil))
    state.withLock { $0.hasTrampolines = .some(answer) }
    return answer
  }

  /// Whether the kernel has something; nil when that cannot be told without trying.
  public func has(_ facility: KernelFacility) -> Bool? {
    switch facility {
    // The event source exists from kernel 4.17, where kprobes are built in.
    case .kprobes: (try? FileStatus(of: "/sys/bus/event_source/devices/kprobe/type")) != nil
    case .trampolines: hasTrampolines()
    case .kernelTypes: types(ofModule: nil) != nil
    case .tracefs: (try? tracing()) != nil
    }
  }
}
