/// Finds a graph's own types by name without an index: one look through the strings for the name, and one over the
/// records for its place.
///
/// That costs about as much as a quarter of a ``NameIndex`` of a kernel, for which it is made: who asks for a name or
/// two need not pay for all.
struct NameSearch {
  let graph: TypeGraph

  /// Calls `body` with each type of that name, lowest id first, until it answers false.
  func forEachID(named name: UnsafeRawBufferPointer, _ body: (TypeID) -> Bool) {
    let offsets = offsets(of: name)
    guard let first = offsets.first else { return }
    let (bytes, typesStart) = (graph.bytes, graph.typesStart)
    graph.recordOffsets.withUnsafeBufferPointer { records in
      for place in 0..<records.count {
        let offset = bytes.word(at: typesStart + Int(records[place]))
        guard offset == first || offsets.count > 1 && offsets.contains(offset) else { continue }
        if !body(TypeID(UInt32(truncatingIfNeeded: graph.firstID + place))) { return }
      }
    }
  }

  /// Where the name stands among the strings, also as the end of a longer one.
  private func offsets(of name: UnsafeRawBufferPointer) -> [UInt32] {
    // No string has a zero byte inside.
    guard let first = name.first, let last = name.last, !name.contains(0) else { return [] }
    let bytes = graph.bytes
    let strings = graph.strings
    var found: [UInt32] = []
    func check(_ place: Int) {
      for index in 0..<name.count where bytes.byte(at: place + index) != name[index] { return }
      found.append(UInt32(truncatingIfNeeded: graph.firstStringOffset + place - strings.lowerBound))
    }
    let length = name.count
    // The name, its zero byte, and 16 places at a time.
    let firsts = SIMD16<UInt8>(repeating: first)
    let lasts = SIMD16<UInt8>(repeating: last)
    var place = strings.lowerBound
    while place + 16 + length <= strings.upperBound {
      let start = bytes.start.loadUnaligned(fromByteOffset: place, as: SIMD16<UInt8>.self)
      let end = bytes.start.loadUnaligned(fromByteOffset: place + length - 1, as: SIMD16<UInt8>.self)
      let zero = bytes.start.loadUnaligned(fromByteOffset: place + length, as: SIMD16<UInt8>.self)
      // Zero where all three fit.
      let difference = (start ^ firsts) | (end ^ lasts) | zero
      let halves = unsafeBitCast(difference, to: SIMD2<UInt64>.self)
      if Self.hasZeroByte(halves[0]) || Self.hasZeroByte(halves[1]) {
        for index in 0..<16 where difference[index] == 0 { check(place + index) }
      }
      place += 16
    }
    while place + length < strings.upperBound {
      if bytes.byte(at: place + length) == 0 { check(place) }
      place += 1
    }
    return found
  }

  private static func hasZeroByte(_ chunk: UInt64) -> Bool {
    (chunk &- 0x0101_0101_0101_0101) & ~chunk & 0x8080_8080_8080_8080 != 0
  }
}
