import TraceCompiler

/// Values as JSON: numbers, arrays for arrays, tuples and buffers, objects for records, strings for the rest.
extension ValueFormatter {
  /// Writes the field as JSON.
  func writeJSON(_ field: WireField, base: Int = 0, in bytes: RawSpan, to output: inout ByteBuffer) {
    let offset = base &+ field.offset
    switch field.type {
    case .boolean:
      guard let value = bytes.integer(of: field.type, at: offset, bits: field.bits) else { break }
      output.append(value.bits == 0 ? "false" : "true")
      return
    case .integer, .enumeration, .pointer:
      guard let value = bytes.integer(of: field.type, at: offset, bits: field.bits) else { break }
      JSONText.write(value, to: &output)
      return
    case .array(let element, let count):
      let stride = element.byteCount
      writeJSONList(0..<(stride > 0 ? count : 0), to: &output) { index, output in
        writeJSON(WireField(offset: offset &+ index &* stride, type: element), in: bytes, to: &output)
      }
      return
    case .tuple(let fields, _):
      writeJSONList(fields, to: &output) { writeJSON($0, base: offset, in: bytes, to: &$1) }
      return
    case .record(let fields, _):
      output.append("{")
      for (index, member) in fields.enumerated() {
        output.append(index == 0 ? " " : ", ")
        JSONText.write(member.name, to: &output)
        output.append(": ")
        writeJSON(member, base: offset, in: bytes, to: &output)
      }
      output.append(fields.isEmpty ? "}" : " }")
      return
    case .buffer:
      let start = output.count
      let isThere = withBufferContents(of: field.type, at: offset, in: bytes) { contents in
        writeJSONList(contents, to: &output) { $1.append(decimal: UInt64($0)) }
      }
      if isThere { return }
      output.truncate(to: start)
    default:
      break
    }
    var text = ByteBuffer()
    write(field, base: base, in: bytes, to: &text)
    JSONText.write(text.bytes, to: &output)
  }

  private func writeJSONList<Elements: Collection>(
    _ elements: Elements, to output: inout ByteBuffer, _ body: (Elements.Element, inout ByteBuffer) -> Void
  ) {
    output.append(byte: UInt8(ascii: "["))
    for (index, element) in elements.enumerated() {
      if index > 0 { output.append(byte: UInt8(ascii: ",")) }
      body(element, &output)
    }
    output.append(byte: UInt8(ascii: "]"))
  }
}
