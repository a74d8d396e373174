import BPF
public import KernelInterface
public import LinuxSystem
import Symbols
public import TraceCompiler

/// One run of a compiled script, from its maps to its last line of output.
///
///     let session = TraceSession(script: script, options: TraceOptions(), output: output, messages: messages)
///     let status = try session.run()
///
/// What happens, in order: maps are created and programs loaded; begin programs run; all others are attached; records
/// are read and shown until something ends the run (`exit()`, a signal, the end of the process that is traced, the
/// leaving of the output's reader); the programs are taken off; end programs run; the maps are printed. Nothing stays
/// in the kernel once the session is gone.
///
/// A session runs once, on one thread. The ending signals are blocked in that thread.
///
/// *First kernel*: 5.10.
public final class TraceSession {
  let script: CompiledScript
  let options: TraceOptions
  let kernel: any KernelCalls
  let child: ChildProcess?
  var sink: OutputSink
  var maps: ScriptMaps?
  var writer: OutputWriter?
  var dispatcher: EventDispatcher?
  var context: LiveValueContext?
  var losses = LossReport()

  /// A session that has not begun.
  ///
  /// A child that waits to be released is traced: it is let go when everything is attached, the run ends with it, and it
  /// is ended with the run.
  public init(
    script: CompiledScript, options: TraceOptions, output: BufferedOutput, messages: BufferedOutput,
    child: ChildProcess? = nil, kernel: any KernelCalls = LiveKernel()
  ) {
    self.script = script
    self.options = options
    self.child = child
    self.kernel = kernel
    sink = OutputSink(output: output, messages: messages)
  }

  /// Runs the script.
  ///
  /// - Returns: the exit status: the script's own by `exit(N)`, 141 when the output's reader left (what a shell shows for
  ///   a command ended by SIGPIPE), else 0.
  /// - Throws: what keeps the run from being made or going on. What had been attached is taken off.
  public func run() throws(TraceFailure) -> Int32 {
    let machine: MachineFacts
    do throws(SystemCallError) { machine = try MachineFacts(kernel) } catch { throw .system(error) }
    let maps = try ScriptMaps(script, on: machine, kernel: kernel)
    prepareOutput(maps)
    let ring: RingBuffer?
    let watch: RunWatch
    do throws(BPFError) {
      ring = try maps.events.map { index throws(BPFError) in try RingBuffer(maps.maps[index]) }
    } catch { throw .map(error) }
    do throws(SystemCallError) {
      watch = try RunWatch(
        records: ring?.map, processRecords: followProcesses(machine), options: options, child: child?.process)
    } catch { throw .system(error) }

    var attachments = ScriptAttachments(script, maps: maps.maps, machine: machine, options: options, kernel: kernel)
    try attachments.load()
    try runPrograms(at: .begin, attachments)
    try drain(ring)
    try attach(&attachments)
    try sinkOutput()

    var ending = Ending.dryRun
    if !options.isDryRun {
      do throws(SystemCallError) { try child?.release() } catch { throw .system(error) }
      ending = try follow(watch, ring, hasProbes: attachments.linkCount > 0)
    }
    tellServiceManager("STOPPING=1")
    attachments.detach()
    try drain(ring)
    dispatcher?.acceptsEventsAfterExit = true
    if ending != .dryRun { try runPrograms(at: .end, attachments) }
    try drain(ring)
    try finish(printingMaps: ending != .dryRun && script.configuration.printsMapsOnExit)
    try? endChild()
    // Only now: the user has all output already.
    attachments.close()
    return sink.isClosed ? 141 : dispatcher?.exitCode ?? 0
  }

  /// Why following ended.
  private enum Ending { case exit, signal, processEnded, outputClosed, nothingLeft, dryRun }

  private func prepareOutput(_ maps: ScriptMaps) {
    let context = LiveValueContext(
      probeNames: script.probeNames, kernelSymbols: KernelSymbols(),
      processSymbols: ProcessSymbols(
        debugFiles: options.debugFiles, demanglesNames: script.configuration.demanglesNames)
    ) { maps.frames(ofStack: $0, count: $1) }
    self.context = context
    self.maps = maps
    writer = OutputWriter(
      format: options.format, formatter: ValueFormatter(context: context, configuration: script.configuration),
      source: script.source, isColoured: options.isColoured)
    dispatcher = EventDispatcher(script, warnings: options.warnings) { context.remember(process: $0) }
  }

  /// Has the kernel record what processes map, where the script shows user code.
  private func followProcesses(_ machine: MachineFacts) -> ProcessRecords? {
    guard maps?.holdUserCode == true || dispatcher?.showsUserCode == true else { return nil }
    do throws(SystemCallError) {
      let records = try ProcessRecords(cpus: machine.onlineCPUs, kernel: kernel)
      context?.follow(records)
      return records
    } catch {
      if options.isVerbose {
        writer?.message("user stacks of processes that end before they are shown may lack names: \(error)")
      }
      return nil
    }
  }

