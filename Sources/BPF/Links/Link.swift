public import KernelInterface
internal import LinuxSystem
internal import Synchronization

/// A program's attachment, which lasts until it is detached or this object goes away.
///
/// It keeps the program alive, and the perf event where there is one.
public final class Link: Sendable {
  /// What it is attached to, for messages: "tracepoint sched:sched_switch".
  public let subject: String
  /// The attached program.
  public let program: Program
  let state: Mutex<State>

  /// What an attachment has open.
  struct State: ~Copyable {
    /// The link; nil when it was detached, and on kernels that attach to the event itself.
    var link: OwnedDescriptor?
    /// The event, which the link keeps too: with it open, closing the link detaches the program and no more.
    var event: OwnedDescriptor?
  }

  init(subject: String, program: Program, _ state: consuming State) {
    self.subject = subject
    self.program = program
    self.state = Mutex(state)
  }

  /// The kernel's facts about the link; nil for an attachment without one, and when it has been detached.
  public func info() throws(BPFError) -> LinkInfo? {
    let result: Result<LinkInfo?, SystemCallError> = state.withLock { state in
      switch state.link {
      case .some(let link):
        do throws(SystemCallError) { return .success(try program.kernel.linkInfo(link)) } catch {
          return .failure(error)
        }
      case .none: return .success(nil)
      }
    }
    switch result {
    case .success(let info): return info
    case .failure(var error):
      error.subject = subject
      throw .systemCall(error)
    }
  }
}

extension Program {
  /// Attaches a raw tracepoint program.
  ///
  /// *First kernel*: 4.17; a cookie: 6.9.
  public func attach(toRawTracepoint name: String, cookie: UInt64 = 0) throws(BPFError) -> Link {
    try link("rawtracepoint \(name)") { () throws(SystemCallError) in
      Link.State(link: try kernel.openRawTracepoint(descriptor, name: name, cookie: cookie), event: nil)
    }
  }

  /// Attaches a tracing program (fentry, fexit, tp_btf, LSM) to what it was loaded for.
  ///
  /// *First kernel*: 5.5; a cookie: 5.18.
  public func attachTracing(cookie: UInt64 = 0) throws(BPFError) -> Link {
    let type = spec.expectedAttachType ?? .traceRawTracepoint
    return try link("\(type) \(spec.name)") { () throws(SystemCallError) in
      Link.State(
        link: try kernel.createTracingLink(descriptor, type, cookie: cookie, subject: "program '\(spec.name)'"),
        event: nil)
    }
  }

  /// Attaches to a perf event: a tracepoint, a kprobe, a uprobe, a clock or a counter.
  ///
  /// With a link where the kernel has them for perf events (5.15), which alone takes a cookie; else to the event itself.
  /// One program attaches to a tracepoint or probe once; a second time is `EEXIST`.
  public func attach(to event: PerfEvent, on target: PerfTarget, cookie: UInt64 = 0, subject: String) throws(BPFError)
    -> Link
  {
    try link(subject) { () throws(SystemCallError) in
      let opened = try kernel.openPerfEvent(event, on: target)
      do throws(SystemCallError) {
        let link = try kernel.createPerfEventLink(descriptor, opened, cookie: cookie, subject: subject)
        try kernel.enablePerfEvent(opened)
        return Link.State(link: link, event: opened)
      } catch {
        guard error.errno == .invalidArgument, cookie == 0 else { throw error }
        try kernel.attachToPerfEvent(descriptor, opened)
        return Link.State(link: nil, event: opened)
      }
    }
  }

  /// Attaches to many kernel functions with one link.
  ///
  /// *First kernel*: 5.18; as a session of entry and return: 6.10.
  public func attach(to probes: KprobeMulti, session: Bool = false) throws(BPFError) -> Link {
    try link("\(probes.functions.count) kernel functions") { () throws(SystemCallError) in
      Link.State(link: try kernel.createKprobeMultiLink(descriptor, probes, session: session), event: nil)
    }
  }

  /// Attaches to many places of a file with one link.
  ///
  /// *First kernel*: 6.6.
  public func attach(to probes: UprobeMulti) throws(BPFError) -> Link {
    try link("\(probes.path) at \(probes.offsets.count) places") { () throws(SystemCallError) in
      Link.State(link: try kernel.createUprobeMultiLink(descriptor, probes), event: nil)
    }
  }

  private func link(
    _ subject: String, _ body: () throws(SystemCallError) -> Link.State
  ) throws(BPFError) -> Link {
    do throws(SystemCallError) {
      return Link(subject: subject, program: self, try body())
    } catch {
      throw .systemCall(error)
    }
  }
}
