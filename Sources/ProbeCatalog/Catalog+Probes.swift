import BTF
import Diagnostics
import LinuxSystem
import Symbols

extension Catalog {
  /// The probes that an attach point stands for, in a stable order; wildcards are expanded.
  ///
  /// - Parameters:
  ///   - parts: the attach point's text between its colons; the first names the provider.
  ///   - process: the process whose programs and libraries are meant (`-p`).
  /// - Returns: none when a wildcard fits nothing.
  /// - Throws: what is wrong, with the nearest names. A name without wildcard that does not exist is an error.
  public func probes(at parts: [String], process: Int32? = nil) throws(CatalogError) -> [FoundProbe] {
    let word = parts.first ?? ""
    guard let provider = Provider(named: word) else {
      let names = Provider.allCases.map(\.name)
      throw .unknownProvider(word, nearest: NearestNames.nearest(to: word, among: names))
    }
    let rest = Array(parts.dropFirst())
    switch provider {
    case .begin where rest.isEmpty: return [FoundProbe(provider, .begin)]
    case .end where rest.isEmpty: return [FoundProbe(provider, .end)]
    case .selfSignal where rest.count == 2 && rest[0] == "signal":
      return [FoundProbe(provider, .selfSignal(rest[1]), "signal:\(rest[1])")]
    case .test, .bench:
      guard rest.count == 1 else { break }
      return [FoundProbe(provider, .named(rest[0]), rest[0])]
    case .tracepoint where rest.count == 2: return try tracepoints(subsystem: rest[0], event: rest[1])
    case .rawtracepoint where rest.count == 1: return try rawTracepoints(module: nil, event: rest[0])
    case .rawtracepoint where rest.count == 2: return try rawTracepoints(module: rest[0], event: rest[1])
    case .kprobe, .kretprobe:
      guard rest.count == 1 || rest.count == 2 else { break }
      return try kernelFunctions(provider, module: rest.count == 2 ? rest[0] : nil, text: rest[rest.count - 1])
    case .fentry, .fexit:
      guard rest.count == 1 || rest.count == 2 else { break }
      return try trampolines(provider, module: rest.count == 2 ? rest[0] : nil, name: rest[rest.count - 1])
    case .uprobe, .uretprobe: return try userFunctions(provider, rest, process)
    case .usdt: return try userMarkers(rest, process)
    case .iter where rest.count == 1 || rest.count == 2: return [try iterator(rest)]
    case .profile, .interval: return [try timer(provider, rest)]
    case .software, .hardware: return [try perfEvent(provider, rest)]
    case .watchpoint, .asyncwatchpoint: return [try watchpoint(provider, rest)]
    default: break
    }
    throw .malformed(provider, text: parts.joined(separator: ":"))
  }

  // MARK: Tracepoints

  private func tracepoints(subsystem: String, event: String) throws(CatalogError) -> [FoundProbe] {
    let subsystemPattern = NamePattern(subsystem)
    let eventPattern = NamePattern(event)
    guard subsystemPattern.hasWildcards || eventPattern.hasWildcards else {
      // One event: its own file tells whether it exists, which is quicker than the list of all.
      _ = try tracepointFormat(subsystem: subsystem, event: event)
      return [FoundProbe(.tracepoint, .tracepoint(subsystem: subsystem, event: event), "\(subsystem):\(event)")]
    }
    return try tracepoints().events(subsystem: subsystemPattern, name: eventPattern).map {
      FoundProbe(
        .tracepoint, .tracepoint(subsystem: $0.subsystem, event: $0.name), "\($0.subsystem):\($0.name)")
    }
  }

  private func rawTracepoints(module: String?, event: String) throws(CatalogError) -> [FoundProbe] {
    let pattern = NamePattern(event)
    let found = try rawTracepointNames(module: module.map { NamePattern($0) }, event: pattern)
    if found.isEmpty, !pattern.hasWildcards {
      let all = try rawTracepointNames(module: nil, event: .everything).map(\.name)
      throw .notFound(
        .rawtracepoint, kind: "event", name: event, nearest: NearestNames.nearest(to: event, among: all))
    }
    return found.map { module, name in
      FoundProbe(.rawtracepoint, .rawTracepoint(module: module, event: name), "\(module ?? "vmlinux"):\(name)")
    }
  }

  /// The raw tracepoints whose module and name fit, in order; the kernel itself counts as module "vmlinux".
  ///
  /// Without types the list of perf's events must do; nearly each has a raw form of its name, but system calls have
  /// only the two that all share.
  func rawTracepointNames(
    module: NamePattern?, event: NamePattern
  ) throws(CatalogError) -> [(module: String?, name: String)] {
    var found: [(module: String?, name: String)] = []
    if module?.matches("vmlinux") ?? true {
      let names: [String]
      if let list = rawTracepoints(ofModule: nil) {
        names = list.names
      } else {
        names = try tracepoints().events.filter { $0.subsystem != "syscalls" }.map(\.name).sorted()
      }
      found += names.filter { event.matches($0) }.map { (nil, $0) }
    }
    // A plain name that the kernel has needs no look at the modules.
    if !event.hasWildcards, module == nil, !found.isEmpty { return found }
    for name in source.modulesWithTypes().sorted() where module?.matches(name) ?? true {
      found += (rawTracepoints(ofModule: name)?.names ?? []).filter { event.matches($0) }.map { (name, $0) }
    }
    return found
  }

