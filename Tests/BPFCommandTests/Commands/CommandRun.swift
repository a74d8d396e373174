import LinuxSystem

/// What a case's command said and how it ended.
struct CommandRun {
  var output: [String]
  var errors: [String]
  var status: Int32

  /// The folder of the command: where SWIFT_BPF_PRODUCTS says, else that of this build.
  static var products: String {
    get throws {
      if let folder = Environment.value(of: "SWIFT_BPF_PRODUCTS") { return folder }
      let executable = try FileSystem.target(ofLink: "/proc/self/exe")
      return executable.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }
    }
  }

  /// Runs a case in a directory of its own, which is removed afterwards.
  init(_ test: CommandCase, commands: String) throws {
    // Each run is ended after a minute, so that a command that hangs fails its own case and no other.
    let script = """
      set -u
      work=$(mktemp -d) && chmod 755 "$work" && cd "$work" || exit 125
      trap 'cd /; rm -rf "$work"' EXIT
      mkdir bin empty
      ln -s "$1/bpf" bin/bpf
      ln -s "$1/bpf" bin/bpftrace
      export PATH="$work/bin:$PATH" COMMANDS=$2
      cd empty
      if [ -z "$4" ]; then
        timeout -s KILL 60 sh -c "$3" >../output 2>../errors </dev/null
        echo $? >../status
      else
        mkfifo ../events
        export __BPFTRACE_NOTIFY_PROBES_ATTACHED=1
        { timeout -s KILL 60 sh -c "exec $3" 2>../errors </dev/null & echo $! >../process; wait $!; echo $? >../status
        } >../events &
        while IFS= read -r line; do
          if [ "$line" = __BPFTRACE_NOTIFY_PROBES_ATTACHED ]; then
            unset __BPFTRACE_NOTIFY_PROBES_ATTACHED
            sh -c "$4" >/dev/null 2>&1
            kill "$(cat ../process)"
          else
            printf '%s\\n' "$line"
          fi
        done <../events >../output
        wait
      fi
      cat ../status ../output >"$5.output"
      cat ../errors >"$5.errors"
      """
    let result = "/tmp/bpf-command-test.\(Self.uniqueNumber)"
    defer { for suffix in ["output", "errors"] { try? FileSystem.remove("\(result).\(suffix)") } }
    let child = try ChildProcess(
      ["sh", "-c", script, "sh", try Self.products, commands, test.command, test.action ?? "", result])
    try child.release()
    _ = try child.wait()
    let lines = Self.lines(try FileSystem.text(of: "\(result).output"))
    guard let first = lines.first, let status = Int32(first) else {
      throw CommandCase.FormatError(file: test.file, line: 0, reason: "the run of '\(test.title)' left no status")
    }
    self.status = status
    output = Array(lines.dropFirst())
    errors = Self.lines(try FileSystem.text(of: "\(result).errors"))
  }

  /// A number that no other run on this machine has: random, of 64 bits.
  private static var uniqueNumber: String { String(UInt64.random(in: .min ... .max), radix: 36) }

  private static func lines(_ text: String) -> [String] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    while lines.last == "" { lines.removeLast() }
    return lines
  }
}
