import TraceCompiler

/// How much room events have on their way: a power of two of pages.
///
/// What the script sets is taken. Otherwise a thousandth of the machine's memory, 64 to 4096 pages, unless the script
/// has only probes that fire a few times a second: they get the least, for the pages count as this process's memory.
struct RingBufferSize: Hashable, Sendable {
  /// Bytes of room.
  let byteCount: Int

  private static let fewestPages = 64
  private static let mostPages = 4096
  /// 1 GiB: what a single ring buffer may have in any kernel (`RINGBUF_MAX_RECORD_SZ` and the 32-bit size).
  private static let mostBytes = 1 << 30

  /// The room for a script's events.
  init(_ script: CompiledScript, _ machine: MachineFacts) {
    let page = max(machine.pageByteCount, 4096)
    let asked = script.configuration.ringBufferPages
    var pages = Self.fewestPages
    if asked > 0 {
      pages = asked
    } else if !script.programs.allSatisfy(\.isCalm) {
      pages = min(max(machine.memoryByteCount / 1024 / page, Self.fewestPages), Self.mostPages)
    }
    var size = page
    while size / page < pages, size < Self.mostBytes { size *= 2 }
    byteCount = size
  }
}

extension CompiledProgram {
  /// Whether the program runs at most a few times a second.
  fileprivate var isCalm: Bool {
    attachments.allSatisfy { attachment in
      switch attachment.site {
      case .begin, .end: true
      case .interval(let nanoseconds): nanoseconds >= 100_000_000
      default: false
      }
    }
  }
}
