import BPF
import Diagnostics
import LinuxSystem
import TraceCompiler

/// The script's maps as actions use them, by their index in the compiled script.
protocol ScriptMapStore {
  /// The entries now, per-CPU values merged; nil for a map that is not the script's own.
  mutating func contents(ofMap index: Int) throws(BPFError) -> MapContents?
  /// Deletes every entry.
  mutating func clear(map index: Int) throws(BPFError)
  /// Sets every value to zero.
  mutating func zero(map index: Int) throws(BPFError)
}

/// Does what events ask for.
///
/// The first 32 bits of an event are the index of its action in the script's list. What an event lacks, because it was
/// cut short or damaged, is left out or said in the output; an unknown action is counted.
struct EventDispatcher {
  /// An action with its template taken apart.
  private enum Step {
    case formatted(FormattedOutput.Destination, PrintfFormatter)
    case other(EventAction)
  }

  private let steps: [Step]
  private let configuration: ScriptConfiguration
  private let warnings: WarningLevel
  /// User-space values of each action, so that their processes are looked at in time.
  private let userFields: [[WireField]]
  /// Called with the process of each user stack and symbol of an event, before the event is shown.
  private let noteProcess: (UInt32) -> Void
  /// The exit code once a script has asked to end.
  private(set) var exitCode: Int32?
  /// Whether events are shown that come after an `exit()`.
  ///
  /// They are not, because they were under way when it was called; those of end programs are.
  var acceptsEventsAfterExit = false
  /// Events whose action is not known.
  private(set) var unknownEvents: UInt64 = 0

  init(_ script: CompiledScript, warnings: WarningLevel, noteProcess: @escaping (UInt32) -> Void) {
    steps = script.actions.map { action in
      if case .formatted(let output) = action {
        .formatted(output.destination, PrintfFormatter(output))
      } else {
        .other(action)
      }
    }
    configuration = script.configuration
    self.warnings = warnings
    userFields = script.actions.map(\.userFields)
    self.noteProcess = noteProcess
  }

  /// Whether any event carries user stacks or symbols.
  var showsUserCode: Bool { userFields.contains { !$0.isEmpty } }

  /// Does what one event asks for.
  ///
  /// - Throws: what reading or changing a map failed with.
  mutating func dispatch<Store: ScriptMapStore>(
    _ event: RawSpan, to writer: inout OutputWriter, maps: inout Store
  ) throws(BPFError) {
    if exitCode != nil, !acceptsEventsAfterExit { return }
    guard let number = event.unsignedInteger(at: 0, byteCount: 4), number < UInt64(steps.count) else {
      unknownEvents &+= 1
      return
    }
    let index = Int(number)
    for field in userFields[index] {
      if let process = event.process(of: field) { noteProcess(process) }
    }
    switch steps[index] {
    case .formatted(.output, let template): writer.printf(template, event)
    case .formatted(let destination, let template): show(template, destination, event, to: &writer)
    case .other(let action): try perform(action, event, to: &writer, maps: &maps)
    }
  }

  private func show(
    _ template: PrintfFormatter, _ destination: FormattedOutput.Destination, _ event: RawSpan,
    to writer: inout OutputWriter
  ) {
    switch destination {
    case .output: writer.printf(template, event)
    case .error(let span): writer.report(.error, at: span, template, event)
    case .warning(let span): writer.report(.warning, at: span, template, event)
    case .fileContents:
      let path = writer.text(template, event)
      do throws(SystemCallError) {
        writer.fileContents(try FileSystem.contents(of: path).prefix(max(configuration.maximumCatBytes, 0)))
      } catch {
        writer.message("ERROR: failed to open file '\(path)': \(error.errno.text)")
      }
    case .shell:
      let command = writer.text(template, event)
      do throws(SystemCallError) {
        writer.commandOutput(try ShellCommand(command).output()[...])
      } catch {
        writer.message("ERROR: system(\"\(command)\") could not be run: \(error)")
      }
    }
  }

  private mutating func perform<Store: ScriptMapStore>(
    _ action: EventAction, _ event: RawSpan, to writer: inout OutputWriter, maps: inout Store
  ) throws(BPFError) {
    switch action {
    case .formatted:
      return
    case .printValue(let field):
      writer.value(field, event)
    case .printMap(let map, let top, let divisor):
      if let contents = try maps.contents(ofMap: map) { writer.map(contents, top: top, divisor: divisor) }
    case .clear(let map):
      try maps.clear(map: map)
    case .zero(let map):
      try maps.zero(map: map)
    case .exit(let code):
      let value = event.integer(of: code.type, at: code.offset, bits: code.bits)
      // The first exit() decides; events that follow it were under way already.
      if exitCode == nil { exitCode = Int32(truncatingIfNeeded: value?.signed ?? 0) }
    case .time(let format):
      writer.time(format: format)
    case .join(let separator, let strings):
      writer.join(strings, separator: separator, event)
    case .runtimeError(let error, let span, let returned):
      guard warnings.shows(error) else { return }
      let value = event.integer(of: returned.type, at: returned.offset, bits: returned.bits)
      writer.runtimeError(error, at: span, returned: value?.signed ?? 0)
    }
  }
}

/// Which failures of a program's steps are told (`-k`, `--no-warnings`).
public enum WarningLevel: Int, Sendable, CaseIterable {
  /// None.
  case none
  /// Those that a script's author did not expect.
  case usual
  /// All, also look-ups of what is not there and reads of what is not mapped.
  case all

  /// Whether a failure is told.
  func shows(_ error: RuntimeError) -> Bool {
    switch self {
    case .none: false
    case .usual: !error.isUsual
    case .all: true
    }
  }
}

extension EventAction {
  /// The user stacks and symbols among the values that an event of this action carries.
  fileprivate var userFields: [WireField] {
    switch self {
    case .formatted(let output): output.arguments.flatMap(\.userFields)
    case .printValue(let field): field.userFields
    case .join(_, let strings): strings.flatMap(\.userFields)
    default: []
    }
  }
}

extension WireField {
  /// This field, or those in it, whose names only their process can tell; offsets count as this field's does.
  var userFields: [WireField] {
    switch type {
    case .userStack, .userSymbol: [self]
    case .tuple(let fields, _), .record(let fields, _):
      fields.flatMap(\.userFields).map { WireField(offset: offset &+ $0.offset, type: $0.type) }
    default: []
    }
  }
}
