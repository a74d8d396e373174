import Testing

@Suite struct CommandCaseTests {
  @Test func aCaseIsReadFromItsText() throws {
    let cases = try CommandCase.read(
      """
      Before.
      # First
      Prose.
      $ bpf x
      = loop
      & true
      out
      ! err
      ? 3

      # Second
      $ bpf y
      ...
      /a+/

      """, file: "some.test")
    #expect(cases.map(\.title) == ["First", "Second"])
    #expect(cases[0].command == "bpf x")
    #expect(cases[0].action == "true")
    #expect(cases[0].need == "loop")
    #expect(cases[0].output == [.text("out")])
    #expect(cases[0].errors == [.text("err")])
    #expect(cases[0].status == 3)
    #expect(cases[1].output == [.gap, .pattern("a+")])
  }

  @Test(arguments: ["", "# Title", "$ bpf", "# A\n# B\n$ x", "# A\n$ x\n$ y", "# A\n$ x\n? none"])
  func whatIsNoCaseIsRefused(text: String) {
    #expect(throws: CommandCase.FormatError.self) { try CommandCase.read(text, file: "bad.test") }
  }

  @Test func allLinesMustMatch() throws {
    func match(_ expected: [CommandCase.Line], _ lines: [String]) throws -> Bool {
      try CommandCase.Line.match(expected[...], lines[...])
    }
    #expect(try match([.text("a"), .gap, .text("b")], ["a", "b"]))
    #expect(try match([.text("a"), .gap, .text("b")], ["a", "x", "b", "b"]))
    #expect(try match([.pattern("[0-9]+ us")], ["12 us"]))
    #expect(try !match([.pattern("[0-9]+")], ["12 us"]))
    #expect(try !match([.text("a")], ["a", "b"]))
    #expect(try !match([.text("a"), .text("b")], ["a"]))
    #expect(try match([.gap], []))
  }
}
