extension CPrinter {
  /// Writes the definition of a struct, union or enum, without a semicolon.
  mutating func define(_ record: RecordView, level: Int) throws(BTFError) {
    switch record.kind {
    case .structure, .union: try defineComposite(record, level: level)
    case .enumeration, .enumeration64: defineEnumeration(record, level: level)
    default: throw BTFError(.unexpectedKind(record.id, found: record.kind, expected: "a struct, union or enum"))
    }
  }

  private mutating func writeHead(of record: RecordView) {
    text.append(text: record.kind.cKeyword)
    guard record.nameOffset != 0 else { return }
    text.append(text: " ")
    write(name(of: record))
  }

  private mutating func defineComposite(_ record: RecordView, level: Int) throws(BTFError) {
    let isUnion = record.kind == .union
    let layout = try alignments.layout(of: record, depth: 0)
    let isPacked = !isUnion && layout.isPacked
    writeHead(of: record)
    text.append(text: " {")
    var end = 0
    var followsBitField = false
    for index in 0..<record.itemCount {
      let member = record.member(index)
      let bits = member.bitFieldSize
      if end < member.bitOffset {
        try writePadding(
          in: record.id, from: end, to: member.bitOffset,
          alignment: isPacked ? 1 : alignments.alignment(of: member.type, depth: 0),
          inBitField: followsBitField && bits != 0, level: level + 1)
      }
      writeLineStart(level + 1)
      try declare(member.type, named: name(at: member.nameOffset), level: level + 1)
      if bits != 0 {
        text.append(text: ": ")
        text.append(decimal: bits)
        end = member.bitOffset + bits
      } else {
        let (size, overflow) = try graph.size(of: member.type).multipliedReportingOverflow(by: 8)
        let (sum, more) = member.bitOffset.addingReportingOverflow(size)
        if overflow || more { throw BTFError(.sizeOverflow(member.type)) }
        end = sum
      }
      followsBitField = bits != 0
      text.append(text: ";")
    }
    if !isUnion {
      try writePadding(
        in: record.id, from: end, to: record.size * 8, alignment: layout.alignment, inBitField: false,
        level: level + 1)
    }
    // An empty struct stays on its line.
    if record.itemCount > 0 || record.size > 0 { writeLineStart(level) }
    text.append(text: "}")
    if isPacked { text.append(text: " __attribute__((packed))") }
  }

  private mutating func defineEnumeration(_ record: RecordView, level: Int) {
    let is64Bit = record.kind == .enumeration64
    let isSigned = record.flag
    // A compiler makes an enum 8 bytes wide by itself only when a value needs them.
    var isWide = false
    writeHead(of: record)
    if record.itemCount > 0 {
      text.append(text: " {")
      for index in 0..<record.itemCount {
        let (nameOffset, value) = record.enumerator(index)
        isWide = isWide || is64Bit && UInt64(bitPattern: value) >> 32 != 0
        writeLineStart(level + 1)
        write(unique(nameOffset))
        text.append(text: " = ")
        text.append(value: value, isSigned: isSigned)
        if is64Bit { text.append(text: isSigned ? "LL" : "ULL") }
        text.append(text: ",")
      }
      writeLineStart(level)
      text.append(text: "}")
    }
    if record.size == 1 { text.append(text: " __attribute__((mode(byte)))") }
    if record.size == 8, graph.pointerSize == 8, !isWide { text.append(text: " __attribute__((mode(word)))") }
  }

  mutating func writeLineStart(_ level: Int) {
    text.append(text: "\n")
    for _ in 0..<level { text.append(text: "\t") }
  }
}

extension [UInt8] {
  /// An enumerator's value, by its sign.
  mutating func append(value: Int64, isSigned: Bool) {
    if isSigned { append(decimal: Int(value)) } else { append(decimal: UInt64(bitPattern: value)) }
  }
}
