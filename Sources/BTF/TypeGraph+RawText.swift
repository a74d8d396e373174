extension TypeGraph {
  /// Appends what a type's record says, one line for the type and one for each of its items, as `bpftool btf dump`
  /// prints it.
  ///
  ///     [1] INT 'long unsigned int' size=8 bits_offset=0 nr_bits=64 encoding=(none)
  ///
  /// - Throws: for an id that is not there.
  public func appendRawText(of id: TypeID, to text: inout String) throws(BTFError) {
    let record = try existingRecord(id)
    text += "[\(id.rawValue)] "
    text += record.kind.kernelName
    text += " "
    appendQuoted(record.nameOffset, to: &text)
    switch try type(id) {
    case .void: break
    case .integer(let type):
      append(" size=", type.size, to: &text)
      append(" bits_offset=", type.bitOffset, to: &text)
      append(" nr_bits=", type.bitCount, to: &text)
      text += " encoding="
      text += type.encodingText
    case .pointer(let target), .volatile(let target), .const(let target), .restrict(let target):
      append(" type_id=", target, to: &text)
    case .typedef(let type): append(" type_id=", type.target, to: &text)
    case .typeTag(let tag): append(" type_id=", tag.target, to: &text)
    case .array(let array):
      append(" type_id=", array.element, to: &text)
      append(" index_type_id=", array.indexType, to: &text)
      append(" nr_elems=", array.count, to: &text)
    case .structure(let type), .union(let type): appendMembers(of: type, to: &text)
    case .enumeration(let type): appendEnumerators(of: type, to: &text)
    case .forward(let type): text += type.isUnion ? " fwd_kind=union" : " fwd_kind=struct"
    case .function(let function):
      append(" type_id=", function.prototype, to: &text)
      text += " linkage=\(function.linkage.map { "\($0)" } ?? "(unknown)")"
    case .functionPrototype(let prototype):
      append(" ret_type_id=", prototype.result, to: &text)
      append(" vlen=", record.itemCount, to: &text)
      // The nameless last one of a variadic is a line, too.
      for index in 0..<record.itemCount {
        text += "\n\t"
        appendQuoted(record.word(index * 2), to: &text)
        append(" type_id=", TypeID(record.word(index * 2 + 1)), to: &text)
      }
    case .variable(let variable):
      append(" type_id=", variable.type, to: &text)
      text += ", linkage=\(variable.linkage.map { "\($0)" } ?? "(unknown)")"
    case .dataSection(let section):
      append(" size=", section.size, to: &text)
      append(" vlen=", record.itemCount, to: &text)
      for variable in section.variables {
        append("\n\ttype_id=", variable.variable, to: &text)
        append(" offset=", variable.offset, to: &text)
        append(" size=", variable.size, to: &text)
        guard let kind = kind(of: variable.variable) else { continue }
        text += " (\(kind.kernelName) "
        appendQuoted(nameOffset(of: variable.variable), to: &text)
        text += ")"
      }
    case .float(let type): append(" size=", type.size, to: &text)
    case .declarationTag(let tag):
      append(" type_id=", tag.target, to: &text)
      append(" component_idx=", tag.component ?? -1, to: &text)
    }
    text += "\n"
  }

  private func appendMembers(of type: CompositeType, to text: inout String) {
    append(" size=", type.size, to: &text)
    append(" vlen=", type.members.count, to: &text)
    for member in type.members {
      text += "\n\t"
      appendQuoted(member.nameOffset, to: &text)
      append(" type_id=", member.type, to: &text)
      append(" bits_offset=", member.bitOffset, to: &text)
      if let bits = member.bitFieldSize { append(" bitfield_size=", bits, to: &text) }
    }
  }

  private func appendEnumerators(of type: EnumerationType, to text: inout String) {
    text += type.isSigned ? " encoding=SIGNED" : " encoding=UNSIGNED"
    append(" size=", type.size, to: &text)
    append(" vlen=", type.enumerators.count, to: &text)
    let suffix = type.is64Bit ? (type.isSigned ? "LL" : "ULL") : ""
    for enumerator in type.enumerators {
      text += "\n\t"
      appendQuoted(enumerator.nameOffset, to: &text)
      text += " val="
      text += enumerator.valueText
      text += suffix
    }
  }

  private func append(_ label: String, _ number: Int, to text: inout String) {
    text += label
    text += String(number)
  }

  private func append(_ label: String, _ id: TypeID, to text: inout String) {
    text += label
    text += String(id.rawValue)
  }

  private func appendQuoted(_ nameOffset: UInt32, to text: inout String) {
    if nameOffset == 0 {
      text += "'(anon)'"
    } else {
      text += "'"
      text += string(at: nameOffset)
      text += "'"
    }
  }
}

extension IntegerType {
  /// The encoding by bpftool's words, of which it knows only single flags.
  public var encodingText: String {
    switch encoding {
    case 0: "(none)"
    case 1: "SIGNED"
    case 2: "CHAR"
    case 4: "BOOL"
    default: "UNKN"
    }
  }
}
