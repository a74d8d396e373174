import BPF
import KernelInterface
import LinuxSystem
import TraceCompiler

/// Attaches programs to their places; one file for each sort of place says how.
///
/// A program that must tell its places apart gets a cookie at each. Where the kernel takes none (before 5.15 for perf
/// events, 5.18 for tracing programs, 6.9 for raw tracepoints), it has no `bpf_get_attach_cookie` for such programs
/// either: one that loaded does not ask for it, and is attached without.
struct Attacher {
  let kernel: any KernelCalls
  /// CPUs that run now.
  let onlineCPUs: [Int]
  /// Only this process (`-p`), for places in user programs, whose breakpoints then are in that process alone.
  let process: Int32?
  let tracingFiles: TracingFiles

  init(kernel: any KernelCalls, onlineCPUs: [Int], process: Int32?) {
    self.kernel = kernel
    self.onlineCPUs = onlineCPUs
    self.process = process
    tracingFiles = TracingFiles(kernel)
  }

  /// Attaches a program to one of its places; nothing is attached for begin and end, which are run.
  func attach(_ program: Program, at attachment: CompiledProgram.Attachment) throws(AttachFailure) -> [Link] {
    do throws(BPFError) {
      let cookie = attachment.cookie
      switch attachment.site {
      case .begin, .end: return []
      case .interval(let nanoseconds): return [try attachInterval(program, nanoseconds, cookie)]
      case .profile(let rate): return try attachProfile(program, rate, cookie)
      case .software(_, let config, let count): return try attachSoftware(program, config, count, cookie)
      case .tracepoint(let subsystem, let event): return [try attachTracepoint(program, subsystem, event, cookie)]
      case .rawTracepoint(let event): return [try attachRawTracepoint(program, event, cookie)]
      case .trampoline: return [try attachTyped(program, cookie)]
      case .kernelFunction(_, let function, let offset, let isReturn):
        return [try attachKernelFunction(program, function, offset, onReturn: isReturn, cookie)]
      case .userFunction(let path, _, let offset, let isReturn):
        return [try attachUserFunction(program, path, offset, onReturn: isReturn, cookie)]
      }
    } catch {
      throw AttachFailure(error, at: attachment, process: process)
    }
  }

  /// Attaches to a perf event, without the cookie where the kernel takes none.
  func attach(
    _ program: Program, to event: PerfEvent, on target: PerfTarget, _ cookie: UInt64, subject: String
  ) throws(BPFError) -> Link {
    try withCookie(cookie) { cookie throws(BPFError) in
      try program.attach(to: event, on: target, cookie: cookie, subject: subject)
    }
  }

  /// Calls `body` with the cookie and, when the kernel refuses, without.
  func withCookie(_ cookie: UInt64, _ body: (UInt64) throws(BPFError) -> Link) throws(BPFError) -> Link {
    guard cookie != 0 else { return try body(0) }
    do throws(BPFError) {
      return try body(cookie)
    } catch {
      // E2BIG: the field lies beyond what the kernel knows of the attribute.
      guard case .systemCall(let call) = error, call.errno == .invalidArgument || call.errno == .argumentListTooLong
      else { throw error }
    }
    return try body(0)
  }

  /// Runs a system call and makes its error one of BPF's.
  func system<R: ~Copyable>(_ body: () throws(SystemCallError) -> R) throws(BPFError) -> R {
    do throws(SystemCallError) { return try body() } catch { throw .systemCall(error) }
  }

  /// The CPU on which events are opened that are meant for all or for any.
  var firstCPU: Int { onlineCPUs.first ?? 0 }
}

/// The kernel's tracing files, found when the first one is needed.
final class TracingFiles {
  private let kernel: any KernelCalls
  private var found: Result<TraceFS, SystemCallError>?

  init(_ kernel: any KernelCalls) { self.kernel = kernel }

  /// The tracing files.
  ///
  /// - Throws: the last thing that was tried, when there is no way to them.
  func open() throws(SystemCallError) -> TraceFS {
    if let found { return try found.get() }
    let result: Result<TraceFS, SystemCallError>
    do throws(TraceFS.Unavailable) {
      result = .success(try TraceFS(kernel))
    } catch {
      result = .failure(
        error.attempts.last ?? SystemCallError(call: "fsopen", subject: "tracefs", errno: .noSuchFileOrDirectory))
    }
    found = result
    return try result.get()
  }
}
