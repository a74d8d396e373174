import Glibc
import KernelObjects

/// The lines that opensnoop prints.
struct Table {
  var options: Options
  private var start: UInt64?

  init(_ options: Options) { self.options = options }

  /// The names of the columns.
  var head: String {
    var columns: [String] = []
    if options.showsTime { columns.append("TIME(s)".padded(to: 14)) }
    if options.showsUser { columns.append("UID".padded(to: 6)) }
    columns += [
      (options.thread == nil ? "PID" : "TID").padded(to: 6), "COMM".padded(to: 16), "FD".indented(to: 4),
      "ERR".indented(to: 3),
    ]
    if options.showsExtendedFields { columns += ["FLAGS   ", "MODE"] }
    return (columns + ["PATH"]).joined(separator: " ")
  }

  /// The line of a file, or nil when it is not asked for.
  mutating func line(_ event: Opened) -> String? {
    let command = String(event.command)
    if let name = options.name, !command.contains(name) { return nil }
    if options.flags != 0, event.flags & options.flags == 0 { return nil }
    let start = start ?? event.time
    self.start = start
    var columns: [String] = []
    if options.showsTime { columns.append(Self.seconds(event.time &- start).padded(to: 14)) }
    if options.showsUser { columns.append("\(event.user)".padded(to: 6)) }
    columns.append("\(options.thread == nil ? event.process : event.thread)".padded(to: 6))
    columns.append(command.padded(to: 16))
    columns.append("\(event.result >= 0 ? event.result : -1)".indented(to: 4))
    columns.append("\(event.result >= 0 ? 0 : -event.result)".indented(to: 3))
    if options.showsExtendedFields {
      columns.append(Self.octal(UInt32(bitPattern: event.flags), width: 8))
      // Only a call that may make a file has a mode.
      columns.append(event.flags & (O_CREAT | 0o20000000) == 0 ? "n/a " : Self.octal(event.mode, width: 4))
    }
    return (columns + [path(of: event)]).joined(separator: " ")
  }

  private func path(of event: Opened) -> String {
    let path = String(event.path)
    guard options.showsFullPaths, !path.hasPrefix("/") else { return path }
    let link = event.directory == -100 ? "cwd" : "fd/\(event.directory)"
    var folder = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/\(event.process)/\(link)", &folder, folder.count - 1)
    // The process may be gone: then the path stays as it was given.
    guard count > 0 else { return path }
    let start = String(decoding: folder.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return start == "/" ? "/\(path)" : "\(start)/\(path)"
  }

  private static func seconds(_ nanoseconds: UInt64) -> String {
    let fraction = "\(nanoseconds % 1_000_000_000)"
    return "\(nanoseconds / 1_000_000_000)." + String(repeating: "0", count: 9 - fraction.count) + fraction
  }

  private static func octal(_ number: UInt32, width: Int) -> String {
    let digits = String(number, radix: 8)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
