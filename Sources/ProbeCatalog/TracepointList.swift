import BTF

/// The tracepoints of the kernel and its modules, read from `available_events` of tracefs.
///
/// That file has one line `SUBSYSTEM:EVENT` for each event that perf can use.
struct TracepointList: Sendable {
  struct Event: Sendable {
    let subsystem: String
    let name: String
  }

  /// In order of their full names, byte by byte.
  let events: [Event]

  init(parsing text: [UInt8]) {
    var names = text.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
    // A subsystem's events stay together although `:` sorts behind digits.
    names.sort()
    events = names.compactMap { line in
      guard let colon = line.firstIndex(of: ":") else { return nil }
      return Event(subsystem: String(line[..<colon]), name: String(line[line.index(after: colon)...]))
    }
  }

  /// The events whose subsystem and name fit.
  func events(subsystem: NamePattern, name: NamePattern) -> [Event] {
    events.filter { subsystem.matches($0.subsystem) && name.matches($0.name) }
  }
}
