internal import CLinux
internal import Glibc
internal import Synchronization

/// Tells an asynchronous reader that one of some descriptors has become ready.
///
/// A thread of its own does nothing but wait; it ends when this object goes away. What became ready while nobody waited
/// is told to the next who does. Only what is new is reported (`EPOLLET`): a descriptor that stays ready because its
/// reader left something behind says so once.
///
///     let watch = try ReadinessWatch()
///     try watch.add(map.descriptor)
///     while !Task.isCancelled {
///       while let record = readOne() { … }
///       await watch.wait()
///     }
public final class ReadinessWatch: Sendable {
  /// What the thread and the reader share.
  private final class Shared: Sendable {
    enum State {
      case quiet
      case told
      case waiting(CheckedContinuation<Void, Never>)
      case ended
    }

    let epoll: Epoll
    /// An eventfd that ends the thread.
    let stop: OwnedDescriptor
    let state = Mutex(State.quiet)

    init(_ epoll: consuming Epoll, stop: consuming OwnedDescriptor) {
      self.epoll = epoll
      self.stop = stop
    }

    /// Something is ready, or the wait is over for another reason.
    func tell() {
      let waiting: CheckedContinuation<Void, Never>? = state.withLock { state in
        switch state {
        case .waiting(let continuation):
          state = .quiet
          return continuation
        case .quiet, .told:
          state = .told
          return nil
        case .ended: return nil
        }
      }
      waiting?.resume()
    }

    func end() {
      let waiting: CheckedContinuation<Void, Never>? = state.withLock { state in
        defer { state = .ended }
        if case .waiting(let continuation) = state { return continuation }
        return nil
      }
      waiting?.resume()
    }

    func run() {
      while true {
        // An error of epoll_wait cannot pass by waiting again.
        guard let ready = try? epoll.wait(), !ready.contains(where: { $0.token == Shared.stopToken }) else {
          return end()
        }
        if !ready.isEmpty { tell() }
      }
    }

    static let stopToken = UInt64.max
  }

  private let shared: Shared

  /// A watch of nothing yet.
  ///
  /// - Throws: `EMFILE`; `EAGAIN` when no thread can be made.
  public init() throws(SystemCallError) {
    let epoll = try Epoll()
    let stop = try OwnedDescriptor(adopting: SystemCallError.check(clinux_event_create(), "eventfd", on: "a watch"))
    try epoll.add(stop, token: Shared.stopToken)
    let shared = Shared(epoll, stop: stop)
    self.shared = shared

    var thread = pthread_t()
    let context = Unmanaged.passRetained(shared)
    let failure = pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        // Signals are for the threads that were there before.
        var all = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_BLOCK, &all, nil)
        Unmanaged<Shared>.fromOpaque(context).takeRetainedValue().run()
        return nil
      }, context.toOpaque())
    if failure != 0 {
      context.release()
      throw SystemCallError(call: "pthread_create", subject: "a watch", errno: SystemErrno(rawValue: failure))
    }
    pthread_detach(thread)
  }

  /// Watches a descriptor, until it is closed.
  public func add(
    _ descriptor: borrowing OwnedDescriptor, for events: Epoll.Events = .readable
  ) throws(SystemCallError) {
    try shared.epoll.add(descriptor, token: 0, for: events.union(.edgeTriggered))
  }

  /// Returns when something has become ready since the last time, or when the task is cancelled.
  ///
  /// One task at a time waits; a second one's wait ends the first's.
  public nonisolated(nonsending) func wait() async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let resumed: [CheckedContinuation<Void, Never>] = shared.state.withLock { state in
          switch state {
          case .told:
            state = .quiet
            return [continuation]
          case .ended: return [continuation]
          case .quiet:
            state = .waiting(continuation)
            return []
          case .waiting(let other):
            state = .waiting(continuation)
            return [other]
          }
        }
        for continuation in resumed { continuation.resume() }
      }
    } onCancel: {
      shared.tell()
    }
  }

  deinit {
    var one: UInt64 = 1
    _ = shared.stop.withNumber { clinux_write($0, &one, MemoryLayout<UInt64>.size) }
  }
}
