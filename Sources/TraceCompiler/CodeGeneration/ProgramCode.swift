public import Bytecode
public import Diagnostics

/// A program as the kernel takes it, complete but for the descriptors of its maps.
public struct ProgramCode: Hashable, Sendable {
  /// A function of the program: the entry first, then what it calls or passes on.
  public struct Function: Hashable, Sendable {
    /// As BTF is to call it.
    public var name: String
    /// Its slots.
    public var range: Range<Int>
    /// Bytes of stack in use.
    public var stackSize: Int

    /// A function.
    public init(name: String, range: Range<Int>, stackSize: Int) {
      self.name = name
      self.range = range
      self.stackSize = stackSize
    }
  }

  /// One element per slot.
  public var instructions: [Instruction]
  /// The instructions that name a map, ascending.
  public var relocations: [Relocation]
  /// Per slot, the part of the script that it serves.
  public var spans: [SourceSpan?]
  /// In the order of the program.
  public var functions: [Function]

  /// Puts the parts together as they are.
  public init(
    instructions: [Instruction], relocations: [Relocation], spans: [SourceSpan?], functions: [Function]
  ) {
    self.instructions = instructions
    self.relocations = relocations
    self.spans = spans
    self.functions = functions
  }
}

extension ProgramCode {
  /// A line of a listing: what a program does where.
  public struct Line: Hashable, Sendable {
    /// The slot.
    public var instruction: Int
    /// The instruction as the kernel writes it, maps by their place in the list of maps.
    public var text: String
    /// What it serves.
    public var span: SourceSpan?
    /// The function that begins here.
    public var function: String?
  }

  /// The program line by line, a wide load taking one line.
  public func lines() -> [Line] {
    let maps = Dictionary(relocations.map { ($0.instruction, $0.map) }, uniquingKeysWith: { first, _ in first })
    let starts = Dictionary(functions.map { ($0.range.lowerBound, $0.name) }, uniquingKeysWith: { first, _ in first })
    var lines: [Line] = []
    var index = 0
    while index < instructions.count {
      let instruction = instructions[index]
      let next = index + 1 < instructions.count ? instructions[index + 1] : nil
      var text = instruction.text(next: next)
      if let map = maps[index] {
        let isValue = instruction.sourceField == WideLoadKind.mapValue.rawValue
        text = "(18) r\(instruction.destinationField) = \(map)\(isValue ? "[0]+\(next?.immediate ?? 0)" : "")"
      }
      lines.append(
        Line(
          instruction: index, text: text, span: index < spans.count ? spans[index] : nil, function: starts[index]))
      index += instruction.isWide ? 2 : 1
    }
    return lines
  }
}
