/// The table of the kernel's helpers, from which the Swift functions are written.
///
/// One line for each helper, its columns apart by tabs: number, first kernel, file, types of programs that may call it,
/// C prototype without `bpf_`, and what it does.
struct HelperTable {
  struct Row {
    var number: Int
    var firstKernel: String
    var file: String
    var programs: String
    var prototype: String
    var summary: String
  }

  /// A line that is not a row.
  struct Malformed: Error {
    var line: Int
    var text: String
  }

  var rows: [Row]

  init(parsing text: String) throws {
    rows = []
    for (index, line) in text.split(separator: "\n").enumerated() {
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard columns.count == 6, let number = Int(columns[0]) else {
        throw Malformed(line: index + 1, text: String(line))
      }
      rows.append(
        Row(
          number: number, firstKernel: columns[1], file: columns[2], programs: columns[3], prototype: columns[4],
          summary: columns[5]))
    }
  }

  /// The names of the files that the table fills, in their order.
  var files: [String] { Set(rows.map(\.file)).sorted() }

  /// The text of one file.
  func source(of file: String) throws -> String {
    var text = """
      // Written from helpers.table by HelperTableTests: change the table, not this file.
      // swift-format-ignore-file: AlwaysUseLowerCamelCase

      """
    for row in rows where row.file == file { text += "\n" + (try HelperFunctionText(row).source) }
    return text
  }
}

/// One helper as a Swift function.
struct HelperFunctionText {
  private var row: HelperTable.Row
  private(set) var name: String
  private var result: String
  private var parameters: [(name: String, type: String)]

  init(_ row: HelperTable.Row) throws {
    self.row = row
    guard let open = row.prototype.firstIndex(of: "("), row.prototype.hasSuffix(")") else {
      throw HelperTable.Malformed(line: row.number, text: row.prototype)
    }
    let (result, name) = Self.declaration(row.prototype[..<open])
    self.name = "bpf_\(name)"
    self.result = Self.swiftType(result, parameter: nil)
    let list = row.prototype[row.prototype.index(after: open)...].dropLast()
    parameters =
      list == "void"
      ? []
      : list.split(separator: ",").map {
        let (type, name) = Self.declaration($0)
        return (name, Self.swiftType(type, parameter: name))
      }
  }

  /// `const void *key` as its type, `const void *`, and its name.
  static func declaration(_ text: some StringProtocol) -> (type: String, name: String) {
    let words = text.split(separator: " ")
    let last = words.last ?? ""
    let name = String(last.drop(while: { $0 == "*" }))
    let type = words.dropLast().joined(separator: " ") + (last.hasPrefix("*") ? " *" : "")
    return (type, name)
  }

  /// Memory that the helper only reads, or knows by its address.
  private static let readOnly: Set<String> = [
    "ctx", "map", "prog_array_map", "skb", "ringbuf", "task", "tsk", "skops", "msg", "sk", "inode", "cgroup",
    "callback_fn", "percpu_ptr", "iph", "th", "m", "regs", "bpf_socket", "tuple", "key", "data", "xdp_md", "file",
    "bprm",
    "path", "tp", "from", "name", "reuse", "bpf_sock",

  ]

  static func swiftType(_ type: String, parameter name: String?) -> String {
    if type.hasSuffix("*") {
      guard let name else { return "UnsafeMutableRawPointer?" }
      let isRead = type.hasPrefix("const ") || readOnly.contains(name)
      return isRead ? "UnsafeRawPointer?" : "UnsafeMutableRawPointer?"
    }
    switch type {
    case "void": return "Void"
    case "long": return "Int"
    case "s64": return "Int64"
    case "int", "s32": return "Int32"
    case "u64", "size_t": return "UInt64"
    case "u16", "__be16": return "UInt16"
    default: return "UInt32"
    }
  }

  /// The text as lines of documentation, broken between words.
  static func documentation(_ text: String) -> [String] {
    var lines = ["///"]
    for word in text.split(separator: " ") {
      if lines[lines.count - 1].count + 1 + word.count > 120 { lines.append("///") }
      lines[lines.count - 1] += " \(word)"
    }
    return lines
  }

  var source: String {
    var lines = Self.documentation(row.summary) + ["///"]
    lines += Self.documentation(
      "Helper \(row.number) of the kernel. *First kernel*: \(row.firstKernel). *Programs*: \(row.programs).")
    if result.hasPrefix("Int") { lines.append("@discardableResult") }
    lines.append("@_alwaysEmitIntoClient @_transparent")
    let list = parameters.map { "_ \($0.name): \($0.type)" }.joined(separator: ", ")
    let arrow = result == "Void" ? "" : " -> \(result)"
    let head = "public func \(name)(\(list))\(arrow) {"
    if head.count <= 120 {
      lines.append(head)
    } else {
      let separate = parameters.map { "  _ \($0.name): \($0.type)" }.joined(separator: ",\n")
      lines += ["public func \(name)(", list.count <= 118 ? "  \(list)" : separate, ")\(arrow) {"]
    }
    let arguments = ["\(row.number)"] + parameters.map { $0.type == "UInt64" ? $0.name : "word(\($0.name))" }
    let call = "callHelper(\(arguments.joined(separator: ", ")))"
    switch result {
    case "Void": lines.append("  _ = \(call)")
    case "UInt64": lines.append("  \(call)")
    case "UnsafeMutableRawPointer?": lines.append("  pointer(\(call))")
    default: lines.append("  \(result)(truncatingIfNeeded: \(call))")
    }
    return (lines + ["}"]).joined(separator: "\n") + "\n"
  }
}
