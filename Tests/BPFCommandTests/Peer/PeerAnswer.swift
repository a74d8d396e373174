import LinuxSystem

/// What a bpftrace wrote to its standard output, without what differs between releases by their nature, and its status.
struct PeerAnswer: Equatable, CustomStringConvertible {
  var lines: [String]
  var status: Int

  var description: String { (lines + ["status \(status)"]).joined(separator: "\n") }

  struct NoStatus: Error { var output: String }

  /// Runs a bpftrace with arguments as the shell reads them.
  ///
  /// Left out: the line that counts the probes (its words and its stream differ), blanks at the end of lines and empty
  /// lines (0.17 has some behind histograms and averages). A program that dies of a mistake has the status of one that
  /// complains of it.
  init(of program: String, _ arguments: String) throws {
    let command = ShellCommand("timeout -s KILL 60 \(program) -q \(arguments) </dev/null 2>/dev/null; echo; echo $?")
    let output = String(decoding: try command.output(), as: UTF8.self)
    var lines = output.split(separator: "\n").map { line in
      String(line[..<(line.lastIndex { $0 != " " }.map(line.index(after:)) ?? line.startIndex)])
    }
    guard let last = lines.popLast(), let status = Int(last) else { throw NoStatus(output: output) }
    lines.removeAll { $0.isEmpty || $0.hasPrefix("Attaching ") || $0.contains(#""type": "attached_probes""#) }
    self.lines = lines
    self.status = status == 134 ? 1 : status
  }
}
