public import Diagnostics
public import TraceCompiler

/// Writes everything that a running script has to say, as text or as one JSON object per line.
///
/// What it writes stays in two buffers, ``output`` for what the script produces and ``messages`` for what is said
/// about the run; whoever drives it writes them out and empties them. In JSON everything but plain messages goes to
/// ``output``.
public struct OutputWriter {
  /// The form of the output (`-f`).
  public enum Format: String, CaseIterable, Sendable { case text, json }

  /// For the standard output or the file of `-o`.
  public var output = ByteBuffer()
  /// For the standard error stream.
  public var messages = ByteBuffer()

  private let format: Format
  private let formatter: ValueFormatter
  private let source: SourceText
  private let renderer: DiagnosticRenderer
  private var scratch = ByteBuffer()

  /// A writer for a script; `isColoured` is whether messages may carry colours.
  public init(format: Format, formatter: ValueFormatter, source: SourceText, isColoured: Bool = false) {
    self.format = format
    self.formatter = formatter
    self.source = source
    renderer = DiagnosticRenderer([source], isColoured: isColoured)
  }

  // MARK: What scripts print

  /// Text from a template: `printf`.
  public mutating func printf(_ template: PrintfFormatter, _ event: RawSpan) {
    switch format {
    case .text: template.write(event, with: formatter, to: &output)
    case .json:
      scratch.removeAll()
      template.write(event, with: formatter, to: &scratch)
      writeObject("printf")
    }
  }

  /// Text from a template, for whoever needs it as a string: a file name, a command.
  public mutating func text(_ template: PrintfFormatter, _ event: RawSpan) -> String {
    scratch.removeAll()
    template.write(event, with: formatter, to: &scratch)
    return scratch.text
  }

  /// The contents of a file: `cat`.
  public mutating func fileContents(_ bytes: ArraySlice<UInt8>) { write("cat", bytes) }

  /// What a command has written: `system`.
  public mutating func commandOutput(_ bytes: ArraySlice<UInt8>) { write("syscall", bytes) }

  /// A value on a line of its own: `print`.
  public mutating func value(_ field: WireField, _ event: RawSpan) {
    switch format {
    case .text:
      formatter.write(field, in: event, to: &output)
      output.append("\n")
    case .json:
      output.append("{\"type\": \"value\", \"data\": ")
      formatter.writeJSON(field, in: event, to: &output)
      output.append("}\n")
    }
  }

  /// The time now: `time`.
  public mutating func time(format timeFormat: String) {
    scratch.removeAll()
    let context = formatter.context
    TimeFormatter.write(context.currentTime(), format: timeFormat, with: context, to: &scratch)
    write("time", scratch.bytes[...])
  }

  /// Strings in a row: `join`; fields behind the last string are zero.
  public mutating func join(_ strings: [WireField], separator: String, _ event: RawSpan) {
    scratch.removeAll()
    for (index, field) in strings.enumerated() {
      if event.unsignedInteger(at: field.offset, byteCount: 4) == 0 { break }
      if index > 0 { scratch.append(separator) }
      formatter.write(field, in: event, to: &scratch)
    }
    switch format {
    case .text:
      output.append(contentsOf: scratch.bytes)
      output.append("\n")
    case .json: writeObject("join")
    }
  }

  /// A whole map: `print(@x)`.
  public mutating func map(_ map: MapContents, top: Int? = nil, divisor: Int? = nil) {
    let printer = MapPrinter(formatter: formatter)
    switch format {
    case .text: printer.write(map, top: top, divisor: divisor, to: &output)
    case .json: printer.writeJSON(map, top: top, divisor: divisor, to: &output)
    }
  }

  /// All maps at the end of the run, in the order of their names.
  public mutating func mapsAtEnd(_ maps: [MapContents]) {
    if format == .text { output.append("\n\n") }
    for contents in maps.sorted(by: { $0.name < $1.name }) { map(contents) }
  }

