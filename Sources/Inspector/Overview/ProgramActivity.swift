public import KernelInterface
public import LinuxSystem

/// How busy the programs of the machine are: the difference between two looks at their counters.
public struct ProgramActivity: Sendable {
  /// A program's share of what happened between the looks.
  public struct Row: Sendable {
    /// The program.
    public var info: ProgramInfo
    /// Runs per second.
    public var eventsPerSecond: Double
    /// Of the time of one CPU, in percent.
    public var share: Double
    /// The mean time of a run, in nanoseconds; 0 without runs.
    public var nanosecondsPerRun: Double
    /// Bytes that are charged for it.
    public var memory: UInt64
  }

  /// By what rows are ordered.
  public enum Order: String, CaseIterable, Sendable {
    case share, events, time, memory, name, id
  }

  private struct Look {
    var nanoseconds: Int64
    var programs: [(info: ProgramInfo, memory: UInt64)]
  }

  private let kernel: any KernelCalls
  private var last: Look

  /// Takes the first look; what the counters say is told by the next.
  ///
  /// The kernel counts only while somebody asks it to (``BPF/RunStatistics``).
  public init(kernel: any KernelCalls) throws(InspectorError) {
    self.kernel = kernel
    last = try Self.look(kernel)
  }

  private static func look(_ kernel: any KernelCalls) throws(InspectorError) -> Look {
    var look = Look(nanoseconds: SystemClock.monotonic.nanoseconds, programs: [])
    try ObjectLookup(.program, kernel: kernel).forEach { _, program throws(InspectorError) in
      let info = try InspectorError.wrap { () throws(SystemCallError) in
        try kernel.programInfo(program, withMaps: false)
      }
      look.programs.append((info, DescriptorFacts(program).number("memlock") ?? 0))
    }
    return look
  }

  /// Looks again: what each program did since the last look.
  public mutating func next(by order: Order) throws(InspectorError) -> [Row] {
    let now = try Self.look(kernel)
    let before = Dictionary(last.programs.map { ($0.info.id, $0.info) }) { first, _ in first }
    let seconds = Double(max(1, now.nanoseconds - last.nanoseconds)) / 1e9
    last = now
    let rows = now.programs.map { program, memory in
      let old = before[program.id]
      // Counters of a program that is there for the first time began at 0.
      let runs = Double(program.runCount) - Double(old?.runCount ?? 0)
      let time = Double(program.runTime) - Double(old?.runTime ?? 0)
      return Row(
        info: program, eventsPerSecond: runs / seconds, share: time / seconds / 1e7,
        nanosecondsPerRun: runs > 0 ? time / runs : 0, memory: memory)
    }
    return Self.sorted(rows, by: order)
  }

  /// The busiest first; names and numbers ascending.
  static func sorted(_ rows: [Row], by order: Order) -> [Row] {
    rows.sorted { one, other in
      switch order {
      case .share where one.share != other.share: one.share > other.share
      case .events where one.eventsPerSecond != other.eventsPerSecond: one.eventsPerSecond > other.eventsPerSecond
      case .time where one.nanosecondsPerRun != other.nanosecondsPerRun:
        one.nanosecondsPerRun > other.nanosecondsPerRun
      case .memory where one.memory != other.memory: one.memory > other.memory
      case .name where one.info.name != other.info.name: one.info.name < other.info.name
      default: one.info.id < other.info.id
      }
    }
  }
}

extension ProgramActivity {
  /// A table with a head, at most `limit` rows of it.
  public static func table(_ rows: [Row], limit: Int = .max) -> String {
    var text = "\(right("ID", 8))  \(left("TYPE", 22)) \(left("NAME", 16)) \(right("CPU%", 7)) "
    text += "\(right("EVENTS/S", 12)) \(right("NS/RUN", 9)) \(right("MEMORY", 10))\n"
    for row in rows.prefix(limit) {
      // A name with control characters must not move the terminal's cursor.
      let name = row.info.name.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7f ? "?" : String($0) }.joined()
      text += "\(right("\(row.info.id)", 8))  \(left("\(row.info.type)", 22)) \(left(name, 16)) "
      text += "\(right(fixed(row.share, 2), 7)) \(right(fixed(row.eventsPerSecond, 0), 12)) "
      text += "\(right(fixed(row.nanosecondsPerRun, 0), 9)) \(right("\(row.memory / 1024)K", 10))\n"
    }
    return text
  }

  /// A text at the right end of a column.
  static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  /// A text at the left end of a column.
  static func left(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  /// A number with so many digits behind the point.
  static func fixed(_ number: Double, _ digits: Int) -> String {
    guard number.isFinite, number.magnitude < 1e15 else { return "-" }
    if digits == 0 { return "\(Int64(number.rounded()))" }
    let hundredths = Int64((number * 100).rounded())
    let (whole, part) = (hundredths / 100, abs(hundredths % 100))
    return "\(hundredths < 0 && whole == 0 ? "-" : "")\(whole).\(part < 10 ? "0" : "")\(part)"
  }

  /// The rows as a JSON array.
  public static func write(_ rows: [Row], to json: inout JSONWriter) throws(SystemCallError) {
    try json.array { json throws(SystemCallError) in
      for row in rows {
        try json.object { json throws(SystemCallError) in
          try json.member("id", row.info.id)
          try json.member("type", "\(row.info.type)")
          try json.member("name", row.info.name)
          try json.name("cpu_percent")
          try json.raw(fixed(row.share, 2) == "-" ? "null" : fixed(row.share, 2))
          try json.name("events_per_second")
          try json.raw(fixed(row.eventsPerSecond, 2) == "-" ? "null" : fixed(row.eventsPerSecond, 2))
          try json.member("ns_per_run", Int64(clamping: Int64(row.nanosecondsPerRun.rounded())))
          try json.member("bytes_memlock", row.memory)
        }
      }
    }
  }
}
