import Testing

@testable import BPFCommand

/// A few options of each kind.
private enum Name: Hashable { case verbose, pid, warnings, noWarnings, stage, silent }

private let table = OptionTable<Name>(sections: [
  .init(
    title: "Some",
    options: [
      Option(.verbose, "v", words: ["verbose"], help: "say more"),
      Option(.pid, "p", words: ["pid"], takes: .required("PID"), help: "this process"),
      Option(.stage, "d", words: ["debug"], takes: .optional("STAGE", among: ["ast", "ssa"]), help: "print a\nstage"),
    ]),
  .init(
    title: "Others",
    options: [
      Option(.warnings, words: ["warnings"]), Option(.noWarnings, words: ["no-warnings", "no-warn"]),
      Option(.silent, "b", words: ["btf", "verify"]),
    ]),
])

@Suite struct OptionParserTests {
  private func parse(_ arguments: String...) throws(OptionError) -> OptionParser<Name>.Result {
    try OptionParser(table).parse(arguments)
  }

  @Test func optionsStandAnywhereAmongOperands() throws {
    let result = try parse("file", "-v", "one", "--pid", "7", "two")
    #expect(result.matches.map(\.name) == [.verbose, .pid])
    #expect(result.matches.last?.argument == "7")
    #expect(result.operands == ["file", "one", "two"])
    #expect(result.rest == nil)
  }

  @Test func twoHyphensEndTheOptions() throws {
    let result = try parse("-v", "--", "-v", "--pid=1", "x")
    #expect(result.matches.map(\.name) == [.verbose])
    #expect(result.rest == ["-v", "--pid=1", "x"])
    #expect(try parse("-").operands == ["-"])
  }

  @Test(arguments: [["-p7"], ["-p", "7"], ["--pid=7"], ["--pid", "7"], ["--pi=7"], ["-vp7"], ["-vp", "7"]])
  func argumentsAreJoinedOrFollow(line: [String]) throws {
    let match = try OptionParser(table).parse(line).matches.last
    #expect(match?.name == .pid)
    #expect(match?.argument == "7")
  }

  @Test func anArgumentMayBeEmptyOrLookLikeAnOption() throws {
    #expect(try parse("--pid=").matches.first?.argument == "")
    #expect(try parse("-p", "-v").matches.map(\.argument) == ["-v"])
  }

  @Test func optionalArgumentsAreTakenOnlyWhenTheyAreOfTheList() throws {
    #expect(try parse("-d", "ast", "x").operands == ["x"])
    #expect(try parse("-d", "ast,ssa").matches.first?.argument == "ast,ssa")
    #expect(try parse("-dssa").matches.first?.argument == "ssa")
    #expect(try parse("-d", "file").operands == ["file"])
    #expect(try parse("-dv").matches.map(\.name) == [.stage, .verbose])
    #expect(try parse("-dd").matches.map(\.argument) == [nil, nil])
    #expect(try parse("--debug=anything").matches.first?.argument == "anything")
  }

  @Test(arguments: [
    ("-z", "invalid option -- 'z'"),
    ("-vz", "invalid option -- 'z'"),
    ("--verbos3", "unrecognized option '--verbos3'; did you mean '--verbose'?"),
    ("--xyzzy", "unrecognized option '--xyzzy'"),
    ("-p", "option requires an argument -- 'p'"),
    ("--pid", "option '--pid' requires an argument"),
    ("--verbose=1", "option '--verbose' doesn't allow an argument"),
    ("--ver", "option '--ver' is ambiguous; possibilities: '--verbose' '--verify'"),
  ])
  func mistakesAreToldInTheWordsOfGetopt(argument: String, message: String) {
    #expect {
      try OptionParser(table).parse([argument])
    } throws: { "\($0)".hasPrefix(message) }
  }

  @Test func aBeginningOfTwoWordsOfOneOptionIsEnough() throws {
    #expect(try parse("--no-w").matches.map(\.name) == [.noWarnings])
  }

  @Test func helpShowsWhatHasWords() {
    #expect(
      table.help == """
        Some:
          -v, --verbose             say more
          -p, --pid PID             this process
          -d, --debug [STAGE]       print a
                                    stage

        """)
  }
}
