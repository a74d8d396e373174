import Bytecode
import Testing

@Suite struct AssemblerTests {
  @Test func putsInDistances() throws {
    var assembler = Assembler()
    let top = assembler.makeLabel(), end = assembler.makeLabel(), callback = assembler.makeLabel()
    assembler.bind(top)
    assembler.loadMap(.r1, MapReference(index: 2))
    assembler.jump(if: .equal, .r0, 0, to: end)
    assembler.loadFunction(.r2, at: callback)
    assembler.jump(to: top)
    assembler.bind(end)
    assembler.append(.exit)
    assembler.bind(callback)
    assembler.load(.r0, 0xffff_ffff)
    assembler.append(.exit)
    let program = try assembler.finish()
    #expect(
      program.instructions.listing() == [
        "   0: (18) r1 = map[fd:0]", "   2: (15) if r0 == 0x0 goto pc+3", "   3: (18) r2 = subprog[+3]",
        "   5: (05) goto pc-6", "   6: (95) exit", "   7: (b4) w0 = -1", "   8: (95) exit",
      ])
    #expect(program.relocations == [Relocation(instruction: 0, map: MapReference(index: 2))])
    var resolved = program.instructions
    #expect(resolved.resolve(program.relocations) { $0.index == 2 ? 77 : nil })
    #expect(resolved[0].immediate == 77)
    #expect(!resolved.resolve(program.relocations) { _ in nil })
  }

  @Test func farJumpsNeedLevel4() throws {
    func far(_ level: InstructionSetLevel) throws -> Assembly {
      var assembler = Assembler(level: level)
      let end = assembler.makeLabel()
      assembler.jump(to: end)
      for _ in 0..<40_000 { assembler.append(.move(.r0, 0)) }
      assembler.bind(end)
      assembler.append(.exit)
      return try assembler.finish()
    }
    #expect(throws: AssemblyError.tooFar(instruction: 0, distance: 40_000)) { try far(.v3) }
    #expect(try far(.v4).instructions[0] == .longJump(40_000))
    var open = Assembler()
    open.jump(to: open.makeLabel())
    let unbound = open
    #expect(throws: AssemblyError.unboundLabel(instruction: 0)) { try unbound.finish() }
  }
}
