public import LinuxSystem

/// Writes one JSON document piece by piece, so that a map of a million entries needs no memory.
///
///     var json = JSONWriter(to: output, isPretty: true)
///     try json.object { json throws(SystemCallError) in
///       try json.member("id", 5)
///       try json.member("name", "a\"b")
///     }
///
/// Whatever the names hold, the document parses: text is escaped (RFC 8259, section 7), and bytes that are no UTF-8
/// appear as U+FFFD.
public struct JSONWriter {
  private let output: BufferedOutput
  private let isPretty: Bool
  private var depth = 0
  /// Whether the innermost array or object has an element already.
  private var hasElements = false
  /// Whether what comes next is the value of a member whose name has been written.
  private var isAfterName = false

  /// A document on its way to `output`; with `isPretty` over many lines, as bpftool lays them out: each member on a line
  /// of its own, indented by 4, and the elements of an array behind each other.
  public init(to output: BufferedOutput, isPretty: Bool) {
    self.output = output
    self.isPretty = isPretty
  }

  /// An array of what `body` writes.
  public mutating func array(_ body: (inout JSONWriter) throws(SystemCallError) -> Void) throws(SystemCallError) {
    try nested("[", "]", body)
  }

  /// An object of the members that `body` writes.
  public mutating func object(_ body: (inout JSONWriter) throws(SystemCallError) -> Void) throws(SystemCallError) {
    try nested("{", "}", body)
  }

  private mutating func nested(
    _ opening: String, _ closing: String, _ body: (inout JSONWriter) throws(SystemCallError) -> Void
  ) throws(SystemCallError) {
    try begin()
    try output.write(opening)
    let outer = hasElements
    hasElements = false
    depth += 1
    try body(&self)
    depth -= 1
    if hasElements { try breakLine() }
    hasElements = outer || depth > 0
    try output.write(closing)
    if depth == 0 { try output.write("\n") }
  }

  /// The name of a member, whose value is written next.
  public mutating func name(_ name: String) throws(SystemCallError) {
    try begin()
    try breakLine()
    try output.write("\(Self.quoted(name)):\(isPretty ? " " : "")")
    isAfterName = true
  }

  /// A text.
  public mutating func value(_ text: String) throws(SystemCallError) { try raw(Self.quoted(text)) }

  /// A number.
  public mutating func value(_ number: some BinaryInteger) throws(SystemCallError) { try raw("\(number)") }

  /// `true` or `false`.
  public mutating func value(_ truth: Bool) throws(SystemCallError) { try raw(truth ? "true" : "false") }

  /// `null`.
  public mutating func null() throws(SystemCallError) { try raw("null") }

  /// A member whose value is a text.
  public mutating func member(_ name: String, _ text: String) throws(SystemCallError) {
    try self.name(name)
    try value(text)
  }

  /// A member whose value is a number.
  public mutating func member(_ name: String, _ number: some BinaryInteger) throws(SystemCallError) {
    try self.name(name)
    try value(number)
  }

  /// A member whose value is a truth.
  public mutating func member(_ name: String, _ truth: Bool) throws(SystemCallError) {
    try self.name(name)
    try value(truth)
  }

  /// A value whose text is JSON already.
  public mutating func raw(_ json: String) throws(SystemCallError) {
    try begin()
    try output.write(json)
    if depth == 0 { try output.write("\n") }
  }

  /// Elements of an array as JSON already, with commas between them.
  public mutating func raw(elements: UnsafeRawBufferPointer) throws(SystemCallError) {
    if elements.isEmpty { return }
    try begin()
    try output.write(elements)
  }

  /// Elements of an array as JSON already, with commas between them, laid out for ``level``.
  public mutating func raw(elements: ArraySlice<UInt8>) throws(SystemCallError) {
    if elements.isEmpty { return }
    try begin()
    try output.write(elements)
  }

  /// How deep the next element lies in a document over many lines; nil in one without white space.
  public var level: Int? { isPretty ? depth : nil }

  /// Bytes as bpftool writes them: `["0x01","0xff"]`.
  public mutating func bytes(_ bytes: some Collection<UInt8>) throws(SystemCallError) {
    try array { json throws(SystemCallError) in
      var text: [UInt8] = []
      text.reserveCapacity(bytes.count * 7)
      for byte in bytes {
        if !text.isEmpty { text.append(UInt8(ascii: ",")) }
        text += [UInt8(ascii: "\""), UInt8(ascii: "0"), UInt8(ascii: "x")]
        text += [HexDigits.digit(byte >> 4), HexDigits.digit(byte & 0xf), UInt8(ascii: "\"")]
      }
      let result: Result<Void, SystemCallError> = text.withUnsafeBytes { text in
        Result { () throws(SystemCallError) in try json.raw(elements: text) }
      }
      try result.get()
    }
  }

  /// What comes before an element: nothing after a name, else a comma.
  private mutating func begin() throws(SystemCallError) {
    if isAfterName {
      isAfterName = false
      return
    }
    if hasElements { try output.write(",") }
    hasElements = true
  }

  private func breakLine() throws(SystemCallError) {
    if isPretty { try output.write("\n" + String(repeating: "    ", count: depth)) }
  }

  /// A text in quotation marks, with what may not stand in a JSON string escaped.
  public static func quoted(_ text: String) -> String {
    var quoted: [UInt8] = [UInt8(ascii: "\"")]
    quoted.reserveCapacity(text.utf8.count + 2)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): quoted += [UInt8(ascii: "\\"), byte]
      case UInt8(ascii: "\n"): quoted += Array("\\n".utf8)
      case UInt8(ascii: "\t"): quoted += Array("\\t".utf8)
      case UInt8(ascii: "\r"): quoted += Array("\\r".utf8)
      case 0..<0x20, 0x7f:
        let digits = String(byte, radix: 16)
        quoted += Array("\\u00\(digits.count == 1 ? "0" : "")\(digits)".utf8)
      default: quoted.append(byte)
      }
    }
    quoted.append(UInt8(ascii: "\""))
    return String(decoding: quoted, as: UTF8.self)
  }
}
