import BTF
import Diagnostics

/// Writes the lists of `-l` and `-lv`: one line for each probe, with `-v` its arguments below it.
///
/// Lines are those of bpftrace: `tracepoint:syscalls:sys_enter_open`, arguments behind four spaces as type and name.
struct ProbeListing {
  let catalog: Catalog
  let isVerbose: Bool
  let process: Int32?
  /// Takes a line without its end.
  let emit: (String) -> Void
  /// What could not be listed.
  private(set) var problems: [CatalogError] = []

  init(_ catalog: Catalog, isVerbose: Bool, process: Int32?, emit: @escaping (String) -> Void) {
    self.catalog = catalog
    self.isVerbose = isVerbose
    self.process = process
    self.emit = emit
  }

  /// Lists one attach point, whose provider may have wildcards: then it stands for all providers that can be listed.
  mutating func list(_ parts: [String]) throws(CatalogError) {
    let word = parts.first ?? ""
    let pattern = NamePattern(word)
    guard pattern.hasWildcards else {
      guard let provider = Provider(named: word) else {
        throw .unknownProvider(
          word, nearest: NearestNames.nearest(to: word, among: Provider.allCases.map(\.name)))
      }
      try list(provider, Array(parts.dropFirst()))
      return
    }
    for provider in Provider.matching(pattern).sorted(by: { $0.name < $1.name }) where isListed(provider) {
      do {
        try list(provider, Array(parts.dropFirst()))
      } catch {
        problems.append(error)
      }
    }
  }

  /// Whether a wildcard stands for the provider: those of the kernel that it has, and with a process the user ones.
  private func isListed(_ provider: Provider) -> Bool {
    switch provider {
    case .kprobe: catalog.source.has(.kprobes) != false
    case .fentry: catalog.source.has(.trampolines) != false
    case .uprobe, .usdt: process != nil
    default: provider.facts.isListable
    }
  }

  private mutating func list(_ provider: Provider, _ parts: [String]) throws(CatalogError) {
    switch provider {
    case .tracepoint: try listTracepoints(parts)
    case .rawtracepoint: try listRawTracepoints(parts)
    case .kprobe, .kretprobe, .fentry, .fexit: try listFunctions(provider, parts)
    case .uprobe, .uretprobe, .usdt: try listUserProbes(provider, parts)
    case .software, .hardware:
      let pattern = NamePattern(parts.first ?? "*")
      let events = CountedEvent.events(of: provider == .software ? .software : .hardware)
      let names = events.flatMap { [$0.name] + ($0.alias.map { [$0] } ?? []) }.filter { pattern.matches($0) }
      for line in names.map({ "\(provider.name):\($0):" }).sorted() { emit(line) }
    case .profile, .interval:
      let pattern = NamePattern(parts.first ?? "*")
      for unit in TimerPeriod.units where pattern.matches(unit) { emit("\(provider.name):\(unit):") }
    case .iter:
      let pattern = NamePattern(parts.first ?? "*")
      for name in try catalog.iteratorNames() where pattern.matches(name) {
        emit("iter:\(name)")
        if isVerbose { emitIteratorArguments(name) }
      }
    case .begin, .end: emit(provider.name)
    case .selfSignal, .test, .bench, .watchpoint, .asyncwatchpoint: break
    }
  }

  // MARK: Kernel

  private mutating func listTracepoints(_ parts: [String]) throws(CatalogError) {
    let list = try catalog.tracepoints()
    let events: [TracepointList.Event]
    if parts.count >= 2 {
      events = list.events(subsystem: NamePattern(parts[0]), name: NamePattern(parts[1...].joined(separator: ":")))
    } else {
      // One part names an event, a subsystem and event together, or a subsystem.
      let pattern = NamePattern(parts.first ?? "*")
      events = list.events.filter {
        pattern.matches($0.name) || pattern.matches($0.subsystem) || pattern.matches("\($0.subsystem):\($0.name)")
      }
    }
    for event in events {
      emit("tracepoint:\(event.subsystem):\(event.name)")
      guard isVerbose else { continue }
      do {
        let format = try catalog.tracepointFormat(subsystem: event.subsystem, event: event.name)
        for field in format.fields { emit("    \(field.declaration)") }
      } catch {
        problems.append(error)
      }
    }
  }

