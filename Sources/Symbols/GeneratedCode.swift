import ELF
import LinuxSystem

/// The functions that a just-in-time compiler tells of in `/tmp/perf-PID.map`, where perf looks for them too.
///
/// Format: a line of start, size (both hexadecimal) and name for each function; a later line about the same place
/// replaces an earlier one (the kernel's `tools/perf/Documentation/jit-interface.txt`).
enum GeneratedCode {
  /// Files that are bigger are left alone.
  private static let biggestFile = 64 << 20

  /// The functions of a process; nil when it tells of none.
  static func functions(of process: Int32) -> FunctionIndex? {
    // The compiler knows its number in its own name space, and writes to its own /tmp.
    let status = (try? FileSystem.text(of: "/proc/\(process)/status")) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("NSpid:") }
    let id = line?.split(whereSeparator: { $0 == "\t" || $0 == " " }).last.flatMap { Int32($0) } ?? process
    guard let file = try? OpenFile("/proc/\(process)/root/tmp/perf-\(id).map"), file.count <= biggestFile,
      let contents = file.part(at: 0, count: file.count)
    else { return nil }
    return contents.withUnsafeBytes { parse($0) }
  }

  /// Reads the text of a map file; lines of another form are left out.
  static func parse(_ text: UnsafeRawBufferPointer) -> FunctionIndex {
    var collector = FunctionCollector()
    var names: [UInt8] = [0]
    var number = 0
    var lines = LineReader(text)
    while let line = lines.next() {
      let fields = line.split(separator: UInt8(ascii: " "), maxSplits: 2)
      guard fields.count == 3, let start = UInt64(String(decoding: fields[0], as: UTF8.self), radix: 16),
        let size = UInt64(String(decoding: fields[1], as: UTF8.self), radix: 16), size > 0,
        !start.addingReportingOverflow(size).overflow
      else { continue }
      // Of several for one address the smallest rank wins: that of the last line.
      number -= 1
      collector.functions.append(
        .init(
          address: start, size: size, end: start + size, table: 0, nameOffset: names.count, rank: number))
      names.append(contentsOf: fields[2])
      names.append(0)
    }
    collector.strings = [ByteRegion(names)]
    return FunctionIndex(collector)
  }
}
