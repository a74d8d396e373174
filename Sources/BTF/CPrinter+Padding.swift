extension CPrinter {
  /// Writes nameless bit-fields that fill the gap before a member, where a compiler would not leave it by itself.
  ///
  /// `long: 0` and its like move on to the next boundary of their type; `long: 64` takes that many bits. The widest
  /// type that reaches a boundary of its own within the gap is taken, as libbpf (from 1.2) does.
  ///
  /// - Parameters:
  ///   - id: the struct, for errors.
  ///   - end: the first bit after the previous member.
  ///   - start: the first bit of the member that follows, or of what follows the struct.
  ///   - alignment: on what boundary, in bytes, the compiler would place that by itself.
  ///   - inBitField: whether the gap lies between two bit-fields.
  /// - Throws: for a gap that would take endless lines.
  mutating func writePadding(
    in id: TypeID, from end: Int, to start: Int, alignment: Int, inBitField: Bool, level: Int
  ) throws(BTFError) {
    guard end < start else { return }
    let fillers: [(name: StaticString, bits: Int)] = [
      ("long", graph.pointerSize * 8), ("int", 32), ("short", 16), ("char", 8),
    ]
    var filler = fillers[fillers.count - 1]
    for candidate in fillers where Self.roundUp(end, to: candidate.bits) <= start {
      filler = candidate
      break
    }
    var position = end
    let boundary = Self.roundUp(end, to: filler.bits)
    if boundary > end, boundary <= start {
      let isLast = boundary == start
      // Without the mark, the compiler would place the member elsewhere, or the next filler would fit before it.
      let needsMark =
        isLast
        ? Self.roundUp(end, to: alignment * 8) != boundary
        : start - boundary <= boundary - end
      if inBitField || needsMark {
        write(filler: filler.name, bits: inBitField ? boundary - end : 0, level: level)
      }
      position = boundary
    }
    while position < start {
      try countStep(of: id)
      let bits = min(start - position, filler.bits)
      // The rest is told by the smallest type that holds it.
      let type = bits == filler.bits ? filler.name : fillers.last { $0.bits >= bits }?.name ?? filler.name
      write(filler: type, bits: bits, level: level)
      position += bits
    }
  }

  private mutating func write(filler: StaticString, bits: Int, level: Int) {
    writeLineStart(level)
    text.append(text: filler)
    text.append(text: ": ")
    text.append(decimal: bits)
    text.append(text: ";")
  }

  /// `value`, which is below 2^48 here, or the next multiple of `unit` above it.
  private static func roundUp(_ value: Int, to unit: Int) -> Int {
    let unit = max(unit, 1)
    return (value + unit - 1) / unit * unit
  }
}
