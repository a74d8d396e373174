/// A tracepoint's format file that cannot be understood.
public struct TracepointFormatError: Error, Hashable, Sendable {
  /// The line, counted from 1; 0 when something is missing from the file.
  public let line: Int
  /// What is wrong.
  public let cause: Cause

  /// What can be wrong with a format file.
  public enum Cause: Error, Hashable, Sendable {
    /// A line of this kind does not occur.
    case missing(String)
    /// This is not a number, or one that is too big.
    case badNumber(String)
    /// This is no declaration of a field.
    case badField(String)
  }
}

extension TracepointFormat {
  /// Reads the text of a format file.
  ///
  /// - Throws: ``TracepointFormatError`` for the first line that cannot be understood.
  public init(parsing text: some StringProtocol) throws(TracepointFormatError) {
    try self.init(parsing: Array(text.utf8))
  }

  /// Reads the bytes of a format file.
  ///
  /// - Throws: ``TracepointFormatError`` for the first line that cannot be understood.
  public init(parsing text: [UInt8]) throws(TracepointFormatError) {
    var name: String?
    var id: Int?
    var groups: [[Field]] = [[]]
    var printFormat = ""
    for (index, line) in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
      let line = line.trimmingSpaces()
      if line.isEmpty {
        if groups.last?.isEmpty == false { groups.append([]) }
      } else if let rest = line.removingPrefix("field:") {
        do throws(TracepointFormatError.Cause) {
          groups[groups.count - 1].append(try Field(parsing: rest))
        } catch {
          throw TracepointFormatError(line: index + 1, cause: error)
        }
      } else if let rest = line.removingPrefix("name:") {
        name = rest.trimmingSpaces().text
      } else if let rest = line.removingPrefix("ID:") {
        guard let number = rest.trimmingSpaces().decimal else {
          throw TracepointFormatError(line: index + 1, cause: .badNumber(rest.trimmingSpaces().text))
        }
        id = number
      } else if let rest = line.removingPrefix("print fmt:") {
        printFormat = rest.trimmingSpaces().text
      }
    }
    guard let name else { throw TracepointFormatError(line: 0, cause: .missing("name:")) }
    guard let id else { throw TracepointFormatError(line: 0, cause: .missing("ID:")) }
    // An empty line parts the common fields from the event's own. A file with one group is told by its names.
    let all = groups.flatMap { $0 }
    let commonCount =
      groups.filter { !$0.isEmpty }.count > 1
      ? groups[0].count : all.prefix { $0.name.hasPrefix("common_") }.count
    self.init(
      name: name, id: id, commonFields: Array(all.prefix(commonCount)), fields: Array(all.dropFirst(commonCount)),
      printFormat: printFormat)
  }
}

extension TracepointFormat.Field {
  /// Reads what follows `field:` in a line such as `field:char comm[16];  offset:8;  size:16;  signed:0;`.
  fileprivate init(parsing line: ArraySlice<UInt8>) throws(TracepointFormatError.Cause) {
    let declaration = line.prefix { $0 != UInt8(ascii: ";") }.trimmingSpaces()
    var offset: Int?
    var size: Int?
    var isSigned = false
    for part in line[declaration.endIndex...].split(separator: UInt8(ascii: ";")) {
      let part = part.trimmingSpaces()
      func number(_ text: ArraySlice<UInt8>) throws(TracepointFormatError.Cause) -> Int {
        guard let number = text.decimal, number <= Int(UInt16.max) else { throw .badNumber(text.text) }
        return number
      }
      if let value = part.removingPrefix("offset:") {
        offset = try number(value)
      } else if let value = part.removingPrefix("size:") {
        size = try number(value)
      } else if let value = part.removingPrefix("signed:") {
        isSigned = try number(value) == 1
      }
    }
    guard let offset, let size else { throw .badField(line.text) }
    let parts = try Declaration(declaration)
    self.init(
      name: parts.name.text, type: parts.type.text, offset: offset, size: size, isSigned: isSigned,
      elementCount: parts.elementCount, location: parts.location, declaration: declaration.text)
  }

  /// A declaration taken apart: `__data_loc char[] name`, `char name[16]`, `const char * name`.
  private struct Declaration {
    var type: ArraySlice<UInt8>
    var name: ArraySlice<UInt8>
    var elementCount: TracepointFormat.ElementCount?
    var location = TracepointFormat.Location.inRecord

    init(_ text: ArraySlice<UInt8>) throws(TracepointFormatError.Cause) {
      var text = text
      if let rest = text.removingPrefix("__data_loc ") {
        (text, location) = (rest, .fromRecordStart)
      } else if let rest = text.removingPrefix("__rel_loc ") {
        (text, location) = (rest, .fromFieldEnd)
      }
      if text.last == UInt8(ascii: "]"), let open = text.lastIndex(of: UInt8(ascii: "[")) {
        // The length can be a name or an expression that only the kernel's compiler knew: then it stays open.
        elementCount = text[(open + 1)...].dropLast().trimmingSpaces().decimal.map { .fixed($0) } ?? .variable
        text = text[..<open].trimmingSpaces()
      }
      name = text.suffixOfNameBytes
      type = text[..<name.startIndex].trimmingSpaces()
      if location != .inRecord, type.last == UInt8(ascii: "]"), type.dropLast().last == UInt8(ascii: "[") {
        type = type.dropLast(2).trimmingSpaces()
        elementCount = .variable
      }
      guard !name.isEmpty, !type.isEmpty else { throw .badField(text.text) }
    }
  }
}

extension ArraySlice<UInt8> {
  fileprivate var text: String { String(decoding: self, as: UTF8.self) }

  /// The number that the bytes write in decimal digits; nil for anything else, and for one that does not fit.
  fileprivate var decimal: Int? {
    guard !isEmpty, count <= 18 else { return nil }
    var value = 0
    for byte in self {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return value
  }

  /// What follows the prefix, or nil when the bytes do not begin so.
  fileprivate func removingPrefix(_ prefix: StaticString) -> ArraySlice? {
    guard count >= prefix.utf8CodeUnitCount else { return nil }
    for index in 0..<prefix.utf8CodeUnitCount where self[startIndex + index] != prefix.utf8Start[index] { return nil }
    return self[(startIndex + prefix.utf8CodeUnitCount)...]
  }

  /// Without spaces and tabs at the ends.
  fileprivate func trimmingSpaces() -> ArraySlice {
    var start = startIndex
    var end = endIndex
    while start < end, self[start] == UInt8(ascii: " ") || self[start] == UInt8(ascii: "\t") { start += 1 }
    while end > start, self[end - 1] == UInt8(ascii: " ") || self[end - 1] == UInt8(ascii: "\t") { end -= 1 }
    return self[start..<end]
  }

  /// The longest end that could be a name in C.
  fileprivate var suffixOfNameBytes: ArraySlice {
    var start = endIndex
    while start > startIndex {
      let byte = self[start - 1]
      let isLetter = byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
      guard isLetter || byte == UInt8(ascii: "_") || byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") else {
        break
      }
      start -= 1
    }
    return self[start...]
  }
}
