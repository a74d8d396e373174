internal import BTF

/// A type as columns: one for each number, text or list in it, the members of nested structs flattened to `outer.inner`.
///
/// The header of a column is the member's name in capitals, as tools have it.
struct ColumnLayout {
  /// A column.
  struct Column {
    /// The path of the member: `address.port`; "value" for a type that is no struct.
    var name: String
    /// The member; nil for a type that is no struct.
    var member: Member?
    /// How many characters its values usually take.
    var width: Int

    var header: String { name.uppercased() }
  }

  let graph: TypeGraph
  let type: TypeID
  private(set) var columns: [Column] = []

  /// More columns than this are no table.
  private static let limit = 256

  /// - Parameters:
  ///   - name: what the only column of a type is called that is no struct.
  init(of type: TypeID, in graph: TypeGraph, named name: String = "value") throws(BTFError) {
    self.graph = graph
    self.type = type
    if let composite = try? graph.composite(type) {
      try add(composite, below: "", depth: 0)
    } else {
      columns = [Column(name: name, member: nil, width: try Self.width(of: type, bits: nil, in: graph))]
    }
  }

  private mutating func add(_ composite: CompositeType, below prefix: String, depth: Int) throws(BTFError) {
    guard depth < 16 else { throw BTFError(.chainTooDeep(composite.id)) }
    for member in composite.members {
      let inner = try? graph.composite(member.type)
      if member.isAnonymous {
        // A nameless bit-field only pads.
        if let inner { try add(inner, below: prefix, depth: depth + 1) }
        continue
      }
      let path = prefix + member.name
      if let inner {
        try add(inner, below: path + ".", depth: depth + 1)
        continue
      }
      guard columns.count < Self.limit else { throw BTFError(.definitionTooLong(type)) }
      // A flexible array at the end has no bytes of its own.
      guard (try? graph.size(of: member.type)) != 0 else { continue }
      let found = try graph.member(path: path, of: type)
      columns.append(
        Column(
          name: path, member: found,
          width: try Self.width(of: member.type, bits: graph.bits(of: member)?.count, in: graph)))
    }
  }

  /// How many characters values of a type usually take, so that rows that come one by one make a table.
  private static func width(of type: TypeID, bits: Int?, in graph: TypeGraph) throws(BTFError) -> Int {
    switch try graph.resolvedType(type) {
    case .integer(let integer):
      if integer.isBoolean { return 5 }
      switch bits ?? integer.bitCount {
      case ...8: return 3
      case ...16: return 5
      case ...32: return 7
      default: return 14
      }
    case .enumeration(let enumeration): return min(24, enumeration.enumerators.map(\.name.count).max() ?? 7)
    case .pointer: return 18
    case .array(let array):
      if try graph.size(of: array.element) == 1 { return min(16, array.count) }
      return min(32, array.count.multipliedReportingOverflow(by: 4).partialValue)
    default: return 8
    }
  }

  /// The values of all columns, in their order.
  func values(in bytes: UnsafeRawBufferPointer) throws(BTFError) -> [TypedValue] {
    var values: [TypedValue] = []
    values.reserveCapacity(columns.count)
    for column in columns {
      if let member = column.member {
        values.append(try graph.value(of: member, in: bytes))
      } else {
        values.append(try graph.value(of: type, in: bytes))
      }
    }
    return values
  }
}

extension TypedValue {
  /// The value in a column: as bpftrace prints it, on one line whatever it holds.
  var columnText: String {
    switch self {
    case .characters(let bytes): Self.escaped(bytes.prefix { $0 != 0 })
    case .array(let elements):
      if let text = Self.text(elements) { Self.escaped(text[...]) } else { description }
    default: description
    }
  }

  /// The bytes of an array of unsigned bytes that holds a text which ends: printable characters, then zeros alone.
  ///
  /// Swift has no type of character for such arrays.
  static func text(_ elements: [TypedValue]) -> [UInt8]? {
    var text: [UInt8] = []
    var hasEnded = false
    for element in elements {
      guard case .integer(let number) = element, let byte = UInt8(exactly: number) else { return nil }
      if byte == 0 { hasEnded = true }
      if hasEnded, byte != 0 { return nil }
      if byte != 0 { text.append(byte) }
    }
    return hasEnded && !text.isEmpty && text.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }) ? text : nil
  }

  private static func escaped(_ bytes: ArraySlice<UInt8>) -> String {
    var text = ""
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      switch scalar {
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      case "\r": text += "\\r"
      case _ where scalar.value < 0x20 || scalar.value == 0x7f:
        text += "\\x" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
