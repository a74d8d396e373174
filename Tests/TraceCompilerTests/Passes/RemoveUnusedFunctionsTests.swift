import Testing

@testable import TraceCompiler

@Suite struct RemoveUnusedFunctionsTests {
  @Test func numbersFollow() throws {
    var module = try SSAParser.parseModule(
      """
      func program(v0) {
      b0:
        v1 = function 2
        v2 = call loop(4, v1, 0, 0)
        ret 0
      }
      func unused(v0) {
      b0:
        v1 = callfunction 1(v0)
        ret 0
      }
      func callback(v0, v1) {
      b0:
        ret 0
      }
      """)
    RemoveUnusedFunctions().run(on: &module)
    #expect(module.functions.map(\.name) == ["program", "callback"])
    #expect(module.functions[0].blocks[0].instructions[0].operation == .functionAddress(1))
    try SSAVerifier.check(module)
  }
}
