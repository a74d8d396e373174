/// Which values are still needed at the ends of each block.
///
/// Only values that some other block than their own uses take part in the iteration; all others live within one block.
struct Liveness {
  /// Per block, the values that it needs from the blocks before it.
  private var liveIn: BitMatrix
  /// Per block, the values that the blocks behind it need.
  ///
  /// Arguments of ways are not among them.
  private var liveOut: BitMatrix
  /// The values that take part, by their column.
  private let values: [SSAValue]

  init(_ function: SSAFunction, _ flow: SSAControlFlow) {
    var home = [Int32](repeating: -1, count: function.valueCount)
    for (index, block) in function.blocks.enumerated() {
      for parameter in block.parameters { home[parameter.index] = Int32(index) }
      for instruction in block.instructions {
        if let result = instruction.result { home[result.index] = Int32(index) }
      }
    }
    var column = [Int32](repeating: -1, count: function.valueCount)
    var values: [SSAValue] = []
    var uses: [(block: Int, column: Int)] = []
    for (index, block) in function.blocks.enumerated() {
      func note(_ operand: SSAOperand) {
        guard case .value(let value) = operand, home[value.index] != Int32(index) else { return }
        if column[value.index] < 0 {
          column[value.index] = Int32(values.count)
          values.append(value)
        }
        uses.append((index, Int(column[value.index])))
      }
      for instruction in block.instructions { instruction.operation.forEachOperand(note) }
      block.terminator.forEachOperand(note)
    }
    liveIn = BitMatrix(rows: function.blocks.count, columns: values.count)
    liveOut = BitMatrix(rows: function.blocks.count, columns: values.count)
    self.values = values
    guard !values.isEmpty else { return }
    // What a block needs itself, then what it passes on: everything but its own definitions.
    for (block, column) in uses { liveIn.insert(column, row: block) }
    var definitions = BitMatrix(rows: function.blocks.count, columns: values.count)
    for (number, value) in values.enumerated() where home[value.index] >= 0 {
      definitions.insert(number, row: Int(home[value.index]))
    }
    var changed = true
    while changed {
      changed = false
      for block in flow.reversePostorder.reversed() {
        let terminator = function.blocks[block].terminator
        var grown = false
        for index in 0..<terminator.edgeCount where liveOut.unite(block, with: liveIn, row: terminator.target(index)) {
          grown = true
        }
        if grown, liveIn.unite(block, with: liveOut, row: block, without: definitions) { changed = true }
      }
    }
  }

  /// Calls `body` on each value that `block` needs from before, its parameters excepted.
  func forEachLiveIn(_ block: Int, _ body: (SSAValue) -> Void) {
    liveIn.forEach(row: block) { body(values[$0]) }
  }

  /// Calls `body` on each value that is needed behind `block`.
  func forEachLiveOut(_ block: Int, _ body: (SSAValue) -> Void) {
    liveOut.forEach(row: block) { body(values[$0]) }
  }
}

/// Sets of small numbers, one per row.
struct BitMatrix {
  private let wordsPerRow: Int
  private var words: [UInt64]

  init(rows: Int, columns: Int) {
    wordsPerRow = (columns + 63) / 64
    words = Array(repeating: 0, count: rows * wordsPerRow)
  }

  mutating func insert(_ column: Int, row: Int) {
    words[row * wordsPerRow + column >> 6] |= 1 << UInt64(column & 63)
  }

  func contains(_ column: Int, row: Int) -> Bool {
    words[row * wordsPerRow + column >> 6] >> UInt64(column & 63) & 1 != 0
  }

  /// Adds a row of `other`, without what the same row of `excluded` has as this one; says whether anything is new.
  mutating func unite(_ row: Int, with other: BitMatrix, row otherRow: Int, without excluded: BitMatrix? = nil) -> Bool
  {
    var isNew = false
    for word in 0..<wordsPerRow {
      let place = row * wordsPerRow + word
      let added = other.words[otherRow * wordsPerRow + word] & ~(excluded?.words[place] ?? 0)
      if added & ~words[place] != 0 {
        words[place] |= added
        isNew = true
      }
    }
    return isNew
  }

  func forEach(row: Int, _ body: (Int) -> Void) {
    for word in 0..<wordsPerRow {
      var bits = words[row * wordsPerRow + word]
      while bits != 0 {
        body(word * 64 + bits.trailingZeroBitCount)
        bits &= bits - 1
      }
    }
  }
}
