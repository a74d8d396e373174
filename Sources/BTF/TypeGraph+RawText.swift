extension TypeGraph {
  /// Appends what a type's record says, one line for the type and one for each of its items, as `bpftool btf dump`
  /// prints it.
  ///
  ///     [1] INT 'long unsigned int' size=8 bits_offset=0 nr_bits=64 encoding=(none)
  ///
  /// - Throws: for an id that is not there.
  public func appendRawText(of id: TypeID, to text: inout String) throws(BTFError) {
    var bytes: [UInt8] = []
    try appendRawText(of: id, to: &bytes)
    text += String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the same as bytes: names stand in it as the graph has them, be they UTF-8 or not.
  ///
  /// - Throws: for an id that is not there.
  public func appendRawText(of id: TypeID, to text: inout [UInt8]) throws(BTFError) {
    let record = try existingView(id)
    text.append(text: "[")
    text.append(decimal: UInt64(id.rawValue))
    text.append(text: "] ")
    text.append(text: record.kind.word)
    text.append(text: " ")
    appendQuoted(record.nameOffset, to: &text)
    switch record.kind {
    case .void: break
    case .integer:
      append(" size=", record.size, to: &text)
      append(" bits_offset=", Int(record.word(0) >> 16 & 0xff), to: &text)
      append(" nr_bits=", Int(record.word(0) & 0xff), to: &text)
      text.append(text: " encoding=")
      text.append(text: IntegerType.word(ofEncoding: record.word(0) >> 24 & 0xf))
    case .pointer, .volatile, .const, .restrict, .typedef, .typeTag: append(" type_id=", record.type, to: &text)
    case .array:
      append(" type_id=", record.element, to: &text)
      append(" index_type_id=", TypeID(record.word(1)), to: &text)
      append(" nr_elems=", Int(record.word(2)), to: &text)
    case .structure, .union: appendMembers(of: record, to: &text)
    case .enumeration, .enumeration64: appendEnumerators(of: record, to: &text)
    case .forward: text.append(text: record.flag ? " fwd_kind=union" : " fwd_kind=struct")
    case .function:
      append(" type_id=", record.type, to: &text)
      text.append(text: " linkage=")
      text.append(text: FunctionLinkage.word(record.linkage))
    case .functionPrototype:
      append(" ret_type_id=", record.type, to: &text)
      append(" vlen=", record.itemCount, to: &text)
      // The nameless last one of a variadic is a line, too.
      for index in 0..<record.itemCount {
        let parameter = record.parameter(index)
        text.append(text: "\n\t")
        appendQuoted(parameter.nameOffset, to: &text)
        append(" type_id=", parameter.type, to: &text)
      }
    case .variable:
      append(" type_id=", record.type, to: &text)
      text.append(text: ", linkage=")
      text.append(text: VariableLinkage.word(record.word(0)))
    case .dataSection:
      append(" size=", record.size, to: &text)
      append(" vlen=", record.itemCount, to: &text)
      for index in 0..<record.itemCount {
        let variable = TypeID(record.word(index * 3))
        append("\n\ttype_id=", variable, to: &text)
        append(" offset=", Int(record.word(index * 3 + 1)), to: &text)
        append(" size=", Int(record.word(index * 3 + 2)), to: &text)
        guard let kind = kind(of: variable) else { continue }
        text.append(text: " (")
        text.append(text: kind.word)
        text.append(text: " ")
        appendQuoted(nameOffset(of: variable), to: &text)
        text.append(text: ")")
      }
    case .float: append(" size=", record.size, to: &text)
    case .declarationTag:
      append(" type_id=", record.type, to: &text)
      append(" component_idx=", max(Int(Int32(bitPattern: record.word(0))), -1), to: &text)
    }
    text.append(text: "\n")
  }

  private func appendMembers(of record: RecordView, to text: inout [UInt8]) {
    append(" size=", record.size, to: &text)
    append(" vlen=", record.itemCount, to: &text)
    for index in 0..<record.itemCount {
      let member = record.member(index)
      text.append(text: "\n\t")
      appendQuoted(member.nameOffset, to: &text)
      append(" type_id=", member.type, to: &text)
      append(" bits_offset=", member.bitOffset, to: &text)
      if member.bitFieldSize != 0 { append(" bitfield_size=", member.bitFieldSize, to: &text) }
    }
  }

  private func appendEnumerators(of record: RecordView, to text: inout [UInt8]) {
    text.append(text: record.flag ? " encoding=SIGNED" : " encoding=UNSIGNED")
    append(" size=", record.size, to: &text)
    append(" vlen=", record.itemCount, to: &text)
    for index in 0..<record.itemCount {
      let (nameOffset, value) = record.enumerator(index)
      text.append(text: "\n\t")
      appendQuoted(nameOffset, to: &text)
      text.append(text: " val=")
      text.append(value: value, isSigned: record.flag)
      if record.kind == .enumeration64 { text.append(text: record.flag ? "LL" : "ULL") }
    }
  }

  @inline(__always)
  private func append(_ label: StaticString, _ number: Int, to text: inout [UInt8]) {
    text.append(text: label)
    text.append(decimal: number)
  }

  @inline(__always)
  private func append(_ label: StaticString, _ id: TypeID, to text: inout [UInt8]) {
    text.append(text: label)
    text.append(decimal: UInt64(id.rawValue))
  }

  private func appendQuoted(_ nameOffset: UInt32, to text: inout [UInt8]) {
    if nameOffset == 0 {
      text.append(text: "'(anon)'")
    } else {
      text.append(text: "'")
      text.append(contentsOf: stringBytes(at: nameOffset))
      text.append(text: "'")
    }
  }
}

extension IntegerType {
  /// The encoding by bpftool's words, of which it knows only single flags.
  public var encodingText: String { "\(Self.word(ofEncoding: encoding))" }

  static func word(ofEncoding encoding: UInt32) -> StaticString {
    switch encoding {
    case 0: "(none)"
    case 1: "SIGNED"
    case 2: "CHAR"
    case 4: "BOOL"
    default: "UNKN"
    }
  }
}
