internal import Diagnostics
internal import KernelInterface
internal import LinuxSystem
internal import Symbols

extension Program {
  /// Attaches to a tracepoint by category and name.
  ///
  ///     try program.attach(toTracepoint: "sched", "sched_switch")
  ///
  /// Its number is read from tracefs; where that is not mounted, from a mount of our own that nobody sees (Linux 5.2).
  ///
  /// *First kernel*: 4.7; a cookie: 5.15.
  ///
  /// - Throws: ``AttachError/noSuchTracepoint(category:name:nearest:)``.
  public func attach(
    toTracepoint category: String, _ name: String, cookie: UInt64 = 0
  ) throws(BPFError) -> Link {
    let tracing: TraceFS
    do throws(TraceFS.Unavailable) {
      tracing = try TraceFS(kernel)
    } catch {
      throw .systemCall(
        error.attempts.last
          ?? SystemCallError(call: "openat", subject: "tracefs", errno: .noSuchFileOrDirectory))
    }
    let id: UInt64
    do throws(SystemCallError) {
      id = try tracing.eventID(subsystem: category, name: name)
    } catch {
      guard error.errno == .noSuchFileOrDirectory else { throw .systemCall(error) }
      let events = (try? tracing.events()) ?? []
      let nearest = NearestNames.nearest(to: "\(category):\(name)", among: events)
      throw .attach(.noSuchTracepoint(category: category, name: name, nearest: nearest))
    }
    return try attach(
      toProbe: .tracepoint(id: id), on: .cpu(firstCPU()), cookie: cookie, subject: "tracepoint \(category):\(name)")
  }
}
