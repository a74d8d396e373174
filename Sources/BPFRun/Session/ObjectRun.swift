public import BPF
public import KernelInterface
public import LinuxSystem

/// One run of an object, from loading to its last line of output.
///
///     let run = ObjectRun(spec, options: RunOptions(), output: output, messages: messages)
///     let status = try run.run()
///
/// What happens, in order: the object is loaded; its programs are attached; records of ring and perf buffers are shown
/// until something ends the run (a signal, the time, the end of the process or command that is looked at, the leaving of
/// the output's reader); the programs are taken off; what they wrote last is shown, then the maps and global variables.
/// Nothing stays in the kernel once the run is over.
///
/// A run happens once, on one thread. The ending signals are blocked in that thread.
public final class ObjectRun {
  let spec: ObjectSpec
  let options: RunOptions
  let kernel: any KernelCalls
  let child: ChildProcess?
  var writer: RunWriter
  /// What programs print, when these do.
  private var printed: PrintedLines?
  private var knownLosses: UInt64 = 0

  /// A run that has not begun.
  ///
  /// A child that waits to be released is let go when everything is attached; the run ends with it, and it is ended with
  /// the run.
  public init(
    _ spec: ObjectSpec, options: RunOptions, output: BufferedOutput, messages: BufferedOutput,
    child: ChildProcess? = nil, kernel: any KernelCalls = LiveKernel()
  ) {
    self.spec = spec
    self.options = options
    self.child = child
    self.kernel = kernel
    writer = RunWriter(options, output: output, messages: messages)
  }

  /// Runs the object.
  ///
  /// - Returns: the exit status: 141 when the output's reader left (what a shell shows for a command ended by SIGPIPE),
  ///   else 0.
  /// - Throws: what keeps the run from being made or going on. What had been attached is taken off.
  public func run() throws(RunFailure) -> UInt8 {
    let types: RecordTypeSearch
    do throws(RecordTypeError) { types = try RecordTypeSearch(spec, chosen: options.recordTypes) } catch {
      throw .recordType(error)
    }
    let object: BPFObject
    do throws(LoadError) { object = try BPFObject(spec, kernel: kernel) } catch { throw .load(error) }
    let buffers: EventBuffers
    let watch: RunWatch
    do throws(BPFError) { buffers = try EventBuffers(of: object, types) } catch { throw .map(error) }
    do throws(SystemCallError) { watch = try RunWatch(options, child: child?.process) } catch { throw .system(error) }
    do throws(BPFError) { try buffers.watch(with: watch.epoll) } catch { throw .map(error) }
    writer.expect(buffers.tables)
    try collectPrintedLines(watch)

    var attachments = try Attachments(of: object, to: options.targets, kernel: kernel)
    for warning in attachments.warnings { writer.warn(warning) }
    if attachments.links.isEmpty { throw .nothingAttached }
    tell(attachments)
    for link in attachments.iterators { try read(link) }

    var ending = RunWatch.Ending.nothingLeft
    // Iterators alone have said all that they have to say, unless they are to be read again and again.
    if attachments.iterators.count < attachments.links.count || options.interval != nil || options.duration != nil {
      try release()
      ending = try follow(watch, buffers, object, attachments)
    }
    attachments.detach()
    try show(buffers)
    if ending != .outputClosed { try showState(of: object) }
    try tellFailedChecks(of: object)
    try flush()
    endChild()
    return writer.isClosed ? 141 : 0
  }

  /// Begins to collect what the programs print, if they do; that it cannot be shown is no reason not to run.
  private func collectPrintedLines(_ watch: borrowing RunWatch) throws(RunFailure) {
    guard PrintedLines.arePrinted(by: spec) else { return }
    do throws(BPFError) {
      let lines = try PrintedLines(kernel: kernel)
      // A token that no buffer has.
      try lines.watch(with: watch.epoll, token: UInt64(UInt32.max))
      printed = lines
      if !options.isQuiet {
        writer.say(
          "Printed lines are shown, those of all programs: the kernel does not say whose they are. They stay in "
            + "trace_pipe for others")
      }
    } catch {
      writer.warn("what the programs print is not shown here but stands in trace_pipe alone: \(error)")
    }
  }

  private func tell(_ attachments: Attachments) {
    if options.isVerbose {
      for place in attachments.places { writer.say("\(place.program): \(place.place)") }
    }
    let count = attachments.links.count
    if !options.isQuiet { writer.say("Attached \(count) program\(count == 1 ? "" : "s")") }
    if let notice = options.attachedNotice { writer.announce(notice) }
  }

  private func release() throws(RunFailure) {
    do throws(SystemCallError) { try child?.release() } catch { throw .system(error) }
  }

  private func endChild() {
    guard let child, (try? child.endingIfEnded()) ?? nil == nil else { return }
    // It may have ended meanwhile.
    try? child.send(.terminate)
    _ = try? child.wait()
  }

  /// Shows records until something ends the run.
  private func follow(
    _ watch: borrowing RunWatch, _ buffers: EventBuffers, _ object: BPFObject, _ attachments: Attachments
  ) throws(RunFailure) -> RunWatch.Ending {
    while true {
      let turn: RunWatch.Turn
      do throws(SystemCallError) { turn = try watch.wait() } catch { throw .system(error) }
      if turn.hasRecords { try show(buffers, limit: Self.recordsPerTurn) }
      if turn.isIntervalOver {
        for link in attachments.iterators { try read(link) }
        try showState(of: object)
      }
      try flush()
      if writer.isClosed { return .outputClosed }
      if let ending = turn.ending { return ending }
    }
  }

  /// Records after which signals are looked at again.
  private static let recordsPerTurn = 65_536

  private func show(_ buffers: EventBuffers, limit: Int = .max) throws(RunFailure) {
    do throws(BPFError) {
      try buffers.consume(limit: limit) { index, record in writer.record(record, of: index) }
    } catch { throw .map(error) }
    for (name, count) in buffers.newLosses() { writer.lost(count, of: name) }
    guard let printed else { return }
    do throws(BPFError) { try printed.consume(limit: limit) { writer.printed($0) } } catch { throw .map(error) }
    if printed.lostCount > knownLosses { writer.lost(printed.lostCount - knownLosses, of: "printed lines") }
    knownLosses = printed.lostCount
  }

  /// Shows what an iterator writes.
  private func read(_ iterator: Link) throws(RunFailure) {
    do throws(BPFError) { writer.text(try iterator.text(), of: iterator.subject) } catch { throw .map(error) }
  }

  private func showState(of object: BPFObject) throws(RunFailure) {
    do throws(BPFError) {
      for map in object.maps where map.spec.dataSection == nil {
        guard let table = MapTable(of: map, spec.types) else { continue }
        try writer.map(map.spec.name, table)
      }
    } catch { throw .map(error) }
    do throws(LoadError) { writer.globals(try GlobalValues(of: object).values()) } catch { throw .load(error) }
  }

  /// Says which checks of a program in Swift failed, each of which ended a call of it.
  private func tellFailedChecks(of object: BPFObject) throws(RunFailure) {
    let failed: [FailedCheck]
    do throws(LoadError) { failed = try object.failedChecks() } catch { throw .load(error) }
    for check in failed {
      let site = check.site
      let place = site.file.isEmpty ? "" : "\(site.file):\(site.line):\(site.column): "
      writer.warn(
        "\(place)\(site.reason): failed \(check.count) time\(check.count == 1 ? "" : "s"), "
          + "and ended the program each time")
    }
  }

  private func flush() throws(RunFailure) {
    do throws(SystemCallError) { try writer.flush() } catch { throw .output(error) }
  }
}
