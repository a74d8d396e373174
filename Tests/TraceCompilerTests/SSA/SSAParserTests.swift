import Testing

@testable import TraceCompiler

@Suite struct SSAParserTests {
  static let everything = """
    func program(v0) {
      slot s0 16
    b0:
      v1 = const -5
      v2 = map 3
      v3 = mapvalue 1 + 16
      v4 = frame s0 + 8
      v5 = neg v1
      v6 = not32 v1
      v7 = bswap16 v1
      v8 = sext32 v1
      v9 = zext8 v1
      v10 = udiv32 v1, 7
      v11 = ashr v1, v10
      v12 = cmp slt32 v1, v10
      v13 = load s16 [v0 + -4]
      store u64 [v4 + 0], v13
      store u8 [v4 + 1], 0
      atomic add u64 [v3 + 0], 1
      v14 = atomic or.fetch u32 [v3 + 0], v1
      v15 = cmpxchg u64 [v3 + 8], v1, 9
      zero [v4 + 0], 8 align 8
      copy [v4 + 0], [v3 + 0], 8 align 4
      v16 = call.event get_current_pid_tgid()
      v17 = call map_lookup_elem(v2, v4)
      v18 = callkernel 1234(v0, 1)
      br ne v17, 0, b1, b2(v16, -1)
    b1:
      maygoto b2(v1, v1), b3
    b2(v19, v20):
      br set32 v19, v20, b3, b4
    b3:
      jump b4
    b4:
      ret 0
    }

    """

  @Test func textComesBackAsItWas() throws {
    let function = try SSAParser.parseFunction(Self.everything)
    #expect(SSAPrinter.text(of: function) == Self.everything)
    try SSAVerifier.check(function)
  }

  @Test(arguments: [
    ("func f() {\nb0:\n  v1 = frob v2\n", SSASyntaxError(line: 3, fact: "'frob' is no operation")),
    ("func f() {\nb1:\n", SSASyntaxError(line: 2, fact: "blocks are not in order")),
    ("func f() {\nb0:\n  ret\n}", SSASyntaxError(line: 3, fact: "the line ends too early")),
    ("  ret 0", SSASyntaxError(line: 1, fact: "outside a function")),
  ])
  func saysWhatIsWrong(text: String, error: SSASyntaxError) {
    #expect(throws: error) { try SSAParser.parseModule(text) }
  }
}
