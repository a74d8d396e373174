internal import KernelInterface
internal import LinuxSystem

extension Program {
  /// Attaches to a place in the kernel's code: at a function's entry or behind it, or when it returns.
  ///
  ///     try program.attach(toKprobe: .function("vfs_read"))
  ///     try program.attach(toKprobe: .systemCall("execve"), onReturn: true)
  ///
  /// *First kernel*: 4.1 (by tracefs), 4.17 (by perf events); a cookie: 5.15.
  ///
  /// - Throws: ``AttachError/noSuchKernelFunction(_:nearest:)``, ``AttachError/noSuchSystemCall(_:tried:)``, and
  ///   ``AttachError/missingFacility(_:remedy:)`` where the kernel has no kprobes. `EINVAL` for a function that is
  ///   closed to probes, `EILSEQ` for an offset that is no instruction's beginning.
  public func attach(
    toKprobe location: KernelLocation, onReturn: Bool = false, options: ProbeOptions = ProbeOptions()
  ) throws(BPFError) -> Link {
    switch location {
    case .function(let name, let offset):
      if let link = try attach(toFunction: name, offset, onReturn: onReturn, options) { return link }
      throw .attach(.noSuchKernelFunction(name, nearest: TraceableFunctions.nearest(to: name)))
    case .systemCall(let name):
      let candidates = Self.functions(ofSystemCall: name)
      for candidate in candidates {
        if let link = try attach(toFunction: candidate, 0, onReturn: onReturn, options) { return link }
      }
      throw .attach(.noSuchSystemCall(name, tried: candidates))
    case .address(let address):
      if onReturn {
        throw .attach(.malformedTarget("return of \(location)", form: "a function, for an address has no return"))
      }
      let place = TraceEventProbe.Place.kernelAddress(address)
      return try attach(to: place, subject: "kprobe \(location)", options) { unit in .kprobeAddress(unit, address) }
    }
  }

  /// What a kernel may call the function that serves a system call, the likeliest first.
  ///
  /// With `CONFIG_ARCH_HAS_SYSCALL_WRAPPER` it has the architecture's prefix (x86-64: Linux 4.17).
  static func functions(
    ofSystemCall name: String, on architecture: MachineArchitecture = .current
  ) -> [String] {
    let prefix =
      switch architecture {
      case .x86: "__x64_sys_"
      case .arm64: "__arm64_sys_"
      }
    return [prefix + name, "__se_sys_" + name, "sys_" + name]
  }

  /// Nil when there is no such function.
  private func attach(
    toFunction name: String, _ offset: UInt64, onReturn: Bool, _ options: ProbeOptions
  ) throws(BPFError) -> Link? {
    let place = TraceEventProbe.Place.kernelFunction(
      name, offset: offset, onReturn: onReturn, maximumActive: options.maximumActive)
    do throws(BPFError) {
      return try attach(to: place, subject: "\(place)", options) { unit in
        .kprobe(unit, function: name, offset: offset, onReturn: onReturn)
      }
    } catch {
      guard case .systemCall(let call) = error, call.errno == .noSuchFileOrDirectory else { throw error }
      return nil
    }
  }

  /// Attaches by the kernel's unit for perf events, or by tracefs.
  func attach(
    to place: TraceEventProbe.Place, process: Int32? = nil, subject: String, _ options: ProbeOptions,
    event: (DynamicProbeUnit) -> PerfEvent
  ) throws(BPFError) -> Link {
    let isUser = if case .file = place { true } else { false }
    let target: PerfTarget
    if let process { target = .process(process) } else { target = .cpu(try firstCPU()) }
    if options.way != .traceFS, options.maximumActive == nil {
      let unit: DynamicProbeUnit?
      do throws(SystemCallError) {
        unit = try DynamicProbeUnit(isUser ? .uprobe : .kprobe, of: kernel)
      } catch {
        guard error.errno == .noSuchFileOrDirectory else { throw .systemCall(error) }
        guard options.way == .automatic else { throw .attach(missingProbes(isUser)) }
        unit = nil
      }
      if let unit { return try attach(toProbe: event(unit), on: target, cookie: options.cookie, subject: subject) }
    }
    let tracing: TraceFS
    do throws(TraceFS.Unavailable) {
      tracing = try TraceFS(kernel)
    } catch {
      guard let last = error.attempts.last else { throw .attach(missingProbes(isUser)) }
      throw .systemCall(last)
    }
    guard (try? tracing.contents(of: isUser ? "uprobe_events" : "kprobe_events")) != nil else {
      throw .attach(missingProbes(isUser))
    }
    let probe: TraceEventProbe
    let opened: OwnedDescriptor
    do throws(SystemCallError) {
      probe = try TraceEventProbe(place, in: tracing)
      opened = try kernel.openPerfEvent(.tracepoint(id: probe.id), on: target)
    } catch {
      throw .systemCall(error)
    }
    do throws(BPFError) {
      return try attach(toOpened: opened, cookie: options.cookie, subject: subject) { withExtendedLifetime(probe) {} }
    } catch {
      throw withCookie(options.cookie, error)
    }
  }

  /// Events of probes call their program on every CPU whichever is named.
  func firstCPU() throws(BPFError) -> Int {
    try BPFError.wrap { () throws(SystemCallError) in try CPUList.online().cpus.first ?? 0 }
  }

  private func missingProbes(_ isUser: Bool) -> AttachError {
    let remedy =
      isUser
      ? "use a kernel that is built with CONFIG_UPROBE_EVENTS"
      : "use a tracepoint, fentry or raw tracepoint, or a kernel that is built with CONFIG_KPROBE_EVENTS"
    if let absence = KernelFeatures(kernel).absence(of: isUser ? .uprobes : .kprobes) {
      return .missingFeature(absence, remedy: remedy)
    }
    return .missingFacility(isUser ? "uprobes" : "kprobes", remedy: remedy)
  }
}
