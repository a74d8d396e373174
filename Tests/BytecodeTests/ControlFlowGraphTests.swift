import Bytecode
import Testing

@Suite struct ControlFlowGraphTests {
  @Test func findsBlocksWaysAndFunctions() throws {
    let program: [Instruction] =
      [.jump(if: .equal, .r1, 0, 3)] + Instruction.wideLoad(.r2, .function, low: 4)
      + [.jump(-4), .move(.r0, 0), .exit, .move(.r0, 1), .exit]
    let graph = try ControlFlowGraph(program)
    #expect(graph.blocks.map(\.range) == [0..<1, 1..<4, 4..<6, 6..<8])
    #expect(graph.blocks.map(\.successors) == [[1, 2], [0], [], []])
    #expect(graph.blocks.map(\.predecessors) == [[1], [0], [0], []])
    #expect(graph.functions == [0, 6])
  }
}
