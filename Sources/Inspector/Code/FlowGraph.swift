internal import Bytecode

/// A program's functions, each with its blocks and the ways between them.
struct FlowGraph {
  /// A function.
  struct Function {
    /// The first slot.
    var slot: Int
    /// Its blocks in their order, by their places in the graph's.
    var blocks: Range<Int>
  }

  let program: TranslatedProgram
  let graph: ControlFlowGraph
  let functions: [Function]

  init(of program: TranslatedProgram) {
    self.program = program
    let graph = ControlFlowGraph(translated: program.instructions)
    self.graph = graph
    // Functions that are only passed as callbacks begin where the type information says.
    let starts = Set(graph.functions).union(program.functions.map(\.slot)).sorted()
    let first = starts.compactMap { slot in graph.blocks.firstIndex { $0.range.lowerBound == slot } }
    functions = first.indices.map { place in
      Function(
        slot: graph.blocks[first[place]].range.lowerBound,
        blocks: first[place]..<(place + 1 < first.count ? first[place + 1] : graph.blocks.count))
    }
  }

  /// The slots of a block at which instructions begin.
  func slots(of block: Int) -> [Int] {
    var slots: [Int] = []
    var slot = graph.blocks[block].range.lowerBound
    while slot < graph.blocks[block].range.upperBound {
      slots.append(slot)
      slot += program.instructions[slot].isWide ? 2 : 1
    }
    return slots
  }

  /// Whether a block ends the function.
  func leaves(_ block: Int) -> Bool {
    slots(of: block).last.map { program.instructions[$0].opcode == 0x95 } ?? false
  }

  /// The blocks of the same function that may come next.
  func successors(of block: Int, in function: Function) -> [Int] {
    graph.blocks[block].successors.filter { function.blocks.contains($0) }
  }
}
