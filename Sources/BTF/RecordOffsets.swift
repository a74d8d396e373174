/// The first pass over a graph's bytes.
enum RecordOffsets {
  /// Finds where each type record begins, from the start of the type section, and checks that each lies within it.
  ///
  /// - Complexity: O(types), one bounds check for the common part of a record and one for its tail.
  static func find(
    in bytes: GraphBytes, types: Range<Int>, firstID: Int, nameLimit: Int
  ) throws(BTFError) -> [UInt32] {
    var failure: BTFError?
    // Pages of the array that no offset is written to are never touched.
    let offsets = [UInt32](unsafeUninitializedCapacity: types.count / TypeRecord.commonLength) { buffer, count in
      var cursor = types.lowerBound
      while cursor < types.upperBound {
        let room = types.upperBound - cursor
        let id = TypeID(UInt32(truncatingIfNeeded: firstID + count))
        guard room >= TypeRecord.commonLength else {
          failure = BTFError(.truncatedType(id), at: cursor)
          return
        }
        let info = bytes.word(at: cursor + 4)
        let kindNumber = TypeRecord.kindNumber(in: info)
        guard kindNumber != 0, let kind = BTFKind(rawValue: kindNumber) else {
          failure = BTFError(.unknownKind(id, kind: kindNumber), at: cursor + 4)
          return
        }
        let tail = kind.tail
        let length = TypeRecord.commonLength + tail.fixed + tail.perItem * TypeRecord.itemCount(in: info)
        guard length <= room else {
          failure = BTFError(.truncatedType(id), at: cursor)
          return
        }
        let nameOffset = bytes.word(at: cursor)
        guard nameOffset < nameLimit else {
          failure = BTFError(.nameOutOfBounds(id, nameOffset: nameOffset), at: cursor)
          return
        }
        buffer[count] = UInt32(truncatingIfNeeded: cursor - types.lowerBound)
        count += 1
        cursor += length
      }
    }
    if let failure { throw failure }
    guard firstID + offsets.count <= Int(UInt32.max) else { throw BTFError(.tooManyTypes) }
    return offsets
  }
}
