/// Writes a program whose jumps and calls name labels, and puts in the distances at the end.
///
///     var assembler = Assembler()
///     let end = assembler.makeLabel()
///     assembler.append(.move(.r0, 0))
///     assembler.jump(if: .equal, .r1, 0, to: end)
///     assembler.append(.move(.r0, 1))
///     assembler.bind(end)
///     assembler.append(.exit)
///     let program = try assembler.finish()
public struct Assembler: Sendable {
  /// A place in the program that may not be written yet.
  public struct Label: Hashable, Sendable {
    var number: Int
  }

  /// The slots so far, with distances still missing.
  public private(set) var instructions: [Instruction] = []
  /// Where maps are named.
  public private(set) var relocations: [Relocation] = []
  private let level: InstructionSetLevel
  private var labels: [Int?] = []
  private var fixups: [(instruction: Int, label: Label)] = []

  /// An empty program.
  ///
  /// From v4 on, unconditional jumps may be of any length.
  public init(level: InstructionSetLevel = .v1) { self.level = level }

  /// A label that is bound nowhere yet.
  public mutating func makeLabel() -> Label {
    labels.append(nil)
    return Label(number: labels.count - 1)
  }

  /// Lets `label` mean the slot that comes next.
  public mutating func bind(_ label: Label) { labels[label.number] = instructions.count }

  /// Adds one slot as it is.
  public mutating func append(_ instruction: Instruction) { instructions.append(instruction) }

  /// Adds slots as they are.
  public mutating func append(_ slots: [Instruction]) { instructions.append(contentsOf: slots) }

  /// Adds a number's shortest load: a move where the number fits into 32 bits, signed, else the wide load.
  public mutating func load(_ destination: Register, _ number: Int64) {
    if let short = Int32(exactly: number) {
      append(.move(destination, short))
    } else if let short = UInt32(exactly: number) {
      append(.move(destination, Int32(bitPattern: short), width: .bits32))
    } else {
      append(Instruction.wideLoad(destination, number))
    }
  }

  /// Adds the load of a map.
  public mutating func loadMap(_ destination: Register, _ map: MapReference) {
    relocations.append(Relocation(instruction: instructions.count, map: map))
    append(Instruction.wideLoad(destination, .map, low: 0))
  }

  /// Adds the load of the address of a byte in an array map's first value.
  public mutating func loadMapValue(_ destination: Register, _ map: MapReference, offset: Int32) {
    relocations.append(Relocation(instruction: instructions.count, map: map))
    append(Instruction.wideLoad(destination, .mapValue, low: 0, high: offset))
  }

  /// Adds the load of the address of a function that begins at `label`.
  public mutating func loadFunction(_ destination: Register, at label: Label) {
    fixups.append((instructions.count, label))
    append(Instruction.wideLoad(destination, .function, low: 0))
  }

  /// Adds a call of the function that begins at `label`.
  public mutating func call(functionAt label: Label) {
    fixups.append((instructions.count, label))
    append(.call(function: 0))
  }

  /// Adds an unconditional jump.
  public mutating func jump(to label: Label) {
    fixups.append((instructions.count, label))
    append(.jump(0))
  }

  /// Adds a jump on a condition between registers.
  public mutating func jump(
    if condition: JumpCondition, _ left: Register, _ right: Register, width: OperationWidth = .bits64, to label: Label
  ) {
    fixups.append((instructions.count, label))
    append(.jump(if: condition, left, right, width: width, 0))
  }

  /// Adds a jump on a condition between a register and a constant.
  public mutating func jump(
    if condition: JumpCondition, _ left: Register, _ right: Int32, width: OperationWidth = .bits64, to label: Label
  ) {
    fixups.append((instructions.count, label))
    append(.jump(if: condition, left, right, width: width, 0))
  }

  /// Adds a jump that is taken when the kernel's budget of turns is used up.
  public mutating func mayGoto(_ label: Label) {
    fixups.append((instructions.count, label))
    append(.mayGoto(0))
  }

  /// The program with all distances put in.
  ///
  /// - Throws: ``AssemblyError`` when a label is bound nowhere or too far away.
  public consuming func finish() throws(AssemblyError) -> Assembly {
    for (index, label) in fixups {
      guard let target = labels[label.number] else { throw .unboundLabel(instruction: index) }
      let distance = target - index - 1
      let instruction = instructions[index]
      if instruction.isWide || instruction.opcode == 0x85 {
        guard let short = Int32(exactly: distance) else { throw .tooFar(instruction: index, distance: distance) }
        instructions[index].immediate = short
      } else if let short = Int16(exactly: distance) {
        instructions[index].offset = short
      } else if instruction.opcode == 0x05, level >= .v4, let long = Int32(exactly: distance) {
        instructions[index] = .longJump(long)
      } else {
        throw .tooFar(instruction: index, distance: distance)
      }
    }
    return Assembly(instructions: instructions, relocations: relocations)
  }
}

/// A program that is complete but for its maps.
public struct Assembly: Hashable, Sendable {
  /// One element per slot.
  public var instructions: [Instruction]
  /// The instructions that name a map, in ascending order.
  public var relocations: [Relocation]

  /// Puts the two together as they are.
  public init(instructions: [Instruction], relocations: [Relocation] = []) {
    self.instructions = instructions
    self.relocations = relocations
  }
}

/// Why a program could not be put together.
public enum AssemblyError: Error, Hashable, Sendable {
  /// The instruction names a label that is bound nowhere.
  case unboundLabel(instruction: Int)
  /// The instruction cannot reach its target, which is `distance` slots away.
  case tooFar(instruction: Int, distance: Int)
}
