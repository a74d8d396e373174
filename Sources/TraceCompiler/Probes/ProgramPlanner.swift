import BTF
import Diagnostics
import TraceLanguage

/// Turns the probes of a script into programs to be: expands attach points, decides how each site is served, and lets
/// sites share a program wherever its body looks the same to all of them.
struct ProgramPlanner {
  let script: Script
  let target: any CompilationTarget
  let catalog: TypeCatalog
  let configuration: ScriptConfiguration
  let options: CompilerOptions
  private(set) var probeNames: [String] = []
  private(set) var plans: [ProgramPlan] = []
  private var attachedCount = 0

  init(
    script: Script, target: any CompilationTarget, catalog: TypeCatalog, configuration: ScriptConfiguration,
    options: CompilerOptions
  ) {
    self.script = script
    self.target = target
    self.catalog = catalog
    self.configuration = configuration
    self.options = options
  }

  mutating func run(reporting diagnostics: inout DiagnosticList) {
    for index in script.probes.indices { plan(probeIndex: index, reporting: &diagnostics) }
    if attachedCount > configuration.maximumProbes, let first = script.probes.first {
      diagnostics.report(.tooManyProbes(attachedCount, limit: configuration.maximumProbes, at: first.span))
    }
    if plans.count > configuration.maximumPrograms, let first = script.probes.first {
      diagnostics.report(.tooManyPrograms(plans.count, limit: configuration.maximumPrograms, at: first.span))
    }
  }

  private mutating func plan(probeIndex: Int, reporting diagnostics: inout DiagnosticList) {
    let probe = script.probes[probeIndex]
    let use = ContextUse(of: probe)
    var resolved: [ResolvedProbe] = []
    for attachPoint in probe.attachPoints {
      resolved += expand(attachPoint, reporting: &diagnostics)
    }
    var seen = Set<ResolvedProbe>()
    resolved.removeAll { !seen.insert($0).inserted }
    if let filter = options.probeFilter {
      resolved.removeAll { $0.site != .begin && $0.site != .end && !filter($0.name) }
    }
    attachedCount += resolved.count
    let named = resolved.map { probe in
      probeNames.append(probe.name)
      return (probe: probe, nameIndex: probeNames.count - 1)
    }
    let folded = systemCallsToFold(named, use: use)
    do {
      for isExit in [false, true] {
        let calls = named.filter { folded.names.contains($0.nameIndex) && isSystemCallExit($0.probe.site) == isExit }
        if !calls.isEmpty {
          try planFolded(calls, probeIndex: probeIndex, use: use, isExit: isExit, reason: folded.reason)
        }
      }
      let rest = named.filter { !folded.names.contains($0.nameIndex) }
      try planShared(rest, probeIndex: probeIndex, use: use, reason: folded.reason)
    } catch {
      diagnostics.report(.lookupFailed(error, at: probe.attachPoints.first?.span ?? probe.span))
    }
  }

  // MARK: Attach points

  private func expand(_ attachPoint: AttachPoint, reporting diagnostics: inout DiagnosticList) -> [ResolvedProbe] {
    do {
      let probes = try target.probes(
        at: attachPoint.substituting(options.positionalParameters), process: options.process)
      if probes.isEmpty { diagnostics.reportMissing(attachPoint, near: target, configuration.missingProbes) }
      return probes
    } catch {
      switch configuration.missingProbes {
      case .error: diagnostics.report(.lookupFailed(error, at: attachPoint.span))
      case .warn: diagnostics.report(.lookupSkipped(error, at: attachPoint.span))
      case .ignore: break
      }
      return []
    }
  }

  // MARK: Sharing

  /// What must agree for two sites to be served by one program.
  private struct SharingKey: Hashable {
    var kind: CompiledProgram.Kind
    var arguments: [ProbeArgument]
    var site: ProbeSite?
    /// How `func` is known, and whether it is a user function: nil where nothing asks.
    var function: FunctionAddressSource?
    var isUserFunction: Bool
  }

  private mutating func planShared(
    _ probes: [(probe: ResolvedProbe, nameIndex: Int)], probeIndex: Int, use: ContextUse, reason: String
  ) throws(ProbeLookupError) {
    var order: [SharingKey] = []
    var groups: [SharingKey: [(probe: ResolvedProbe, nameIndex: Int)]] = [:]
    var allArguments: [SharingKey: [ProbeArgument]] = [:]
    for entry in probes {
      let kind = programKind(for: entry.probe.site)
      let arguments = try self.arguments(for: entry.probe.site, kind: kind, use: use)
      let used = use.usesWholeArguments ? arguments : arguments.filter { use.argumentFields.contains($0.name) }
      // A field that is missing here but not elsewhere must be reported for this site alone.
      var isUserFunction = false
      if use.usesFunction, case .userFunction = entry.probe.site { isUserFunction = true }
      let key = SharingKey(
        kind: kind, arguments: used, site: mayShare(entry.probe.site, use: use) ? nil : entry.probe.site,
        function: functionSource(of: entry.probe.site, use: use), isUserFunction: isUserFunction)
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(entry)
      allArguments[key] = arguments
    }
    for key in order {
      let members = groups[key] ?? []
      let body = ProbeBody(
        probeIndex: probeIndex, probes: members, arguments: allArguments[key] ?? [],
        argumentSpace: argumentSpace(of: members.first?.probe.site), use: use)
      let attachments = members.map {
        CompiledProgram.Attachment(site: $0.probe.site, cookie: UInt64($0.nameIndex), probes: [$0.probe])
      }
      plans.append(
        ProgramPlan(kind: key.kind, bodies: [body], selector: .single, attachments: attachments, reason: reason))
    }
  }