  // MARK: Kernel functions

  private func kernelFunctions(
    _ provider: Provider, module: String?, text: String
  ) throws(CatalogError) -> [FoundProbe] {
    let prefix = module.map { "\($0):" } ?? ""
    if source.has(.kprobes) == false {
      throw .missingFacility(.kprobes, alternatives: nearestAlternatives(toKernelFunction: text))
    }
    if let address = Self.number(text), text.hasPrefix("0x") {
      return [FoundProbe(provider, .kernelAddress(address), text)]
    }
    let pattern = NamePattern(text)
    if pattern.hasWildcards {
      var found: [FoundProbe] = []
      try functions().forEach(matching: pattern, module: module.map { NamePattern($0) }) { name, actualModule in
        let shown = module == nil ? name : "\(actualModule ?? "vmlinux"):\(name)"
        let target = ProbeTarget.kernelFunction(module: module == nil ? nil : actualModule, name: name, offset: 0)
        found.append(FoundProbe(provider, target, shown))
      }
      return found
    }
    let (name, offset) = try Self.splitOffset(text)
    guard try isKernelFunction(name, module: module) else { throw missingFunction(provider, name) }
    let target = ProbeTarget.kernelFunction(module: module == "vmlinux" ? nil : module, name: name, offset: offset)
    return [FoundProbe(provider, target, prefix + text)]
  }

  private func trampolines(_ provider: Provider, module: String?, name: String) throws(CatalogError) -> [FoundProbe] {
    if source.has(.trampolines) == false {
      let kprobe = "\(provider == .fexit ? "kretprobe" : "kprobe"):\(name)"
      throw .missingFacility(
        .trampolines,
        alternatives: source.has(.kprobes) == true ? [kprobe] : nearestAlternatives(toKernelFunction: name))
    }
    guard source.types(ofModule: nil) != nil else { throw .missingFacility(.kernelTypes, alternatives: []) }
    let pattern = NamePattern(name)
    var candidates: [(name: String, module: String?)] = []
    if pattern.hasWildcards {
      try functions().forEach(
        matching: pattern, module: module.map { NamePattern($0) }, typedBy: { self.typedFunctionNames(ofModule: $0) }
      ) { candidates.append(($0, $1)) }
    } else if let module, module != "vmlinux" {
      candidates = [(name, module)]
    } else {
      candidates = [(name, nil)]
      if module == nil, kernelFunctionSignature(name) == nil {
        candidates = source.modulesWithTypes().sorted().map { (name, $0) }
      }
    }
    let found = candidates.compactMap { name, module -> FoundProbe? in
      guard let signature = kernelFunctionSignature(name, module: module) else { return nil }
      let target = ProbeTarget.trampoline(module: module, name: name, typeID: signature.typeID.rawValue)
      return FoundProbe(provider, target, "\(module ?? "vmlinux"):\(name)")
    }
    if found.isEmpty, !pattern.hasWildcards { throw missingFunction(provider, name) }
    return found
  }

  /// Whether there is such a function: its type is quickest to find, its symbol is the last word.
  private func isKernelFunction(_ name: String, module: String?) throws(CatalogError) -> Bool {
    if source.functionListIsOwn {
      return try functions().contains(name, module: module)
    }
    if module == nil || module == "vmlinux", kernelFunctionSignature(name) != nil { return true }
    guard let symbols = try? source.kernelSymbols.table() else { return true }
    return symbols.symbols(named: name).contains {
      $0.isFunction && (module == nil || $0.module == (module == "vmlinux" ? nil : module))
    }
  }

  private func missingFunction(_ provider: Provider, _ name: String) -> CatalogError {
    var names: [String] = []
    try? functions().forEach(matching: .everything) { name, _ in names.append(name) }
    return .notFound(provider, kind: "function", name: name, nearest: NearestNames.nearest(to: name, among: names))
  }

  // MARK: Numbers

  /// A number as scripts write it: decimal or hexadecimal with `0x`.
  static func number(_ text: some StringProtocol) -> UInt64? {
    text.hasPrefix("0x") ? UInt64(text.dropFirst(2), radix: 16) : UInt64(text)
  }

  /// Takes `FUNCTION+OFFSET` apart.
  static func splitOffset(_ text: String) throws(CatalogError) -> (name: String, offset: UInt64) {
    guard let plus = text.lastIndex(of: "+") else { return (text, 0) }
    let digits = text[text.index(after: plus)...]
    guard let offset = number(digits) else { throw .badNumber(String(digits), reason: "an offset in bytes") }
    return (String(text[..<plus]), offset)
  }
}
