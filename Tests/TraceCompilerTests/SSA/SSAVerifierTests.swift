import Testing

@testable import TraceCompiler

@Suite struct SSAVerifierTests {
  @Test(arguments: [
    ("b0:\n  v1 = add v0, v2\n  v2 = const 1\n  ret v1", "'v1 = add v0, v2' uses v2, not defined there"),
    ("b0:\n  v1 = const 1\n  v1 = const 2\n  ret v1", "v1 is defined twice"),
    (
      "b0:\n  br eq v0, 0, b1, b2\nb1:\n  v1 = const 1\n  jump b2\nb2:\n  ret v1", "'ret v1' uses v1, not defined there"
    ),
    ("b0:\n  jump b1(v0)\nb1:\n  ret 0", "1 arguments for the 0 of b1"),
    ("b0:\n  jump b7\n", "a way leads to b7"),
    ("b0:\n  v1 = frame s0 + 0\n  ret v1", "'v1 = frame s0 + 0': no such slot"),
    ("b0:\n  v1 = call map_lookup_elem(1, 2, 3, 4, 5, 6)\n  ret 0", "more than five arguments"),
  ])
  func refuses(body: String, fact: String) throws {
    let function = try SSAParser.parseFunction("func f(v0) {\n\(body)\n}")
    let error = #expect(throws: SSAViolation.self) { try SSAVerifier.check(function) }
    #expect(error?.fact.hasSuffix(fact) == true, "\(error?.fact ?? "")")
  }
}
