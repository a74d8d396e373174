/// How control may pass through a program: its functions, their blocks, and the ways between blocks.
///
/// Calls do not end blocks. Unreachable slots belong to blocks too.
public struct ControlFlowGraph: Sendable {
  /// A run of slots that is entered at its top only and left at its end only.
  public struct Block: Hashable, Sendable {
    /// The slots.
    public var range: Range<Int>
    /// The blocks that may come next: first the one that follows when no jump is taken, then the target.
    public var successors: [Int]
    /// The blocks that may come before, ascending.
    public var predecessors: [Int]
  }

  /// In the order of the program.
  public private(set) var blocks: [Block]
  /// The first slot of every function, ascending; the program itself begins at 0.
  public private(set) var functions: [Int]

  /// Reads the jumps of a program.
  ///
  /// - Throws: ``DecodingError`` when the program is no valid one.
  public init(_ program: [Instruction]) throws(DecodingError) {
    try program.validate()
    self.init(checked: program) { program[$0].target(from: $0) }
  }

  /// Reads the jumps of a program as the kernel hands it out when it is loaded.
  ///
  /// There a call of an own function has the number of the function in its immediate and the distance in its offset
  /// (`jit_subprogs` in the kernel's `kernel/bpf/verifier.c`), and there may be instructions of the kernel's own. What
  /// would lead out of the program leads nowhere.
  public init(translated program: [Instruction]) {
    self.init(checked: program) { index in
      let instruction = program[index]
      let target =
        instruction.callKind == .function ? index + 1 + Int(instruction.offset) : instruction.target(from: index)
      return target.flatMap { program.indices.contains($0) ? $0 : nil }
    }
  }

  private init(checked program: [Instruction], target: (Int) -> Int?) {
    var starts: Set<Int> = program.isEmpty ? [] : [0]
    var functions: Set<Int> = starts
    var index = 0
    while index < program.count {
      let instruction = program[index]
      let next = index + (instruction.isWide ? 2 : 1)
      if let target = target(index) {
        starts.insert(target)
        if instruction.jumpDistance == nil { functions.insert(target) }
      }
      if instruction.jumpDistance != nil || instruction.endsBlock, next < program.count { starts.insert(next) }
      index = next
    }
    let ordered = starts.sorted()
    let number = Dictionary(uniqueKeysWithValues: ordered.enumerated().map { ($1, $0) })
    self.functions = functions.sorted()
    blocks = ordered.indices.map { place in
      let end = place + 1 < ordered.count ? ordered[place + 1] : program.count
      return Block(range: ordered[place]..<end, successors: [], predecessors: [])
    }
    for place in blocks.indices {
      let last = Self.lastInstruction(of: blocks[place].range, in: program)
      if !program[last].endsBlock, place + 1 < blocks.count { blocks[place].successors.append(place + 1) }
      if program[last].jumpDistance != nil, let target = target(last), let block = number[target],
        !blocks[place].successors.contains(block)
      {
        blocks[place].successors.append(block)
      }
      for successor in blocks[place].successors { blocks[successor].predecessors.append(place) }
    }
  }

  private static func lastInstruction(of range: Range<Int>, in program: [Instruction]) -> Int {
    var index = range.lowerBound
    while true {
      let next = index + (program[index].isWide ? 2 : 1)
      if next >= range.upperBound { return index }
      index = next
    }
  }
}
