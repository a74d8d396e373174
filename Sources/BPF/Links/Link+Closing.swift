internal import LinuxSystem
internal import Synchronization

/// Detaching many links at once.
///
/// The kernel waits inside `close(2)` until no CPU can still be in the program: some 30 ms for a link on a perf event.
/// Those waits overlap when many threads close. Then the events themselves are closed, which takes about as long for
/// each and does not overlap, for the kernel holds one lock meanwhile (`event_mutex` in
/// `kernel/trace/trace_event_perf.c`); but by then no program is attached any more.
extension Link {
  /// More threads than this gain nothing measurable.
  private static let threads = 64

  /// Takes the programs off; when it returns, none of them runs any more.
  ///
  /// What is left of tracepoints and probes are events that do nothing, closed by ``close(_:)`` or with their objects.
  public static func detach(_ links: [Link]) {
    var numbers: [CInt] = []
    var others: [Link] = []
    func collect(_ link: Link) {
      let parts = link.state.withLock { state in
        if let descriptor = state.link.take() {
          numbers.append(descriptor.disown())
        } else if let event = state.event.take() {
          // Without a link the program hangs on the event.
          numbers.append(event.disown())
        } else if state.parts.isEmpty, state.undo != nil {
          others.append(link)
        }
        return state.parts
      }
      for part in parts { collect(part) }
    }
    for link in links { collect(link) }
    OwnedDescriptor.close(disowned: numbers, threads: threads)
    for link in others { link.state.withLock { $0.close() } }
  }

  /// Takes the programs off, then closes the events.
  public static func close(_ links: [Link]) {
    detach(links)
    for link in links {
      close(link.parts)
      link.state.withLock { $0.close() }
    }
  }

  /// Takes the program off and closes the event.
  public func close() { Self.close([self]) }
}
