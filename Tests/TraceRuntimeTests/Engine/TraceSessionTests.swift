import BPF
import Bytecode
import Diagnostics
import KernelInterface
import LinuxSystem
import Testing
import TraceCompiler

@testable import TraceRuntime

@Suite struct TraceSessionTests {
  private static let number = WireField(offset: 8, type: .int64)

  private static func printing(_ text: String) -> EventAction {
    let template = PrintfTemplate(pieces: [.text(text), .argument(.init(conversion: .signedDecimal)), .text("\n")])
    return .formatted(.init(destination: .output, template: template, arguments: [number]))
  }

  private static var quiet: TraceOptions {
    var options = TraceOptions()
    options.endingSignals = []
    return options
  }

  private func run(
    _ script: HandWrittenScript, _ options: TraceOptions = quiet, child: ChildProcess? = nil, name: String = #function
  ) throws -> (status: Int32, output: String, messages: String) {
    let recorded = try RecordedOutput(name)
    let session = TraceSession(
      script: script.compiled, options: options, output: recorded.output, messages: recorded.messages, child: child)
    let status = try session.run()
    let text = try recorded.text()
    return (status, text.output, text.messages)
  }

  @Test func beginRunsThenEndThenMapsArePrinted() throws {
    var script = HandWrittenScript()
    script.actions = [Self.printing("begin "), Self.printing("end ")]
    try script.add(.testRun, at: .end, named: "end") { $0.send(action: 1, 2) }
    try script.add(.testRun, at: .begin, named: "begin") {
      $0.count()
      $0.send(action: 0, 1)
    }
    let run = try run(script)
    #expect(run.status == 0)
    #expect(run.output == "begin 1\nend 2\n\n\n@x: 1\n")
    #expect(run.messages == "Attached 2 probes\n")
  }

