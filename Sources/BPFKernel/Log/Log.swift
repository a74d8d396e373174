internal import Builtin

/// A log for people: lines that the loader prints, sent as records through a ring buffer.
///
///     let log = Log()
///
///     @section("tp/syscalls/sys_enter_openat")
///     func opening(_ call: SystemCallEnterContext) {
///       log("\(Process.command) opens, descriptor \(call.argument0)")
///     }
///
/// Nothing is formatted in the kernel: the text between the values is constant, and the values travel as they are. A
/// message has at most 240 bytes, where each piece of text or number takes 8 more than its own, rounded up to 8; what
/// does not fit is left out, and the loader says so. *First kernel*: 5.8.
@frozen @_rawLayout(like: MapDefinition)
public struct Log: KernelMap, ~Copyable, @unchecked Sendable {
  /// The definition, and by its address the map.
  @_alwaysEmitIntoClient public var definition: UnsafeMutablePointer<MapDefinition> {
    @_transparent get { UnsafeMutablePointer(Builtin.addressOfRawLayout(self)) }
  }

  /// A log with a buffer of `byteCount` bytes, a power of two and a multiple of the page size.
  @_alwaysEmitIntoClient @_transparent
  public init(byteCount: UInt32 = 262_144) {
    definition.initialize(to: MapDefinition(.ringBuffer, maxEntries: byteCount))
  }

  /// Sends a message; false when the buffer is full.
  @_alwaysEmitIntoClient @inline(__always) @discardableResult
  public borrowing func callAsFunction(_ message: LogMessage, level: LogLevel = .information) -> Bool {
    var record = message.record
    record.words[0] = Clock.monotonic
    record.words[1] =
      UInt64(Process.id) | UInt64(truncatingIfNeeded: record.wordCount) &<< 32 | UInt64(level.rawValue) &<< 48
      | (record.isCut ? 1 &<< 56 : 0)
    let byteCount = UInt64(truncatingIfNeeded: record.wordCount &* 8)
    return withUnsafePointer(to: record.words) { bpf_ringbuf_output(raw, $0, byteCount, 0) } == 0
  }
}

/// How much a message matters.
@frozen
public enum LogLevel: UInt8, Sendable {
  case debug, information, warning, error
}
