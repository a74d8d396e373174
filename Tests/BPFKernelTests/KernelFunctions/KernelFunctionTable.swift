/// The table of functions of the kernel that are declared for programs, from which the Swift functions are written.
///
/// One line for each function, its columns apart by tabs: first kernel, file, types of programs that may call it, C
/// declaration, and what it does.
struct KernelFunctionTable {
  struct Row {
    var firstKernel: String
    var file: String
    var programs: String
    var declaration: String
    var summary: String
  }

  var rows: [Row]

  init(parsing text: String) throws {
    rows = []
    for (index, line) in text.split(separator: "\n").enumerated() {
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard columns.count == 5 else { throw HelperTable.Malformed(line: index + 1, text: String(line)) }
      rows.append(
        Row(
          firstKernel: columns[0], file: columns[1], programs: columns[2], declaration: columns[3], summary: columns[4])
      )
    }
  }

  /// The names of the files that the table fills, in their order.
  var files: [String] { Set(rows.map(\.file)).sorted() }

  /// The text of one file.
  func source(of file: String) throws -> String {
    var text = """
      // Written from functions.table by KernelFunctionTableTests: change the table, not this file.
      // swift-format-ignore-file

      """
    for row in rows where row.file == file { text += "\n" + (try Self.source(row)) }
    return text
  }

  /// One function in Swift.
  private static func source(_ row: Row) throws -> String {
    guard let open = row.declaration.firstIndex(of: "("), row.declaration.hasSuffix(")") else {
      throw HelperTable.Malformed(line: 0, text: row.declaration)
    }
    let (resultType, name) = HelperFunctionText.declaration(row.declaration[..<open])
    let result = swiftType(resultType, isResult: true)
    let list = row.declaration[row.declaration.index(after: open)...].dropLast()
    let parameters: [(name: String, type: String)] =
      list == "void"
      ? []
      : list.split(separator: ",").map { text -> (name: String, type: String) in
        let (type, name) = HelperFunctionText.declaration(text)
        // What stands behind two underscores speaks to the verifier.
        let plain = name.split(separator: "_", omittingEmptySubsequences: false)
        let end = plain.firstIndex(of: "") ?? plain.endIndex
        let isSize = plain.suffix(from: end).contains { $0.hasPrefix("sz") }
        return (
          name: plain[..<end].joined(separator: "_") + (isSize ? "_size" : ""), type: swiftType(type, isResult: false)
        )
      }
    var lines = HelperFunctionText.documentation(row.summary) + ["///"]
    lines += HelperFunctionText.documentation(
      "Function of the kernel. *First kernel*: \(row.firstKernel). *Programs*: \(row.programs).")
    if result.hasPrefix("Int") || result == "Bool" { lines.append("@discardableResult") }
    lines.append("@_alwaysEmitIntoClient @_transparent")
    let arrow = result == "Void" ? "" : " -> \(result)"
    let head = "public func \(name)(\(parameters.map { "_ \($0.name): \($0.type)" }.joined(separator: ", ")))\(arrow) {"
    if head.count <= 120 {
      lines.append(head)
    } else {
      let separate = parameters.map { "  _ \($0.name): \($0.type)" }.joined(separator: ",\n")
      lines += ["public func \(name)(", separate, ")\(arrow) {"]
    }
    lines.append("  KernelFunction(\"\(row.declaration)\")(\(parameters.map(\.name).joined(separator: ", ")))")
    return (lines + ["}"]).joined(separator: "\n") + "\n"
  }

  private static func swiftType(_ type: String, isResult: Bool) -> String {
    let words = type.split(separator: " ").filter { $0 != "const" }.joined(separator: " ")
    switch words {
    case "int *" where isResult: return "UnsafeMutablePointer<Int32>?"
    case "void": return "Void"
    case "bool": return "Bool"
    case "long": return "Int"
    case "int", "s32": return "Int32"
    case "s64": return "Int64"
    case "u64", "size_t", "unsigned long": return "UInt64"
    case "char", "u8": return "UInt8"
    case _ where words.hasSuffix("*"):
      return type.hasPrefix("const ") ? "UnsafeRawPointer?" : "UnsafeMutableRawPointer?"
    default: return "UInt32"
    }
  }
}
