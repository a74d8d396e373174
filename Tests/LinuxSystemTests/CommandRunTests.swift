import Testing

@testable import LinuxSystem

@Suite struct CommandRunTests {
  @Test func givesInputAndTakesBothOutputs() throws {
    let outcome = try CommandRun(["sh", "-c", "cat; echo no >&2; exit 3"], input: Array("a\0b".utf8)).outcome()
    #expect(outcome.output == Array("a\0b".utf8))
    #expect(outcome.errors == Array("no\n".utf8))
    #expect(outcome.ending == .exited(status: 3))
    #expect("\(outcome.ending)" == "ended with status 3")
    #expect(!outcome.isSuccess)
  }

  @Test func tellsTheSignalThatEndedIt() throws {
    let outcome = try CommandRun(["sh", "-c", "kill -9 $$"]).outcome()
    #expect(outcome.ending == .killed(by: .kill))
    #expect("\(outcome.ending)" == "was killed by SIGKILL")
  }

  @Test func startsWithAnEmptyMaskAndADefaultSIGPIPE() throws {
    // The shell's own SIGPIPE ends it, which only the default action does.
    let outcome = try CommandRun(["sh", "-c", "grep SigBlk /proc/self/status; kill -PIPE $$"]).outcome()
    #expect(String(decoding: outcome.output, as: UTF8.self) == "SigBlk:\t0000000000000000\n")
    #expect(outcome.ending == .killed(by: .brokenPipe))
  }

  @Test func refusesWhatCannotRun() {
    #expect(throws: SystemCallError.self) { try CommandRun([]).outcome() }
    #expect(throws: SystemCallError.self) { try CommandRun(["true", "a\0b"]).outcome() }
    #expect(throws: SystemCallError.self) { try CommandRun(["/no/such/program"]).outcome() }
  }
}
