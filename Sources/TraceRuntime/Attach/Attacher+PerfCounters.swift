import BPF
import KernelInterface
import LinuxSystem
import TraceCompiler

/// What ticks or counts: interval, profile and software events.
extension Attacher {
  /// The shortest period that perf's clock keeps (`perf_swevent_start_hrtimer` in the kernel's `kernel/events/core.c`).
  private static let shortestPeriod: UInt64 = 10_000

  /// A clock on one CPU.
  func attachInterval(_ program: Program, _ nanoseconds: UInt64, _ cookie: UInt64) throws(BPFError) -> Link {
    try attach(
      program, to: .software(.cpuClock, .period(max(nanoseconds, Self.shortestPeriod))), on: .cpu(firstCPU), cookie,
      subject: "interval")
  }

  /// A clock on every CPU.
  func attachProfile(
    _ program: Program, _ rate: ProbeSite.SamplingRate, _ cookie: UInt64
  ) throws(BPFError) -> [Link] {
    let sampling: PerfSampling =
      switch rate {
      case .hertz(let frequency): .frequency(frequency)
      case .nanoseconds(let period): .period(max(period, Self.shortestPeriod))
      }
    return try attach(program, toCounter: .software(.cpuClock, sampling), cookie, subject: "profile")
  }

  /// A software event, each `count` of them.
  func attachSoftware(
    _ program: Program, _ config: UInt64, _ count: UInt64, _ cookie: UInt64
  ) throws(BPFError) -> [Link] {
    guard let event = SoftwareEvent(rawValue: config) else {
      throw .systemCall(
        SystemCallError(
          call: "perf_event_open", subject: "software event \(config)", errno: .noSuchFileOrDirectory))
    }
    return try attach(program, toCounter: .software(event, .period(max(count, 1))), cookie, subject: "\(event)")
  }

  /// On every CPU: a program that is for one process alone looks at whose event it is.
  private func attach(
    _ program: Program, toCounter event: PerfEvent, _ cookie: UInt64, subject: String
  ) throws(BPFError) -> [Link] {
    var links: [Link] = []
    for cpu in onlineCPUs {
      do throws(BPFError) {
        links.append(try attach(program, to: event, on: .cpu(cpu), cookie, subject: subject))
      } catch {
        // A CPU can go between being listed and being opened.
        guard !links.isEmpty, case .systemCall(let call) = error, call.errno == .noSuchDevice else { throw error }
      }
    }
    return links
  }
}
