import BPF
import KernelTesting
import LinuxSystem
import TestObjects
import Testing

@testable import BPFRun

/// What the programs of a run print is part of its output.
@Suite struct PrintedLineTests {
  @Test(.needs(linux: 5, 9, for: "the tracepoint of printed lines"), arguments: [RunOptions.Format.text, .json])
  func areShown(_ format: RunOptions.Format) throws {
    let child = try ChildProcess(["/bin/true"])
    var spec = try ObjectSpec(path: TestObject("run_prints").path)
    try spec.setVariable("wanted", to: UInt32(bitPattern: child.process))
    let paths = ["output", "messages"].map { "/tmp/PrintedLineTests.\(CurrentProcess.id).\(format).\($0)" }
    defer { for path in paths { try? FileSystem.remove(path) } }
    do {
      let output = BufferedOutput(try FileSystem.open(paths[0], .create), subject: paths[0], buffering: .full)
      let messages = BufferedOutput(try FileSystem.open(paths[1], .create), subject: paths[1], buffering: .full)
      var options = RunOptions()
      options.format = format
      options.endingSignals = []
      let run = ObjectRun(spec, options: options, output: output, messages: messages, child: child)
      #expect(try run.run() == 0)
      try output.flush()
      try messages.flush()
    }
    let lines = try FileSystem.text(of: paths[0]).split(separator: "\n").filter {
      // What others print is shown, too.
      $0.contains("process \(child.process) ")
    }
    switch format {
    case .text: #expect(lines == ["process \(child.process) starts"])
    case .json:
      #expect(lines.count == 1)
      let line = try #require(lines.first)
      #expect(line.hasPrefix("{\"type\":\"print\",\"thread\":\(child.process),\"cpu\":"))
      #expect(line.hasSuffix(",\"data\":\"process \(child.process) starts\"}"))
    }
    #expect(
      try FileSystem.text(of: paths[1])
        == "Printed lines are shown, those of all programs: the kernel does not say whose they are. They stay in "
        + "trace_pipe for others\nAttached 1 program\n")
  }
}