  private func listRawTracepoints(_ parts: [String]) throws(CatalogError) {
    let module = parts.count >= 2 ? NamePattern(parts[0]) : nil
    for (module, name) in try catalog.rawTracepointNames(module: module, event: NamePattern(parts.last ?? "*")) {
      emit("rawtracepoint:\(module ?? "vmlinux"):\(name)")
      if isVerbose, let parameters = try? catalog.rawTracepointParameters(event: name, module: module) {
        emit(parameters, of: module)
      }
    }
  }

  private func listFunctions(_ provider: Provider, _ parts: [String]) throws(CatalogError) {
    let text = parts.last ?? "*"
    let isTrampoline = provider == .fentry || provider == .fexit
    let facility: KernelFacility = isTrampoline ? .trampolines : .kprobes
    if catalog.source.has(facility) == false {
      let name = NamePattern(text).hasWildcards ? "" : text
      throw .missingFacility(facility, alternatives: catalog.nearestAlternatives(toKernelFunction: name))
    }
    if isTrampoline, catalog.source.types(ofModule: nil) == nil {
      throw .missingFacility(.kernelTypes, alternatives: [])
    }
    let catalog = catalog
    let module = parts.count >= 2 ? NamePattern(parts[0]) : nil
    let types: ((String?) -> TypedFunctionNames?)? = isTrampoline ? { catalog.typedFunctionNames(ofModule: $0) } : nil
    try catalog.functions().forEach(
      matching: NamePattern(text), module: module, typedBy: types
    ) { name, module in
      if !isTrampoline {
        emit(parts.count >= 2 ? "\(provider.name):\(module ?? "vmlinux"):\(name)" : "\(provider.name):\(name)")
        return
      }
      emit("\(provider.name):\(module ?? "vmlinux"):\(name)")
      guard isVerbose, let signature = catalog.kernelFunctionSignature(name, module: module) else { return }
      emit(signature.parameters, of: module)
      if signature.result != .void { emit([ProbeParameter(name: "retval", type: signature.result)], of: module) }
    }
  }

  private func emitIteratorArguments(_ name: String) {
    // The first parameter is the session's `struct bpf_iter_meta`.
    let parameters = catalog.kernelFunctionSignature("bpf_iter_\(name)")?.parameters.dropFirst() ?? []
    emit(Array(parameters), of: nil)
  }

  private func emit(_ parameters: [ProbeParameter], of module: String?) {
    guard let types = catalog.source.types(ofModule: module) else { return }
    for parameter in parameters {
      emit("    \((try? types.cName(of: parameter.type)) ?? "void") \(parameter.name)")
    }
  }

  // MARK: Programs and libraries

  private func listUserProbes(_ provider: Provider, _ parts: [String]) throws(CatalogError) {
    if provider == .usdt {
      // Listing takes a file alone too.
      let parts = parts.count == 1 && process == nil ? parts + ["*"] : parts
      var seen = Set<String>()
      for probe in try catalog.userMarkers(parts, process) where seen.insert(probe.name).inserted { emit(probe.name) }
      return
    }
    guard let target = Catalog.UserTarget(parts, hasProcess: process != nil) else {
      throw .malformed(provider, text: ([provider.name] + parts).joined(separator: ":"))
    }
    let pattern = NamePattern(target.function)
    for path in try catalog.resolveBinary(target.binary, process: process) {
      if target.isDeclaration {
        for match in try catalog.binary(path, process: process).functions(declaredAs: pattern) {
          emit("\(provider.name):\(path):cpp:\"\(match.declaration)\"")
        }
        continue
      }
      for function in try catalog.userFunctions(of: path, matching: pattern, process: process) {
        emit("\(provider.name):\(path):\(function.name)")
      }
    }
  }
}
