extension CPrinter {
  /// Writes the definition of a struct, union or enum, without a semicolon.
  mutating func define(_ record: TypeRecord, level: Int) throws(BTFError) {
    switch record.kind {
    case .structure, .union: try define(CompositeType(record: record), level: level)
    case .enumeration, .enumeration64: define(EnumerationType(record: record), level: level)
    default: throw BTFError(.unexpectedKind(record.id, found: record.kind, expected: "a struct, union or enum"))
    }
  }

  private mutating func define(_ composite: CompositeType, level: Int) throws(BTFError) {
    let record = composite.record
    let layout = try alignments.layout(of: composite, depth: 0)
    let isPacked = !composite.isUnion && layout.isPacked
    text += record.kind.cKeyword
    if record.nameOffset != 0 { text += " " + name(of: record) }
    text += " {"
    var end = 0
    var followsBitField = false
    for member in composite.members {
      let alignment = try isPacked ? 1 : alignments.alignment(of: member.type, depth: 0)
      let bits = member.bitFieldSize ?? 0
      try writePadding(
        in: record.id, from: end, to: member.bitOffset, alignment: alignment, inBitField: followsBitField && bits != 0,
        level: level + 1)
      writeLineStart(level + 1)
      try declare(member.type, named: member.name, level: level + 1)
      if bits != 0 {
        text += ": \(bits)"
        end = member.bitOffset + bits
      } else {
        let (size, overflow) = try graph.size(of: member.type).multipliedReportingOverflow(by: 8)
        let (sum, more) = member.bitOffset.addingReportingOverflow(size)
        if overflow || more { throw BTFError(.sizeOverflow(member.type)) }
        end = sum
      }
      followsBitField = bits != 0
      text += ";"
    }
    if !composite.isUnion {
      try writePadding(
        in: record.id, from: end, to: composite.size * 8, alignment: layout.alignment, inBitField: false,
        level: level + 1)
    }
    // An empty struct stays on its line.
    if record.itemCount > 0 || composite.size > 0 { writeLineStart(level) }
    text += "}"
    if isPacked { text += " __attribute__((packed))" }
  }

  private mutating func define(_ enumeration: EnumerationType, level: Int) {
    text += "enum"
    if enumeration.record.nameOffset != 0 { text += " " + name(of: enumeration.record) }
    if !enumeration.enumerators.isEmpty {
      text += " {"
      let suffix = enumeration.is64Bit ? (enumeration.isSigned ? "LL" : "ULL") : ""
      for enumerator in enumeration.enumerators {
        writeLineStart(level + 1)
        text += unique(enumerator.name) + " = " + enumerator.valueText + suffix + ","
      }
      writeLineStart(level)
      text += "}"
    }
    if enumeration.size == 1 { text += " __attribute__((mode(byte)))" }
    // A compiler makes an enum 8 bytes wide by itself only when a value needs them.
    if enumeration.size == 8, graph.pointerSize == 8,
      !enumeration.enumerators.contains(where: { UInt64(bitPattern: $0.value) >> 32 != 0 && enumeration.is64Bit })
    {
      text += " __attribute__((mode(word)))"
    }
  }

  mutating func writeLineStart(_ level: Int) {
    text += "\n"
    for _ in 0..<level { text += "\t" }
  }
}