  /// An error or a warning that the script itself reports: `errorf`, `warnf`.
  public mutating func report(
    _ severity: Diagnostic.Severity, at span: SourceSpan, _ template: PrintfFormatter, _ event: RawSpan
  ) {
    scratch.removeAll()
    template.write(event, with: formatter, to: &scratch)
    switch format {
    case .text:
      let (first, last) = (source.location(of: span.start), source.location(of: span.end))
      let place =
        first.line == last.line ? "\(first.line):\(first.column)-\(last.column)" : "\(first.line)-\(last.line)"
      messages.append("\(source.name):\(place): \(severity.rawValue): ")
      messages.append(contentsOf: scratch.bytes)
      if scratch.bytes.last != UInt8(ascii: "\n") { messages.append("\n") }
    case .json:
      output.append("{\"type\": \"\(severity == .error ? "errorf" : "warnf")\", \"msg\": ")
      JSONText.write(scratch.bytes, to: &output)
      writePlace(span)
      output.append("}\n")
    }
  }

  // MARK: What is said about the run

  /// How many probes are attached now.
  public mutating func attachedProbes(_ count: Int) {
    switch format {
    case .text: messages.append("Attached \(count) probe\(count == 1 ? "" : "s")\n")
    case .json:
      output.append("{\"type\": \"attached_probes\", \"count\": \(count), \"data\": {\"probes\": \(count)}}\n")
    }
  }

  /// Events that found no room since this was last said.
  public mutating func lostEvents(_ count: UInt64) {
    switch format {
    case .text: messages.append("Lost \(count) events\n")
    case .json: output.append("{\"type\": \"lost_events\", \"count\": \(count), \"data\": {\"events\": \(count)}}\n")
    }
  }

  /// How many events were lost in the whole run, and by which probes.
  public mutating func totalLostEvents(_ losses: [(probe: String, count: UInt64)]) {
    let total = losses.reduce(UInt64(0)) { $0 &+ $1.count }
    guard total > 0 else { return }
    messages.append("WARNING: Total lost event count: \(total)\n")
    for loss in losses where loss.count > 0 { messages.append("  \(loss.count) by \(loss.probe)\n") }
    messages.append("HINT: more room for events: BPFTRACE_PERF_RB_PAGES=N (pages in all), or print less\n")
  }

  /// A step of a program that failed.
  public mutating func runtimeError(_ error: RuntimeError, at span: SourceSpan, returned: Int64) {
    switch format {
    case .text: messages.append(renderer.render(error.diagnostic(at: span, returned: returned)))
    case .json:
      output.append("{\"type\": \"\(error.helper == nil ? "runtime_error" : "helper_error")\", \"msg\": ")
      JSONText.write(error.message(returned: returned), to: &output)
      if let helper = error.helper {
        output.append(", \"helper\": ")
        JSONText.write(helper, to: &output)
        output.append(", \"retcode\": \(returned)")
      }
      writePlace(span)
      output.append("}\n")
    }
  }

  /// Anything about the run that has a place in the script.
  public mutating func diagnostic(_ diagnostic: Diagnostic) { messages.append(renderer.render(diagnostic)) }

  /// Anything else about the run, on a line of its own.
  public mutating func message(_ text: String) {
    messages.append(text)
    messages.append("\n")
  }

  // MARK: Forms

  private mutating func write(_ type: String, _ bytes: ArraySlice<UInt8>) {
    switch format {
    case .text: output.append(contentsOf: bytes)
    case .json: writeObject(type, bytes)
    }
  }

  private mutating func writeObject(_ type: String) { writeObject(type, scratch.bytes[...]) }

  private mutating func writeObject(_ type: String, _ bytes: ArraySlice<UInt8>) {
    output.append("{\"type\": \"\(type)\", \"data\": ")
    JSONText.write(bytes, to: &output)
    output.append("}\n")
  }

  private mutating func writePlace(_ span: SourceSpan) {
    let place = source.location(of: span.start)
    output.append(", \"filename\": ")
    JSONText.write(source.name, to: &output)
    output.append(", \"line\": \(place.line), \"col\": \(place.column)")
  }
}
