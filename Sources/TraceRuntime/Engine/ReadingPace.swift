import LinuxSystem

/// Lets records gather when they come in a stream.
///
/// The kernel wakes a reader that has read everything at the very next record (`bpf_ringbuf_commit` in
/// `kernel/bpf/ringbuf.c`). Of a stream nearly every record would pay for a wake-up, in the traced process and in ours.
/// A reader that is woken a second time within a millisecond therefore rests for one, which nobody sees in the output
/// and which the buffer has room for.
struct ReadingPace: Sendable {
  private static let rest: Int64 = 1_000_000

  private var lastReading: Int64?

  /// Rests, if the reading before this one was less than a millisecond ago.
  mutating func restAfterReading(
    clock: () -> Int64 = { SystemClock.monotonic.nanoseconds },
    sleep: (Int64) -> Void = SystemClock.sleep(nanoseconds:)
  ) {
    let now = clock()
    if let last = lastReading, now - last < Self.rest {
      sleep(Self.rest)
      lastReading = clock()
    } else {
      lastReading = now
    }
  }
}
