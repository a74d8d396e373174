import BPF
import Testing

@testable import BPFCommand
@testable import BPFRun

@Suite struct RunRequestTests {
  private func error(_ arguments: String...) -> RunUsageError? {
    do throws(RunUsageError) {
      _ = try RunRequest(arguments: arguments)
      return nil
    } catch { return error }
  }

  @Test func optionsSayHowTheObjectIsRun() throws {
    let request = try RunRequest(arguments: [
      "--set", "a=1", "x.bpf.o", "--dev", "lo", "--dev=eth0", "--cgroup", "/sys/fs/cgroup", "-p", "7", "-i", "0.5",
      "--duration", "2", "--event", "events=struct opened", "-f", "json", "-qv", "--hz", "49", "-s", "b.c=2",
    ])
    #expect(request.source == .object("x.bpf.o"))
    #expect(request.settings.map(\.path) == ["a", "b.c"])
    var targets = AttachmentTargets()
    targets.interfaces = ["lo", "eth0"]
    targets.controlGroups = ["/sys/fs/cgroup"]
    targets.process = 7
    targets.frequency = 49
    #expect(request.targets == targets)
    #expect(request.interval == 500_000_000)
    #expect(request.duration == 2_000_000_000)
    #expect(request.recordTypes == ["events": "opened"])
    #expect(request.format == .json && request.isQuiet && request.isVerbose)
  }

  @Test func theEndOfTheNameSaysWhatIsBuilt() throws {
    #expect(try RunRequest(arguments: ["a/b.bpf.c", "-DX=1", "-Iinclude"]).source == .c("a/b.bpf.c"))
    #expect(try RunRequest(arguments: ["a.bpf.swift", "b.swift"]).source == .swift(["a.bpf.swift", "b.swift"]))
    #expect(try RunRequest(arguments: ["a.bpf.c", "-DX=1", "-Iinclude"]).compilerArguments == ["-DX=1", "-Iinclude"])
  }

  @Test func mistakesAreTold() {
    #expect(error() == .noFile)
    #expect(error("a.o", "b.o") == .tooManyFiles(["b.o"]))
    #expect(error("a.o", "-p", "0") == .badNumber("0", option: "-p", expected: "a process id"))
    #expect(error("a.o", "-i", "x") == .badNumber("x", option: "-i", expected: "seconds"))
    #expect(error("a.o", "--hz", "0") == .badNumber("0", option: "--hz", expected: "calls a second"))
    #expect(error("a.o", "--event", "x") == .badEvent("x"))
    #expect(error("a.o", "--set", "x") == .setting(.malformed("x")))
    #expect(error("a.o", "-p", "1", "-c", "true") == .pidAndCommand)
    #expect(error("a.o", "--format=xml") == .badFormat("xml"))
  }
}
