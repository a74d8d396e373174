public import BTF
import Diagnostics
import LinuxSystem
public import Symbols
import Synchronization

/// What can be traced on a machine: turns attach points into concrete probes, and lists what there is.
///
///     let catalog = Catalog(LiveSource())
///     try catalog.probes(at: ["tracepoint", "syscalls", "sys_enter_open*"])
///     try catalog.probes(at: ["uprobe", "libc", "getenv"])
///
/// Everything is read when it is first needed and kept. Nothing is attached or changed.
public final class Catalog: Sendable {
  private struct State {
    var tracepoints: Result<TracepointList, CatalogError>?
    var formats: [String: TracepointFormat] = [:]
    var functions: Result<KernelFunctionList, CatalogError>?
    var rawTracepoints: [String: RawTracepointList] = [:]
    var binaries: [String: BinaryFunctions] = [:]
  }

  let source: any CatalogSource
  private let debugFiles: DebugFileSearch
  private let state = Mutex(State())

  /// A catalogue of what `source` tells.
  public init(_ source: some CatalogSource, debugFiles: DebugFileSearch = DebugFileSearch()) {
    self.source = source
    self.debugFiles = debugFiles
  }

  // MARK: Tracepoints

  /// All tracepoints.
  func tracepoints() throws(CatalogError) -> TracepointList {
    try state.withLock { state throws(CatalogError) in
      if let known = state.tracepoints { return try known.get() }
      let result = readTracepoints()
      state.tracepoints = result
      return try result.get()
    }
  }

  private func readTracepoints() -> Result<TracepointList, CatalogError> {
    do throws(SystemCallError) {
      return .success(TracepointList(parsing: try source.traceFile("available_events")))
    } catch {
      if source.has(.tracefs) == false { return .failure(.missingFacility(.tracefs, alternatives: [])) }
      return .failure(.unreadable(what: "the list of tracepoints", error))
    }
  }

  /// How the kernel lays out a tracepoint's record.
  ///
  /// - Throws: `.notFound` with the nearest names, `.unreadable`, `.badFormat`.
  public func tracepointFormat(subsystem: String, event: String) throws(CatalogError) -> TracepointFormat {
    let key = "\(subsystem):\(event)"
    if let known = state.withLock({ $0.formats[key] }) { return known }
    // Names become parts of a path.
    guard !key.contains("/"), subsystem != "..", event != ".." else {
      throw .notFound(.tracepoint, kind: "event", name: key, nearest: [])
    }
    let text: [UInt8]
    do {
      text = try source.traceFile("events/\(subsystem)/\(event)/format")
    } catch {
      if error.errno == .noSuchFileOrDirectory { throw missingTracepoint(key) }
      throw .unreadable(what: "the format of tracepoint \(key)", error)
    }
    do {
      let format = try TracepointFormat(parsing: text)
      state.withLock { $0.formats[key] = format }
      return format
    } catch {
      throw .badFormat(event: key, error)
    }
  }

  func missingTracepoint(_ name: String) -> CatalogError {
    let names = ((try? tracepoints())?.events ?? []).map { "\($0.subsystem):\($0.name)" }
    return .notFound(.tracepoint, kind: "event", name: name, nearest: NearestNames.nearest(to: name, among: names))
  }

  // MARK: Raw tracepoints

  /// The raw tracepoints that the kernel, or a module of its, tells of; nil when it tells no types.
  func rawTracepoints(ofModule module: String?) -> RawTracepointList? {
    let key = module ?? ""
    if let known = state.withLock({ $0.rawTracepoints[key] }) { return known }
    guard let types = source.types(ofModule: module) else { return nil }
    let list = RawTracepointList(types)
    state.withLock { $0.rawTracepoints[key] = list }
    return list
  }

  /// The parameters of a raw tracepoint, with types of the kernel's BTF or, for a module's, of that module's.
  ///
  /// - Throws: `.notFound` with the nearest names; `.missingFacility` when the kernel tells no types.
  public func rawTracepointParameters(event: String, module: String? = nil) throws(CatalogError) -> [ProbeParameter] {
    guard let list = rawTracepoints(ofModule: module) else { throw .missingFacility(.kernelTypes, alternatives: []) }
    if let parameters = list.parameters(of: event) { return parameters }
    throw .notFound(
      .rawtracepoint, kind: "event", name: event, nearest: NearestNames.nearest(to: event, among: list.names))
  }

  // MARK: Kernel functions

  /// The kernel's traceable functions.
  func functions() throws(CatalogError) -> KernelFunctionList {
    try state.withLock { state throws(CatalogError) in
      if let known = state.functions { return try known.get() }
      let result = readFunctions()
      state.functions = result
      return try result.get()
    }
  }

  /// `available_filter_functions` is the truth; where it cannot be read, functions with a symbol and a type come near.
  private func readFunctions() -> Result<KernelFunctionList, CatalogError> {
    do {
      return .success(KernelFunctionList(parsingFilterFunctions: try source.traceFile("available_filter_functions")))
    } catch {
      guard !source.functionListIsOwn, let types = source.types(ofModule: nil),
        let symbols = try? source.kernelSymbols.table()
      else {
        return .failure(.unreadable(what: "the list of kernel functions", error))
      }
      return .success(KernelFunctionList(symbols: symbols, types: types))
    }
  }

  /// The names of the functions that the kernel, or a module of its, has types of.
  func typedFunctionNames(ofModule module: String?) -> TypedFunctionNames? {
    source.types(ofModule: module).map(TypedFunctionNames.init)
  }

  /// The parameters of a kernel function and what it returns, from BTF; nil when it is not there.
  public func kernelFunctionSignature(
    _ name: String, module: String? = nil
  ) -> (typeID: TypeID, parameters: [ProbeParameter], result: TypeID)? {
    guard let types = source.types(ofModule: module), let function = (try? types.function(named: name)) ?? nil,
      case .functionPrototype(let prototype)? = try? types.type(function.prototype)
    else { return nil }
    let parameters = prototype.parameters.enumerated().map { index, parameter in
      ProbeParameter(name: parameter.name.isEmpty ? "arg\(index)" : parameter.name, type: parameter.type)
    }
    return (function.id, parameters, prototype.result)
  }

  // MARK: Programs and libraries

  /// The functions and markers of a program or library.
  func binary(_ path: String, process: Int32?) throws(CatalogError) -> BinaryFunctions {
    if let known = state.withLock({ $0.binaries[path] }) { return known }
    let roots = process.map { ["/proc/\($0)/root", ""] } ?? [""]
    let binary = try BinaryFunctions(path: path, debugFiles: debugFiles, roots: roots)
    state.withLock { $0.binaries[path] = binary }
    return binary
  }

  /// The files that a word in a user probe means: a path, a program along PATH, a library such as `c` or `libc`.
  ///
  /// - Throws: `.noSuchBinary` with the places that were looked at.
  public func resolveBinary(_ name: String, process: Int32? = nil) throws(CatalogError) -> [String] {
    do throws(BinaryFinder.Failure) {
      return try BinaryFinder(process: process).find(name)
    } catch {
      switch error {
      case .noSuchBinary(let name, let tried): throw .noSuchBinary(name, tried: tried)
      case .unreadable(let what, let call): throw .unreadable(what: what, call)
      }
    }
  }

  /// The functions of a file whose names fit, each name once, in order of name.
  public func userFunctions(
    of path: String, matching pattern: NamePattern, process: Int32? = nil
  ) throws(CatalogError) -> [UserFunction] {
    try binary(path, process: process).functions(matching: pattern)
  }
}