  private func attach(_ attachments: inout ScriptAttachments) throws(TraceFailure) {
    let warnings = try attachments.attach()
    for warning in warnings { writer?.message(warning) }
    if attachments.probeCount == 0 { throw .nothingAttached }
    if options.isVerbose || options.isDryRun { for line in attachments.summary { writer?.message(line) } }
    if !options.isQuiet { writer?.attachedProbes(attachments.probeCount) }
    try sinkOutput(flushing: options.attachedNotice != nil)
    if let notice = options.attachedNotice { try announce(notice) }
    tellServiceManager("READY=1")
  }

  /// Tells whoever supervises us how far we are; that it cannot be told is no reason to end the run.
  private func tellServiceManager(_ state: String) {
    guard let path = options.serviceManagerSocket else { return }
    do throws(SystemCallError) {
      try ServiceManager(socketPath: path).notify(state)
    } catch {
      writer?.message("WARNING: the service manager could not be told \(state): \(error)")
    }
  }

  /// Writes a line for whoever started the run and waits for it: at once, and to the standard output even where the
  /// script's output goes to a file.
  private func announce(_ line: String) throws(TraceFailure) {
    do throws(SystemCallError) {
      let output = try BufferedOutput(.output, buffering: .line)
      try output.write(line + "\n")
    } catch  where error.errno == .brokenPipe {
      sink.close()
    } catch {
      throw .output(error)
    }
  }

  /// Reads records until something ends the run.
  private func follow(_ watch: borrowing RunWatch, _ ring: RingBuffer?, hasProbes: Bool) throws(TraceFailure) -> Ending
  {
    if dispatcher?.exitCode != nil { return .exit }
    if !hasProbes, child == nil { return .nothingLeft }
    var scan = UserCodeScan(isNeeded: maps?.holdUserCode ?? false)
    var pace = ReadingPace()
    // Processes whose user code is shown are looked at as soon as their records come: they may end.
    let mayRest = dispatcher?.showsUserCode != true
    while true {
      let events: [RunWatch.Event]
      do throws(SystemCallError) {
        events = try watch.wait(milliseconds: scan.milliseconds)
      } catch { throw .system(error) }
      if events.contains(.processRecords) { context?.updateHistory() }
      if events.contains(.records) {
        try drain(ring, limit: Self.recordsPerTurn)
        if mayRest, let ring, ring.pendingBytes < ring.map.spec.maxEntries / 4 { pace.restAfterReading() }
      }
      scan.runIfDue { if let context, let seen = try? maps?.processesOfUserCode() { seen.forEach(context.remember) } }
      if dispatcher?.exitCode != nil { return .exit }
      if sink.isClosed || events.contains(.outputClosed) {
        sink.close()
        return .outputClosed
      }
      for event in events { if case .signal = event { return .signal } }
      if events.contains(.processEnded) { return .processEnded }
    }
  }

  /// Records after which signals are looked at again.
  private static let recordsPerTurn = 65_536

  /// What is held in memory of output before it is handed on.
  private static let outputChunk = 1 << 16

  /// Shows the records that are there, at most `limit`.
  private func drain(_ ring: RingBuffer?, limit: Int = .max) throws(TraceFailure) {
    guard let ring, var maps, var dispatcher, var writer else { return }
    // Taken out so that each is held once: a second owner would make every write a copy.
    self.dispatcher = nil
    self.writer = nil
    var failure: TraceFailure?
    do throws(BPFError) {
      try ring.consume(limit: limit) { record in
        if failure != nil { return }
        do throws(BPFError) {
          try dispatcher.dispatch(record.bytes, to: &writer, maps: &maps)
          if writer.output.count >= Self.outputChunk {
            do throws(SystemCallError) { try sink.take(&writer) } catch { failure = .output(error) }
          }
        } catch {
          failure = .map(error)
        }
      }
    } catch {
      failure = .map(error)
    }
    self.dispatcher = dispatcher
    self.writer = writer
    if let failure { throw failure }
    try reportLosses()
    try sinkOutput()
  }

  private func runPrograms(at site: ProbeSite, _ attachments: ScriptAttachments) throws(TraceFailure) {
    for program in attachments.programs(at: site) {
      // A raw tracepoint has twelve arguments at most (`MAX_BPF_FUNC_ARGS` in the kernel's `include/linux/bpf.h`).
      do throws(BPFError) {
        try program.run(TestRun(context: [UInt8](repeating: 0, count: 12 * 8)))
      } catch { throw .run(program: "\(site)", error) }
    }
  }

  private func reportLosses() throws(TraceFailure) {
    guard let counts = try? maps?.losses() else { return }
    let new = losses.update(counts)
    if new > 0 { writer?.lostEvents(new) }
  }

  private func finish(printingMaps: Bool) throws(TraceFailure) {
    if printingMaps, let maps {
      do throws(BPFError) {
        writer?.mapsAtEnd(try maps.allContents())
      } catch { throw .map(error) }
    }
    try reportLosses()
    writer?.totalLostEvents(losses.byProbe(script))
    try sinkOutput(flushing: true)
  }

  private func endChild() throws(SystemCallError) {
    guard let child, try child.endingIfEnded() == nil else { return }
    try child.send(.terminate)
  }

  private func sinkOutput(flushing: Bool = false) throws(TraceFailure) {
    guard var writer else { return }
    self.writer = nil
    defer { self.writer = writer }
    do throws(SystemCallError) {
      try sink.take(&writer)
      if flushing { try sink.flush() }
    } catch { throw .output(error) }
  }
}
