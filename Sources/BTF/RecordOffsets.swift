/// The first pass over a graph's bytes.
enum RecordOffsets {
  /// Finds where each type record begins, from the start of the type section, and checks that each lies within it.
  ///
  /// - Complexity: O(types), one bounds check for the common part of a record and one for its tail.
  static func find(
    in bytes: GraphBytes, types: Range<Int>, firstID: Int, nameLimit: Int
  ) throws(BTFError) -> [UInt32] {
    var failure: BTFError?
    let tails = TailWords.all
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
        guard tails.isKnown(kindNumber) else {
          failure = BTFError(.unknownKind(id, kind: kindNumber), at: cursor + 4)
          return
        }
        let length = TypeRecord.commonLength + tails.byteCount(kindNumber, items: TypeRecord.itemCount(in: info))
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

/// The lengths of records' tails by kind, in words, two bits for each kind: a loop over records has no branch for them.
private struct TailWords {
  static let all = TailWords()

  private var fixed: UInt64 = 0
  private var perItem: UInt64 = 0
  private var known: UInt64 = 0

  private init() {
    for kind in BTFKind.allCases where kind != .void {
      fixed |= UInt64(kind.tail.fixed / 4) << UInt64(kind.rawValue * 2)
      perItem |= UInt64(kind.tail.perItem / 4) << UInt64(kind.rawValue * 2)
      known |= 1 << UInt64(kind.rawValue)
    }
  }

  @inline(__always) func isKnown(_ kind: UInt8) -> Bool { known >> UInt64(kind) & 1 != 0 }

  @inline(__always) func byteCount(_ kind: UInt8, items: Int) -> Int {
    let shift = UInt64(kind &* 2)
    return (Int(fixed >> shift & 3) &+ Int(perItem >> shift & 3) &* items) &* 4
  }
}
