public import KernelInterface
internal import LinuxSystem

extension Program {
  /// Attaches to a perf event: a tracepoint, a kprobe, a uprobe, a clock or a counter.
  ///
  /// With a link where the kernel has them for perf events (5.15), which alone takes a cookie; else to the event itself.
  /// One program attaches to a tracepoint or probe once; a second time is `EEXIST`.
  ///
  /// *First kernel*: 4.1 for kprobes, 4.3 for uprobes, 4.7 for tracepoints, 4.9 for clocks and counters.
  ///
  /// - Throws: ``BPFError/systemCall(_:)``: `EEXIST`; `EINVAL` when the program is not of the event's kind; `EPERM` or
  ///   `EACCES` without CAP_PERFMON.
  public func attach(to event: PerfEvent, on target: PerfTarget, cookie: UInt64 = 0, subject: String) throws(BPFError)
    -> Link
  {
    try link(subject) { () throws(SystemCallError) in
      try state(of: kernel.openPerfEvent(event, on: target), cookie: cookie, subject: subject)
    }
  }

  /// Attaches to a perf event that somebody opened, such as a counter of a group; takes it over.
  ///
  /// - Parameter undo: called when the event has been closed.
  func attach(
    toOpened event: consuming OwnedDescriptor, cookie: UInt64, subject: String, undo: (@Sendable () -> Void)? = nil
  ) throws(BPFError) -> Link {
    let state: Link.State
    do throws(SystemCallError) {
      state = try self.state(of: event, cookie: cookie, subject: subject, undo: undo)
    } catch {
      throw .systemCall(error)
    }
    return Link(subject: subject, program: self, state)
  }

  private func state(
    of event: consuming OwnedDescriptor, cookie: UInt64, subject: String, undo: (@Sendable () -> Void)? = nil
  ) throws(SystemCallError) -> Link.State {
    do throws(SystemCallError) {
      let link = try kernel.createPerfEventLink(descriptor, event, cookie: cookie, subject: subject)
      try kernel.enablePerfEvent(event)
      return Link.State(link: link, event: event, undo: undo)
    } catch {
      guard error.errno == .invalidArgument, cookie == 0 else { throw error }
      try kernel.attachToPerfEvent(descriptor, event)
      return Link.State(event: event, undo: undo)
    }
  }

  /// Attaches a `perf_event` program to a clock or a counter on every CPU that is online, or in one process on all CPUs.
  ///
  /// The links come in one, of which ``Link/parts`` are those of the CPUs.
  ///
  ///     try program.attach(toEvent: .software(.cpuClock, .frequency(99)))
  ///
  /// *First kernel*: 4.9; a cookie: 5.15.
  ///
  /// - Parameters:
  ///   - process: the one process; nil for all.
  ///   - cpus: the CPUs, of which those are left out that go offline meanwhile; nil for all that are online.
  /// - Throws: ``BPFError/systemCall(_:)``: `ENOENT` or `EOPNOTSUPP` for a counter that the machine does not have;
  ///   `EACCES` without CAP_PERFMON; `ESRCH` without the process.
  public func attach(
    toEvent event: PerfEvent, process: Int32? = nil, cpus: [Int]? = nil, cookie: UInt64 = 0
  ) throws(BPFError) -> Link {
    if let process {
      return try attach(to: event, on: .process(process), cookie: cookie, subject: "\(event) of process \(process)")
    }
    let wanted: [Int]
    if let cpus {
      wanted = cpus
    } else {
      wanted = try BPFError.wrap { () throws(SystemCallError) in try CPUList.online().cpus }
    }
    var parts: [Link] = []
    for cpu in wanted {
      do throws(BPFError) {
        parts.append(try attach(to: event, on: .cpu(cpu), cookie: cookie, subject: "\(event) on CPU \(cpu)"))
      } catch {
        // A CPU can go between being listed and being opened.
        guard cpus == nil, !parts.isEmpty, case .systemCall(let call) = error, call.errno == .noSuchDevice else {
          throw error
        }
      }
    }
    return Link(subject: "\(event)", program: self, Link.State(parts: parts))
  }

  /// As ``attach(to:on:cookie:subject:)``, but says when it is the cookie that this kernel cannot keep.
  func attach(
    toProbe event: PerfEvent, on target: PerfTarget, cookie: UInt64, subject: String
  ) throws(BPFError) -> Link {
    do throws(BPFError) {
      return try attach(to: event, on: target, cookie: cookie, subject: subject)
    } catch {
      throw withCookie(cookie, error)
    }
  }

  /// What a refusal means where perf events have no links, which alone take cookies.
  func withCookie(_ cookie: UInt64, _ error: BPFError) -> BPFError {
    guard cookie != 0, case .systemCall(let call) = error,
      call.errno == .invalidArgument || call.errno == .argumentListTooLong,
      let absence = KernelFeatures(kernel).absence(of: .perfEventLinks)
    else { return error }
    return .attach(.missingFeature(absence, remedy: "attach without a cookie, for links alone keep one"))
  }
}
