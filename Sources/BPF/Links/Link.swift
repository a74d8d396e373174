public import KernelInterface
internal import LinuxSystem
internal import Synchronization

/// A program's attachment, which lasts until it is closed or this object goes away.
///
/// It keeps the program alive, and the perf event where there is one. A pin keeps the attachment alive beyond this
/// object and this process: ``pin(at:)``.
///
/// *First kernel*: 5.7 for links that can be pinned; each kind has its own. Where the kernel has none, it is the perf
/// event, or the netlink request that takes the program off.
public final class Link: Sendable {
  /// What it is attached to, for messages: "tracepoint sched:sched_switch".
  public let subject: String
  /// The attached program; nil for a link that was opened by its pin or its number.
  public let program: Program?
  let kernel: any KernelCalls
  let state: Mutex<State>

  /// What an attachment has open.
  struct State: ~Copyable {
    /// The link; nil when it was detached, and on kernels that attach to the event itself.
    var link: OwnedDescriptor?
    /// The event, which the link keeps too: with it open, closing the link detaches the program and no more.
    var event: OwnedDescriptor?
    /// The links that this one is made of, such as the places of a USDT probe.
    var parts: [Link] = []
    /// What undoes the rest, when the descriptors are closed.
    var undo: (@Sendable () -> Void)?

    init(
      link: consuming OwnedDescriptor? = nil, event: consuming OwnedDescriptor? = nil, parts: [Link] = [],
      undo: (@Sendable () -> Void)? = nil
    ) {
      self.link = link
      self.event = event
      self.parts = parts
      self.undo = undo
    }

    /// Closes what is open, in the order in which it was opened from the last on.
    mutating func close() {
      link = nil
      event = nil
      parts = []
      let last = undo
      undo = nil
      last?()
    }
  }

  init(subject: String, program: Program, _ state: consuming State) {
    self.subject = subject
    self.program = program
    self.kernel = program.kernel
    self.state = Mutex(state)
  }

  init(subject: String, adopting link: consuming OwnedDescriptor, kernel: any KernelCalls) {
    self.subject = subject
    self.program = nil
    self.kernel = kernel
    self.state = Mutex(State(link: link))
  }

  /// An attachment that the kernel knows no link of; `undo` takes it back.
  init(subject: String, kernel: any KernelCalls, undo: @escaping @Sendable () -> Void) {
    self.subject = subject
    self.program = nil
    self.kernel = kernel
    self.state = Mutex(State(undo: undo))
  }

  deinit { state.withLock { $0.close() } }

  /// Opens the link that is pinned at a path of the BPF file system.
  ///
  /// - Throws: `ENOENT` when nothing is there; ``BPFError/notALink(_:)`` when it is a map or a program.
  public convenience init(pinnedAt path: String, kernel: any KernelCalls = LiveKernel()) throws(BPFError) {
    let descriptor = try BPFError.wrap { () throws(SystemCallError) in try kernel.openPin(path) }
    if let kind = ObjectKind(of: descriptor), kind != .link { throw .notALink(path) }
    self.init(subject: path, adopting: descriptor, kernel: kernel)
  }

  /// Opens a link by its number.
  ///
  /// *First kernel*: 5.8. Needs CAP_SYS_ADMIN.
  ///
  /// - Throws: `ENOENT` when there is none.
  public convenience init(id: UInt32, kernel: any KernelCalls = LiveKernel()) throws(BPFError) {
    let descriptor = try BPFError.wrap { () throws(SystemCallError) in try kernel.open(.link, id: id) }
    self.init(subject: "link \(id)", adopting: descriptor, kernel: kernel)
  }

  /// The links that this one is made of; empty for a link that is one for the kernel.
  public var parts: [Link] { state.withLock { $0.parts } }

  /// The kernel's facts about the link; nil for an attachment without one, and when it has been closed.
  ///
  /// - Throws: ``BPFError/systemCall(_:)``.
  public func info() throws(BPFError) -> LinkInfo? {
    try withLink { link throws(SystemCallError) in try kernel.linkInfo(link) }
  }

  /// Pins the link at a path of the BPF file system: the program stays attached until that name and all descriptors are
  /// gone.
  ///
  /// - Throws: ``BPFError/noKernelLink(_:)`` for what is no single link of the kernel; `EPERM` when the path is not in a
  ///   BPF file system; `EEXIST` when there is something.
  public func pin(at path: String) throws(BPFError) {
    try requireLink { link throws(SystemCallError) in try kernel.pin(link, at: path) }
  }

  /// Exchanges the program without a moment without one (`BPF_LINK_UPDATE`).
  ///
  /// *First kernel*: 5.7 for control groups, later for network name spaces, iterators (5.8), XDP (5.9), tcx, netkit.
  ///
  /// - Parameter old: the program that must be attached for this to happen; nil for any.
  /// - Throws: `EINVAL` or `EOPNOTSUPP` for kinds that cannot be updated, as all of perf events, kprobes and uprobes.
  public func update(to program: Program, replacing old: Program? = nil) throws(BPFError) {
    try requireLink { link throws(SystemCallError) in
      try kernel.updateLink(
        link, to: program.descriptor, replacing: old?.descriptor.withNumber { $0 }, subject: subject)
    }
  }

  /// Takes the program off although others may hold the link, too (`BPF_LINK_DETACH`).
  ///
  /// *First kernel*: 5.9, for control groups, network name spaces, XDP, tcx, netkit, and `struct_ops`.
  ///
  /// - Throws: `EOPNOTSUPP` for other kinds: ``close()`` them.
  public func forceDetach() throws(BPFError) {
    try requireLink { link throws(SystemCallError) in try kernel.detachLink(link, subject: subject) }
  }

  /// Lends the kernel's link; nil where there is none.
  func withLink<R>(_ body: (borrowing OwnedDescriptor) throws(SystemCallError) -> R) throws(BPFError) -> R? {
    let result: Result<R?, SystemCallError> = state.withLock { state in
      switch state.link {
      case .some(let link):
        do throws(SystemCallError) { return .success(try body(link)) } catch { return .failure(error) }
      case .none: return .success(nil)
      }
    }
    switch result {
    case .success(let answer): return answer
    case .failure(var error):
      if error.subject == "link" { error.subject = subject }
      throw .systemCall(error)
    }
  }

  /// Lends the kernel's link, which there must be.
  func requireLink<R>(_ body: (borrowing OwnedDescriptor) throws(SystemCallError) -> R) throws(BPFError) -> R {
    guard let answer = try withLink(body) else { throw .noKernelLink(subject) }
    return answer
  }
}

extension Program {
  /// Makes an attachment of what `body` opens.
  func link(_ subject: String, _ body: () throws(SystemCallError) -> Link.State) throws(BPFError) -> Link {
    do throws(SystemCallError) {
      return Link(subject: subject, program: self, try body())
    } catch {
      throw .systemCall(error)
    }
  }
}