  private func arguments(
    for site: ProbeSite, kind: CompiledProgram.Kind, use: ContextUse
  ) throws(ProbeLookupError) -> [ProbeArgument] {
    if use.argumentFields.isEmpty, !use.usesWholeArguments, !use.usesReturnValue { return [] }
    return try arguments(at: site, kind: kind) ?? []
  }

  private func mayShare(_ site: ProbeSite, use: ContextUse) -> Bool {
    if case .constant = functionSource(of: site, use: use) { return false }
    return switch site {
    case .tracepoint, .kernelFunction, .userFunction: !use.usesProbeName || target.features.hasAttachCookie
    case .rawTracepoint: !use.usesProbeName
    case .begin, .end, .interval, .profile, .software, .trampoline: false
    }
  }

  private func functionSource(of site: ProbeSite, use: ContextUse) -> FunctionAddressSource? {
    use.usesFunction ? FunctionAddressSource(of: site, target.features, target.architecture.registers) : nil
  }

  private func argumentSpace(of site: ProbeSite?) -> AddressSpace {
    switch site {
    case .userFunction: .user
    case .tracepoint("syscalls", _): .user
    default: .kernel
    }
  }

  func programKind(for site: ProbeSite) -> CompiledProgram.Kind {
    switch site {
    case .begin, .end: .testRun
    case .interval, .profile, .software: .perfEvent
    case .tracepoint: .tracepoint
    case .rawTracepoint: .rawTracepoint
    case .kernelFunction, .userFunction: .kprobe
    case .trampoline(_, _, let typeID, let isExit): .trampoline(typeID: typeID, isExit: isExit)
    }
  }

  // MARK: System calls on the raw tracepoints

  private func systemCallsToFold(
    _ probes: [(probe: ResolvedProbe, nameIndex: Int)], use: ContextUse
  ) -> (names: Set<Int>, reason: String) {
    let calls = probes.filter { systemCallNumber(of: $0.probe.site) != nil }
    guard !calls.isEmpty else { return ([], "") }
    let decision = SystemCallFolding.decide(
      count: calls.count, use: use, configuration: configuration, features: target.features,
      hasTypes: target.kernelTypes != nil)
    return (decision.isRaw ? Set(calls.map(\.nameIndex)) : [], decision.reason)
  }

  private mutating func planFolded(
    _ calls: [(probe: ResolvedProbe, nameIndex: Int)], probeIndex: Int, use: ContextUse, isExit: Bool, reason: String
  ) throws(ProbeLookupError) {
    let event = isExit ? "sys_exit" : "sys_enter"
    guard let kernel = target.kernelTypes, let typeID = kernel.id(named: "btf_trace_\(event)", kind: .typedef) else {
      return try planShared(calls, probeIndex: probeIndex, use: use, reason: reason)
    }
    let kind = CompiledProgram.Kind.typedRawTracepoint(typeID: typeID.rawValue)
    var bodies: [ProbeBody] = []
    var bodyIndexes: [[ProbeArgument]: Int] = [:]
    var selection: [Int: (body: Int, nameIndex: Int)] = [:]
    for call in calls {
      guard let number = systemCallNumber(of: call.probe.site) else { continue }
      let arguments = try self.arguments(for: call.probe.site, kind: kind, use: use)
      let used = use.usesWholeArguments ? arguments : arguments.filter { use.argumentFields.contains($0.name) }
      let index: Int
      if let known = bodyIndexes[used] {
        index = known
        bodies[index].probes.append(call)
      } else {
        index = bodies.count
        bodyIndexes[used] = index
        bodies.append(
          ProbeBody(
            probeIndex: probeIndex, probes: [call], arguments: arguments, argumentSpace: .user, use: use))
      }
      selection[number] = (index, call.nameIndex)
    }
    let attachment = CompiledProgram.Attachment(
      site: .rawTracepoint(event: event), cookie: 0, probes: calls.map(\.probe))
    plans.append(
      ProgramPlan(
        kind: kind, bodies: bodies, selector: .systemCallNumber(selection, isExit: isExit), attachments: [attachment],
        reason: reason))
  }

  private func isSystemCallExit(_ site: ProbeSite) -> Bool {
    if case .tracepoint(_, let event) = site { return event.hasPrefix("sys_exit_") }
    return false
  }

  /// The number of the system call whose tracepoint a site is.
  private func systemCallNumber(of site: ProbeSite) -> Int? {
    guard case .tracepoint("syscalls", let event) = site else { return nil }
    let name = event.hasPrefix("sys_enter_") ? event.dropFirst(10) : event.dropFirst(9)
    guard event.hasPrefix("sys_enter_") || event.hasPrefix("sys_exit_") else { return nil }
    return SystemCallTable(target.architecture).number(ofEvent: name)
  }
}
