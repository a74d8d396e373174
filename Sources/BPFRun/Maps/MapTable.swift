internal import BPF
internal import BTF
internal import KernelInterface
internal import LinuxSystem

/// The elements of a map as a table: the members of its keys and values as columns.
///
/// Rows are in the order of their values where these are single numbers, the largest last, else in that of their keys.
/// The values that the CPUs have of a per-CPU map are added up where they are numbers; else each has a row of its own.
/// Elements of arrays that are all zeroes are left out, for those were never written.
struct MapTable {
  /// An element, or a CPU's value of one.
  private struct Row {
    var key: [TypedValue]
    var value: [TypedValue]
    var cpu: Int?
    /// The same as JSON.
    var keyJSON: String
    var valueJSON: String
  }

  private let map: Map
  private let keys: ColumnLayout
  private let values: ColumnLayout
  /// The CPUs whose values stand behind each other.
  private let cpus: [Int]

  /// A table of a map; nil for a map without types, and for one whose elements are no values.
  init?(of map: Map, _ types: TypeGraph?) {
    guard let types, map.spec.type.holdsValues, let key = map.spec.keyTypeID, let value = map.spec.valueTypeID,
      let keys = try? ColumnLayout(of: key, in: types, named: "key"),
      let values = try? ColumnLayout(of: value, in: types)
    else { return nil }
    self.map = map
    self.keys = keys
    self.values = values
    cpus = map.spec.type.isPerCPU ? (try? CPUList.possible().cpus) ?? [] : []
  }

  /// The header and the rows, aligned; nil when the map is empty.
  func text() throws(BPFError) -> String? {
    let rows = try rows()
    if rows.isEmpty { return nil }
    let hasCPUs = rows.contains { $0.cpu != nil }
    var cells = [keys.columns.map(\.header) + (hasCPUs ? ["CPU"] : []) + values.columns.map(\.header)]
    cells += rows.map { row in
      row.key.map(\.columnText) + (row.cpu.map { ["\($0)"] } ?? []) + row.value.map(\.columnText)
    }
    let widths = cells[0].indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
    return cells.map { line in
      let padded = line.enumerated().map { index, cell in
        index == line.count - 1 ? cell : cell + String(repeating: " ", count: widths[index] - cell.count)
      }
      return "  " + padded.joined(separator: "  ") + "\n"
    }
    .joined()
  }

  /// A list of objects `{"key":…,"value":…}`.
  func json() throws(BPFError) -> String {
    let objects = try rows().map { row in
      "{\"key\":\(row.keyJSON)\(row.cpu.map { ",\"cpu\":\($0)" } ?? ""),\"value\":\(row.valueJSON)}"
    }
    return "[\(objects.joined(separator: ","))]"
  }

  // MARK: - Elements

  private func rows() throws(BPFError) -> [Row] {
    var rows: [Row] = []
    try map.forEach { key, value in
      key.withUnsafeBytes { key in value.withUnsafeBytes { value in rows += self.rows(key, value) } }
    }
    let isByValue = values.columns.count == 1 && rows.allSatisfy { $0.value.first?.number != nil }
    return rows.sorted { one, other in
      if isByValue, let left = one.value.first, let right = other.value.first, left != right {
        return left.isBefore(right)
      }
      for (left, right) in zip(one.key, other.key) where left != right { return left.isBefore(right) }
      return (one.cpu ?? 0) < (other.cpu ?? 0)
    }
  }

  private func rows(_ key: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) -> [Row] {
    let isArray = map.spec.type == .array || map.spec.type == .perCPUArray
    if isArray, map.spec.maxEntries > 1, value.allSatisfy({ $0 == 0 }) { return [] }
    guard let keyValues = try? keys.values(in: key),
      let keyJSON = try? keys.graph.value(of: keys.type, in: key).withTexts.json
    else { return [] }
    var parts: [(columns: [TypedValue], value: TypedValue)] = []
    for index in 0..<map.valuesPerKey {
      // The map says both numbers, and so many bytes were read.
      let start = index * map.valueStride
      guard start + map.spec.valueSize <= value.count else { return [] }
      let bytes = UnsafeRawBufferPointer(rebasing: value[start..<start + map.spec.valueSize])
      guard let columns = try? values.values(in: bytes), let whole = try? values.graph.value(of: values.type, in: bytes)
      else { return [] }
      parts.append((columns, whole))
    }
    guard let first = parts.first else { return [] }
    if parts.count > 1, first.columns.allSatisfy({ $0.number != nil }) {
      let columns = first.columns.indices.map { column in
        parts.dropFirst().reduce(first.columns[column]) { $0.adding($1.columns[column]) }
      }
      let sum = parts.dropFirst().reduce(first.value) { $0.adding($1.value) }
      return [Row(key: keyValues, value: columns, cpu: nil, keyJSON: keyJSON, valueJSON: sum.json)]
    }
    return parts.enumerated().map { index, part in
      let cpu = parts.count > 1 ? (cpus.indices.contains(index) ? cpus[index] : index) : nil
      return Row(
        key: keyValues, value: part.columns, cpu: cpu, keyJSON: keyJSON, valueJSON: part.value.withTexts.json)
    }
  }
}

extension MapType {
  /// Whether its elements are values that programs keep there, which can be gone through.
  fileprivate var holdsValues: Bool {
    switch self {
    case .hash, .lruHash, .perCPUHash, .lruPerCPUHash, .array, .perCPUArray, .longestPrefixTrie, .resizableHash: true
    default: false
    }
  }
}

extension TypedValue {
  /// The number that it is; nil for what is no plain number.
  var number: Int128? {
    switch self {
    case .integer(let number): number
    case .unsigned(let number): Int128(clamping: number)
    default: nil
    }
  }

  /// The sum of two values of one type, wrapping around; what is no number stays as it is in the first.
  fileprivate func adding(_ other: TypedValue) -> TypedValue {
    switch (self, other) {
    case (.integer(let one), .integer(let two)): .integer(one &+ two)
    case (.structure(let one), .structure(let two)):
      .structure(zip(one, two).map { Field(name: $0.name, value: $0.value.adding($1.value)) })
    case (.array(let one), .array(let two)): .array(zip(one, two).map { $0.adding($1) })
    default: self
    }
  }

  /// Numbers by size, everything else by its text.
  fileprivate func isBefore(_ other: TypedValue) -> Bool {
    if let one = number, let two = other.number { return one < two }
    return columnText < other.columnText
  }
}
