internal import BTF

/// The records of one event map on their way to rows or JSON.
struct RecordTable {
  /// The map's name.
  let name: String
  private let type: RecordType?
  private let layout: ColumnLayout?
  /// Whether the header has been written.
  private var hasHeader = false
  /// Whether it was said that records are shorter than their type.
  private(set) var isMismatched = false

  /// Whether records that are laid out as log lines are such.
  let mayHoldLog: Bool

  /// Records of a type; without one they are shown as bytes.
  init(name: String, type: RecordType?, mayHoldLog: Bool = false) {
    self.name = name
    self.type = type
    self.mayHoldLog = mayHoldLog
    layout = type.flatMap { try? ColumnLayout(of: $0.id, in: $0.graph) }
  }

  /// What is known of the records: "struct event (20 bytes)"; nil when nothing is.
  var typeName: String? {
    type.map { "\((try? $0.graph.cName(of: $0.id)) ?? "type \($0.id)") (\($0.size) bytes)" }
  }

  /// The line above the first row; nil when it was asked for before, and where there are no columns.
  ///
  /// - Parameter label: the width of the column with the map's name; 0 for none.
  mutating func header(label: Int) -> String? {
    guard let layout, !hasHeader else { return nil }
    hasHeader = true
    return Self.row(layout.columns.map { ($0.header, max($0.width, $0.header.count)) }, label: name, label)
  }

  /// A record as a row.
  mutating func row(_ record: UnsafeRawBufferPointer, label: Int) -> String {
    guard let layout, let values = try? layout.values(in: record) else {
      if layout != nil { isMismatched = true }
      return Self.row([(Self.hexadecimal(record), 0)], label: name, label)
    }
    let cells = zip(layout.columns, values).map { column, value in
      (value.columnText, max(column.width, column.header.count))
    }
    return Self.row(cells, label: name, label)
  }

  /// A record as JSON: the value of its type, or a list of its bytes.
  mutating func json(_ record: UnsafeRawBufferPointer) -> String {
    if let type {
      if let value = try? type.graph.value(of: type.id, in: record) { return value.withTexts.json }
      isMismatched = true
    }
    return "[\(record.map { String($0) }.joined(separator: ","))]"
  }

  private static func row(_ cells: [(text: String, width: Int)], label: String, _ labelWidth: Int) -> String {
    var line = labelWidth > 0 ? padded(label, to: labelWidth) + " " : ""
    for (index, cell) in cells.enumerated() {
      line += index == cells.count - 1 ? cell.text : padded(cell.text, to: cell.width) + " "
    }
    return line
  }

  private static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private static func hexadecimal(_ bytes: UnsafeRawBufferPointer) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
  }
}

extension TypedValue {
  /// The value with arrays of bytes that hold texts as characters.
  var withTexts: TypedValue {
    switch self {
    case .array(let elements):
      if let text = Self.text(elements) { .characters(text) } else { .array(elements.map(\.withTexts)) }
    case .structure(let fields): .structure(fields.map { Field(name: $0.name, value: $0.value.withTexts) })
    default: self
    }
  }
}
