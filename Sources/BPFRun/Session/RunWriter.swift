internal import BPF
internal import BTF
internal import LinuxSystem

/// Writes what a run shows: records as rows, maps as tables, or everything as JSON, an object on each line.
///
///     {"type":"event","map":"events","data":{"pid":7,"comm":"bash"}}
///     {"type":"log","map":"log","time":1234,"pid":7,"level":"information","data":"bash opens a file"}
///     {"type":"print","thread":7,"cpu":0,"data":"…"}
///     {"type":"text","source":"iter task","data":"…"}
///     {"type":"map","map":"counts","data":[{"key":0,"value":224}]}
///     {"type":"globals","data":{"total":12}}
///     {"type":"lost","map":"events","count":3}
struct RunWriter {
  private let format: RunOptions.Format
  private let isQuiet: Bool
  private let output: BufferedOutput
  private let messages: BufferedOutput
  private var tables: [RecordTable] = []
  /// The width of the column with the names of maps; 0 where there is only one.
  private var labelWidth = 0
  /// Maps whose records were said to be shorter than their type.
  private var complained: Set<Int> = []
  /// The error of a write that failed for another reason than that nobody reads.
  private var failure: SystemCallError?
  /// Whether the reader of the output has gone.
  private(set) var isClosed = false

  init(_ options: RunOptions, output: BufferedOutput, messages: BufferedOutput) {
    format = options.format
    isQuiet = options.isQuiet
    self.output = output
    self.messages = messages
  }

  /// Makes ready for the records of some maps.
  mutating func expect(_ tables: [RecordTable]) {
    self.tables = tables
    // Log lines need no columns.
    let names = tables.filter { !$0.mayHoldLog || $0.typeName != nil }.map(\.name)
    labelWidth = names.count > 1 ? names.map(\.count).max() ?? 0 : 0
  }

  // MARK: - What programs tell

  mutating func record(_ record: UnsafeRawBufferPointer, of index: Int) {
    guard tables.indices.contains(index) else { return }
    if tables[index].mayHoldLog, let line = LogLine(record) {
      write((format == .json ? line.json(map: tables[index].name) : line.shownText) + "\n")
      return
    }
    switch format {
    case .text:
      if let header = tables[index].header(label: labelWidth) { write(header + "\n") }
      write(tables[index].row(record, label: labelWidth) + "\n")
    case .json:
      let data = tables[index].json(record)
      write("{\"type\":\"event\",\"map\":\(Self.quoted(tables[index].name)),\"data\":\(data)}\n")
    }
    if tables[index].isMismatched, complained.insert(index).inserted {
      let type = tables[index].typeName ?? "its type"
      warn(
        "records of '\(tables[index].name)' are of \(record.count) bytes and thus no \(type); "
          + "--event \(tables[index].name)=STRUCT says what they are")
    }
  }

  mutating func printed(_ line: PrintedLines.Line) {
    switch format {
    case .text: write(line.text + "\n")
    case .json:
      let data = Self.quoted(line.text)
      write("{\"type\":\"print\",\"thread\":\(line.thread),\"cpu\":\(line.cpu),\"data\":\(data)}\n")
    }
  }

  mutating func lost(_ count: UInt64, of map: String) {
    if format == .json { write("{\"type\":\"lost\",\"map\":\(Self.quoted(map)),\"count\":\(count)}\n") }
    warn("lost \(count) record\(count == 1 ? "" : "s") of '\(map)'")
  }

  mutating func text(_ text: String, of source: String) {
    switch format {
    case .text: write(text.hasSuffix("\n") || text.isEmpty ? text : text + "\n")
    case .json: write("{\"type\":\"text\",\"source\":\(Self.quoted(source)),\"data\":\(Self.quoted(text))}\n")
    }
  }

  mutating func map(_ name: String, _ table: MapTable) throws(BPFError) {
    switch format {
    case .text: if let text = try table.text() { write("\n\(name):\n\(text)") }
    case .json: write("{\"type\":\"map\",\"map\":\(Self.quoted(name)),\"data\":\(try table.json())}\n")
    }
  }

  mutating func globals(_ values: [(name: String, value: TypedValue)]) {
    if values.isEmpty { return }
    switch format {
    case .text:
      write("\n" + values.map { "\($0.name): \($0.value.columnText)\n" }.joined())
    case .json:
      let members = values.map { "\(Self.quoted($0.name)):\($0.value.json)" }
      write("{\"type\":\"globals\",\"data\":{\(members.joined(separator: ","))}}\n")
    }
  }

  // MARK: - What the run tells

  /// A message that is no warning.
  func say(_ text: String) { complain("\(text)\n") }

  /// A warning.
  func warn(_ text: String) { complain("WARNING: \(text)\n") }

  private func complain(_ text: String) {
    // Messages that nobody hears are no reason to end.
    try? messages.write(text)
    try? messages.flush()
  }

  /// A line for whoever started the run and waits for it: at once, and on the standard output even where the output goes
  /// to a file.
  mutating func announce(_ line: String) {
    handOn()
    do throws(SystemCallError) {
      let output = try BufferedOutput(.output, buffering: .line)
      try output.write(line + "\n")
    } catch { note(error) }
  }

  // MARK: - Writing

  private mutating func write(_ text: String) {
    if isClosed || failure != nil { return }
    do throws(SystemCallError) { try output.write(text) } catch { note(error) }
  }

  private mutating func handOn() {
    if isClosed || failure != nil { return }
    do throws(SystemCallError) { try output.flush() } catch { note(error) }
  }

  private mutating func note(_ error: SystemCallError) {
    if error.errno == .brokenPipe { isClosed = true } else { failure = error }
  }

  /// Hands on what is held back.
  ///
  /// - Throws: the first write that failed, unless it failed because nobody reads any more.
  mutating func flush() throws(SystemCallError) {
    handOn()
    if let failure { throw failure }
  }

  private static func quoted(_ text: String) -> String { TypedValue.characters(Array(text.utf8)).json }
}