  @Test func exitEndsTheRunWithItsCode() throws {
    var script = HandWrittenScript()
    script.configuration.printsMapsOnExit = false
    script.actions = [Self.printing("n "), .exit(code: Self.number)]
    try script.add(.testRun, at: .begin, named: "begin") {
      $0.send(action: 0, 1)
      $0.send(action: 1, 7)
      $0.send(action: 0, 2)
    }
    try script.add(.perfEvent, at: .interval(nanoseconds: 1_000_000_000_000), named: "interval:s:1000") { _ in }
    var options = Self.quiet
    options.format = .json
    let run = try run(script, options)
    #expect(run.status == 7)
    #expect(
      run.output == """
        {"type": "printf", "data": "n 1\\n"}
        {"type": "attached_probes", "count": 2, "data": {"probes": 2}}

        """)
  }

  @Test func intervalsTick() throws {
    var script = HandWrittenScript()
    script.actions = [.exit(code: Self.number)]
    try script.add(.perfEvent, at: .interval(nanoseconds: 1_000_000), named: "interval:ms:1") {
      $0.count()
      $0.send(action: 0, 0)
    }
    var options = Self.quiet
    options.isQuiet = true
    let run = try run(script, options)
    #expect(run.output.hasPrefix("\n\n@x: "))
    #expect(run.output != "\n\n@x: 0\n")
    #expect(run.messages.isEmpty)
  }

  /// A child begins with exactly one execve, whose tracepoint record is made after the probes are attached.
  @Test(arguments: [true, false]) func aChildIsTracedFromItsFirstStep(raw: Bool) throws {
    let child = try ChildProcess(["/bin/true"])
    var script = HandWrittenScript()
    let site: ProbeSite =
      raw ? .rawTracepoint(event: "sched_process_exec") : .tracepoint(subsystem: "sched", event: "sched_process_exec")
    try script.add(raw ? .rawTracepoint : .tracepoint, at: site, named: "exec") {
      let out = $0.makeLabel()
      $0.only(in: child.process, otherwise: out)
      $0.count()
      $0.bind(out)
    }
    let run = try run(script, child: child, name: "child\(raw)")
    #expect(run.status == 0)
    #expect(run.output == "\n\n@x: 1\n")
    #expect(try child.wait() == .exited(status: 0))
  }

  @Test func theRunEndsTheChildItOutlives() throws {
    let child = try ChildProcess(["/bin/sleep", "1000"])
    var script = HandWrittenScript()
    script.actions = [.exit(code: Self.number)]
    try script.add(.perfEvent, at: .interval(nanoseconds: 1_000_000), named: "interval:ms:1") { $0.send(action: 0, 0) }
    #expect(try run(script, child: child).status == 0)
    #expect(try child.wait() == .killed(by: .terminate))
  }

  @Test func aDryRunAttachesAndPrintsNoMaps() throws {
    var script = HandWrittenScript()
    try script.add(.perfEvent, at: .profile(.hertz(1)), named: "profile:hz:1") { $0.count() }
    var options = Self.quiet
    options.isDryRun = true
    let run = try run(script, options)
    #expect(run.output.isEmpty)
    #expect(run.messages.hasPrefix("profile:hz:1: perf event"))
    #expect(run.messages.hasSuffix("Attached 1 probe\n"))
  }

  @Test func aRefusedProgramIsToldAtItsPlace() throws {
    var script = HandWrittenScript()
    try script.add(.testRun, at: .begin, named: "begin") { $0.append(.load(.doubleWord, .r2, from: .r3)) }
    do {
      _ = try run(script)
      Issue.record("the verifier took a read of an unset register")
    } catch let failure as TraceFailure {
      let text = failure.text(of: script.source, isVerbose: false, isColoured: false)
      #expect(
        text.hasPrefix("stdin:1:1-6: ERROR: the kernel's verifier refuses begin: R3 !read_ok\nbegin { }\n~~~~~\n"))
      #expect(failure.text(of: script.source, isVerbose: true, isColoured: false).contains("The verifier's log:\n"))
      #expect(failure.status == 255)
    }
  }

  @Test func missingProbesAreToldAsTheSettingSays() throws {
    var script = HandWrittenScript()
    let site = ProbeSite.tracepoint(subsystem: "syscalls", event: "sys_enter_nonsense")
    try script.add(.tracepoint, at: site, named: "tracepoint:syscalls:sys_enter_nonsense") { _ in }
    do {
      _ = try run(script)
      Issue.record("a tracepoint that is not there was attached")
    } catch let failure as TraceFailure {
      let text = failure.text(of: script.source, isVerbose: false, isColoured: false)
      #expect(
        text.hasPrefix(
          "ERROR: Unable to attach probe: tracepoint:syscalls:sys_enter_nonsense: the kernel has no tracepoint"))
      #expect(text.contains("set the 'missing_probes' config variable to 'warn'"))
    }
    script.configuration.missingProbes = .warn
    try script.add(.testRun, at: .begin, named: "begin") { _ in }
    let warned = try run(script)
    #expect(warned.messages.hasPrefix("WARNING: Unable to attach probe: tracepoint:syscalls:sys_enter_nonsense"))
    #expect(warned.messages.hasSuffix("Attached 1 probe\n"))
    script.configuration.missingProbes = .ignore
    #expect(try run(script).messages == "Attached 1 probe\n")
  }

  @Test func nothingStaysAttached() throws {
    var script = HandWrittenScript()
    try script.add(.rawTracepoint, at: .rawTracepoint(event: "sched_process_fork"), named: "fork") { _ in }
    script.programs[0].name = "stays_\(CurrentProcess.id)"
    var options = Self.quiet
    options.isDryRun = true
    _ = try run(script, options)
    #expect(try !Self.attachedPrograms().contains(script.programs[0].name))
  }

  /// The names of all programs that links hold in place.
  private static func attachedPrograms() throws -> [String] {
    let kernel = LiveKernel()
    var names: [String] = []
    for id in try kernel.ids(of: .link) {
      // Links and programs of others can go between being listed and being opened.
      guard let link = try? kernel.open(.link, id: id), let info = try? kernel.linkInfo(link),
        let program = try? kernel.open(.program, id: info.programID), let name = try? kernel.programInfo(program).name
      else { continue }
      names.append(name)
    }
    return names
  }
}
