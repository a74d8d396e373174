import BPF
import KernelInterface
import LinuxSystem

/// Tracepoints: with the records that the kernel writes for them, raw, and typed.
extension Attacher {
  /// A tracepoint as a perf event: the kernel writes a record for every hit on any CPU while it is open.
  func attachTracepoint(
    _ program: Program, _ subsystem: String, _ name: String, _ cookie: UInt64
  ) throws(BPFError) -> Link {
    let id = try system { () throws(SystemCallError) in
      try tracingFiles.open().eventID(subsystem: subsystem, name: name)
    }
    return try attach(
      program, to: .tracepoint(id: id), on: .cpu(firstCPU), cookie, subject: "tracepoint \(subsystem):\(name)")
  }

  /// A raw tracepoint; a typed program carries in itself which one it was loaded for.
  func attachRawTracepoint(_ program: Program, _ name: String, _ cookie: UInt64) throws(BPFError) -> Link {
    if program.spec.type == .tracing { return try attachTyped(program, cookie) }
    return try withCookie(cookie) { cookie throws(BPFError) in
      try program.attach(toRawTracepoint: name, cookie: cookie)
    }
  }

  /// A program that was loaded for one tracepoint, or for one function's entry or exit.
  func attachTyped(_ program: Program, _ cookie: UInt64) throws(BPFError) -> Link {
    try withCookie(cookie) { cookie throws(BPFError) in try program.attachTracing(cookie: cookie) }
  }
}
