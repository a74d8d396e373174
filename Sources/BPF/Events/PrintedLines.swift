internal import Bytecode
internal import Diagnostics
public import KernelInterface
public import LinuxSystem

/// Lines that programs print with `bpf_trace_printk` and `bpf_trace_vprintk` (`bpf_printk` in C, `trace` in Swift).
///
///     let lines = try PrintedLines()
///     try lines.consume { print($0.thread, $0.text) }
///
/// Every such call raises the tracepoint `bpf_trace:bpf_trace_printk`. It is collected in a tracing instance of this
/// object's own, and not read from `trace_pipe`, where one reader takes away what another waits for. They are the lines of
/// all programs on the machine: the kernel does not say whose a line is.
///
/// A perf event of the tracepoint would leave nothing behind when a process is killed, but misses what a program prints
/// that is attached to a tracepoint itself.
///
/// *First kernel*: 5.9.
public final class PrintedLines {
  /// A line.
  public struct Line: Hashable, Sendable {
    /// The thread in which the program ran.
    public var thread: Int32
    /// The CPU on which it ran.
    public var cpu: Int
    /// What it printed, without the line's end.
    public var text: String
  }

  private let instance: TraceInstance
  /// A line whose end has not been read.
  private var rest: [UInt8] = []

  /// Lines that were lost because the buffer was full, as far as the reader has come.
  public private(set) var lostCount: UInt64 = 0

  /// Whether a program of the object prints lines.
  public static func arePrinted(by spec: ObjectSpec) -> Bool {
    let calls: [Instruction] = [.call(.tracePrintk), .call(.traceVprintk)]
    return spec.functions.contains { $0.instructions.contains(where: calls.contains) }
  }

  /// Begins to collect.
  ///
  /// - Throws: ``BPFError/systemCall(_:)`` with `ENOENT` on older kernels, with `EACCES` or `EPERM` without the right to
  ///   write tracefs.
  public init(kernel: any KernelCalls = LiveKernel()) throws(BPFError) {
    let tracing: TraceFS
    do throws(TraceFS.Unavailable) { tracing = try TraceFS(kernel) } catch {
      throw .systemCall(
        error.attempts.last
          ?? SystemCallError(call: "openat", subject: "tracefs", errno: .noSuchFileOrDirectory))
    }
    do throws(SystemCallError) {
      instance = try TraceInstance(of: tracing, subsystem: "bpf_trace", event: "bpf_trace_printk")
    } catch { throw .systemCall(error) }
  }

  /// Adds what becomes readable to `epoll`.
  ///
  /// - Throws: ``BPFError/systemCall(_:)``.
  public func watch(with epoll: borrowing Epoll, token: UInt64) throws(BPFError) {
    do throws(SystemCallError) { try instance.watch(with: epoll, token: token) } catch { throw .systemCall(error) }
  }

  /// Calls `body` with each line that is there, in the order in which they were printed, about `limit` of them.
  ///
  /// - Throws: ``BPFError/systemCall(_:)``.
  @discardableResult
  public func consume(limit: Int = .max, _ body: (Line) -> Void) throws(BPFError) -> Int {
    var count = 0
    while count < limit {
      let bytes: [UInt8]
      do throws(SystemCallError) { bytes = try instance.read() } catch { throw .systemCall(error) }
      if bytes.isEmpty { break }
      count += take(bytes, body)
    }
    return count
  }

  /// Takes the whole lines of what was read; what follows the last of them waits for its end.
  func take(_ bytes: [UInt8], _ body: (Line) -> Void) -> Int {
    rest += bytes
    var count = 0
    var start = rest.startIndex
    while let end = rest[start...].firstIndex(of: UInt8(ascii: "\n")) {
      let text = String(decoding: rest[start..<end], as: UTF8.self)
      start = end + 1
      if let lost = Line.losses(text) {
        lostCount &+= lost
      } else if !text.isEmpty {
        // The log ends every text, also one that has ended its line by itself.
        count += 1
        body(Line(text))
      }
    }
    rest.removeSubrange(..<start)
    return count
  }
}

extension PrintedLines.Line {
  private static let mark = ": bpf_trace_printk: "

  /// Reads a line of the log.
  ///
  ///               bash-7300    [000] ...21 27443.989150: bpf_trace_printk: Hello
  ///
  /// One without these words goes on with the line before.
  init(_ line: String) {
    self.init(thread: 0, cpu: 0, text: line)
    guard let place = line.firstRange(ofText: Self.mark) else { return }
    let head = line[..<place.lowerBound]
    // A command may have brackets in its name, and a dash: what counts is the last.
    guard let open = head.lastIndex(of: "["), let close = head[open...].firstIndex(of: "]"),
      let cpu = Int(head[head.index(after: open)..<close])
    else { return }
    let task = head[..<open]
    guard let dash = task.lastIndex(of: "-"), let thread = Int32(task[task.index(after: dash)...].prefix { $0 != " " })
    else { return }
    self.init(thread: thread, cpu: cpu, text: String(line[place.upperBound...]))
  }

  /// The number in `CPU:0 [LOST 12 EVENTS]`.
  static func losses(_ line: String) -> UInt64? {
    guard line.hasPrefix("CPU:"), line.hasSuffix(" EVENTS]"), let start = line.firstRange(ofText: " [LOST ") else {
      return nil
    }
    return UInt64(line[start.upperBound...].prefix { $0 != " " })
  }
}
