import Testing

@testable import TraceCompiler

@Suite struct SSABuilderTests {
  @Test func variablesAcrossALoop() throws {
    var builder = SSABuilder(name: "sum", parameterCount: 1)
    let index = builder.declareVariable(), sum = builder.declareVariable()
    builder.write(index, builder.constant(0))
    let head = builder.createBlock(), body = builder.createBlock(), end = builder.createBlock()
    builder.jump(head)
    builder.move(to: head)
    builder.branch(.unsignedLess, builder.read(index), 10, then: body, otherwise: end)
    builder.move(to: body)
    builder.seal(body)
    builder.write(sum, builder.binary(.add, builder.read(sum), builder.read(index)))
    builder.write(index, builder.binary(.add, builder.read(index), 1))
    builder.jump(head)
    builder.seal(head)
    builder.move(to: end)
    builder.seal(end)
    builder.returnValue(builder.read(sum))
    let function = builder.finish()
    try SSAVerifier.check(function)
    #expect(
      SSAPrinter.text(of: function) == """
        func sum(v0) {
        b0:
          v6 = const 0
          v1 = const 0
          jump b1(v1, v6)
        b1(v2, v3):
          br ult v2, 10, b2, b3
        b2:
          v4 = add v3, v2
          v5 = add v2, 1
          jump b1(v5, v4)
        b3:
          ret v3
        }

        """)
  }

  @Test func whatFollowsATerminatorIsDropped() throws {
    var builder = SSABuilder(name: "f", parameterCount: 0)
    let variable = builder.declareVariable()
    builder.returnValue(1)
    #expect(!builder.isReachable)
    builder.write(variable, builder.constant(3))
    builder.returnValue(builder.read(variable))
    let function = builder.finish()
    #expect(function.blocks.count == 1)
    #expect(function.blocks[0].instructions.isEmpty)
    #expect(function.blocks[0].terminator == .return(1))
  }

  @Test func longChainsOfBranchesTakeNoDeepStack() throws {
    var builder = SSABuilder(name: "f", parameterCount: 1)
    let variable = builder.declareVariable()
    builder.write(variable, builder.parameters[0])
    for number in 0..<20_000 {
      let then = builder.createBlock(), join = builder.createBlock()
      builder.branch(.equal, builder.parameters[0], .constant(Int64(number)), then: then, otherwise: join)
      builder.move(to: then)
      builder.jump(join)
      builder.seal(join)
      builder.move(to: join)
    }
    builder.returnValue(builder.read(variable))
    let function = builder.finish()
    try SSAVerifier.check(function)
    #expect(function.blocks.count == 40_001)
  }
}
