import InspectorCommand
import Testing

@testable import BPFCommand

@Suite struct InvocationTests {
  private func meaning(_ arguments: String...) -> Invocation.Meaning {
    Invocation(arguments, environment: [:]).meaning
  }

  private func answer(_ arguments: String...) -> Answer? {
    guard case .answer(let answer) = Invocation(arguments, environment: [:]).meaning else { return nil }
    return answer
  }

  @Test func theNameBpftraceIsBpfTrace() throws {
    let expected = try TraceRequest(arguments: ["-e", "p"])
    #expect(meaning("/usr/bin/bpftrace", "-e", "p") == .trace(expected, calledAs: "bpftrace"))
    #expect(meaning("./bpf", "trace", "-e", "p") == .trace(expected, calledAs: "bpf trace"))
  }

  @Test func versionsAreTold() {
    for line in [["bpf", "--version"], ["bpf", "version"], ["bpf", "-V"]] {
      #expect(Invocation(line, environment: [:]).meaning == .answer(.said("bpf \(BPFVersion.package)\n")))
    }
    #expect(answer("bpftrace", "-V")?.output.hasPrefix("bpftrace v\(BPFVersion.bpftrace)") == true)
  }

  @Test func helpIsForTheCommandOrForAWord() {
    #expect(answer("bpf", "help") == answer("bpf", "--help"))
    #expect(answer("bpf", "help", "trace") == answer("bpf", "trace", "--help"))
    #expect(answer("bpftrace", "-h")?.output.hasPrefix("Usage: bpftrace [OPTIONS] FILE") == true)
    #expect(answer("bpf", "help")?.output.contains("  trace     ask the running system") == true)
  }

  @Test func nothingToDoIsAMistake() {
    #expect(answer("bpf")?.status == 1)
    #expect(answer("bpf")?.errors == answer("bpf", "help")?.output)
    #expect(answer("bpf", "trace")?.status == 1)
  }

  @Test func unknownWordsAreAnsweredWithTheNearest() {
    let answer = answer("bpf", "hlep")
    #expect(answer?.status == 1)
    #expect(
      answer?.errors.hasPrefix(
        "bpf: unknown word 'hlep'; did you mean 'help'?\nWords: help, trace, run, build, version, ")
        == true)
    #expect(self.answer("bpf", "help", "nonsense")?.status == 1)
  }

  @Test func whatIsLoadedIsTheInspectors() {
    for line in [
      ["bpf", "prog", "show"], ["bpf", "-j", "prog"], ["bpftool", "prog"], ["bpftool"], ["bpf", "help", "map"],
    ] {
      let meaning = Invocation(line, environment: [:]).meaning
      guard case .inspect(let words, let name) = meaning else {
        Issue.record("\(line) is \(meaning)")
        continue
      }
      #expect(name == (line[0] == "bpftool" ? .bpftool : .bpf))
      #expect(words == (line == ["bpf", "help", "map"] ? ["map", "help"] : Array(line.dropFirst())))
    }
  }

  @Test func wrongOptionsNameTheCallAndTheHelp() {
    #expect(
      answer("bpftrace", "--frobnicate")
        == .refused(
          """
          bpftrace: unrecognized option '--frobnicate'
          Usage: bpftrace [OPTIONS] FILE | -e PROGRAM | -l [SEARCH]
          More:  bpftrace --help

          """))
  }
}
