import Testing

@testable import BPFCommand

@Suite struct TraceRequestTests {
  private func read(_ arguments: String..., environment: [String: String] = [:]) throws(UsageError) -> TraceRequest {
    try TraceRequest(arguments: arguments, environment: environment)
  }

  @Test func theProgramIsATextAFileOrStandardInput() throws {
    #expect(try read("-e", "begin {}", "a", "b").action == .run(.text("begin {}")))
    #expect(try read("-e", "begin {}", "a", "b").positionalParameters == ["a", "b"])
    #expect(try read("x.bt", "a").action == .run(.file("x.bt")))
    #expect(try read("x.bt", "a").positionalParameters == ["a"])
    #expect(try read("-", "a").action == .run(.standardInput))
  }

  @Test func listingTakesASearchOrAProgram() throws {
    #expect(try read("-l").action == .listMatching(nil))
    #expect(try read("-l", "t:*:*").action == .listMatching("t:*:*"))
    #expect(try read("-lv", "t:*:*").isVerbose)
    #expect(try read("t:*:*", "-l").action == .listMatching("t:*:*"))
    #expect(try read("-l", "-e", "begin {}").action == .listProbes(of: .text("begin {}")))
  }

  @Test func whatStandsBehindTwoHyphensIsForTheProgram() throws {
    #expect(try read("x.bt", "1", "--", "-2").positionalParameters == ["1", "-2"])
    #expect(throws: UsageError.unexpectedParameters(["size", "all"])) {
      try read("x.bt", "1", "--", "--size=10", "-2", "--all")
    }
  }

  @Test func stagesArePrintedAndTheProgramIsNotRun() throws {
    let one = try read("-d", "ast", "-e", "p")
    #expect(one.stages == [.ast])
    #expect(one.action == .compile(.text("p")))
    #expect(try read("-d", "types,ssa", "-d", "bytecode", "x.bt").stages == [.types, .ssa, .bytecode])
    #expect(try read("-d", "all", "x.bt").stages == Set(TraceRequest.Stage.allCases))
    #expect(try read("-d", "codegen-opt", "x.bt").stages == [.bytecode])
  }

  @Test func oldDebugOptionsPrintAllAndDoNotRun() throws {
    for option in ["-d", "-dd"] {
      let request = try read(option, "-e", "p")
      #expect(request.action == .compile(.text("p")))
      #expect(request.stages == [.ast, .types, .ssa, .bytecode])
    }
  }

  @Test func modesDecideHowFarTheProgramGets() throws {
    #expect(try read("--mode", "codegen", "x.bt").action == .compile(.file("x.bt")))
    #expect(try read("--dry-run", "x.bt").action == .dryRun(.file("x.bt")))
    #expect(try read("--info").action == .info)
    #expect(try read("--help", "-p", "1", "-c", "ls").action == .help)
    #expect(try read("-V", "-e", "p").action == .version)
  }

  @Test func optionsFillTheRequest() throws {
    let request = try read(
      "-p", "12", "-o", "out", "-f", "json", "-B", "none", "-q", "-v", "-k", "--unsafe", "--probe-filter", "open",
      "--no-feature", "kprobe_multi,uprobe_multi", "-I", "a", "-I", "b", "--debuginfo", "x:y",
      "--traceable-functions", "t", "-e", "p")
    #expect(request.pid == 12)
    #expect(request.outputPath == "out")
    #expect(request.format == .json)
    #expect(request.buffering == TraceRequest.Buffering.none)
    #expect(request.isQuiet && request.isVerbose && request.allowsUnsafe)
    #expect(request.warnings == .all)
    #expect(request.probeFilter == "open")
    #expect(request.withoutFeatures == [.kprobeMulti, .uprobeMulti])
    #expect(request.includeDirectories == ["a", "b"])
    #expect(request.debugInfoDirectories == ["x", "y"])
    #expect(request.traceableFunctionsPath == "t")
  }

  @Test(arguments: [["-b"], ["--btf"], ["--verify-llvm-ir"], ["--emit-llvm", "f"]])
  func optionsWithoutMeaningAreAccepted(options: [String]) throws {
    #expect(try TraceRequest(arguments: options + ["-e", "p"]) == read("-e", "p"))
  }

  @Test(arguments: [
    (["-e"], "option requires an argument -- 'e'"),
    (["-v"], "a program is needed"),
    (["-e", "a", "-e", "b"], "-e can be given once only"),
    (["-p", "x", "-e", "p"], "Failed to parse pid: invalid integer: x"),
    (["-p", "12a", "-e", "p"], "Failed to parse pid: invalid trailing bytes: a"),
    (["-p", "-1", "-e", "p"], "Failed to parse pid: invalid integer: -1"),
    (["-p", "0", "-e", "p"], "Pid out of range: 0"),
    (["-p", "4194305", "-e", "p"], "Pid out of range: 4194305"),
    (["-p", "99999999999999999999", "-e", "p"], "Pid out of range: 99999999999999999999"),
    (["-p", "1", "-c", "ls", "-e", "p"], "Cannot use both -c CMD and -p PID."),
    (["-f", "xml", "-e", "p"], "Invalid output format \"xml\"\nValid formats: 'text', 'json'"),
    (["-B", "some", "-e", "p"], "-B must be either 'line', 'full', or 'none'"),
    (["--mode", "x", "-e", "p"], "--mode can only be"),
    (["--debug=x", "-e", "p"], "there is no stage 'x'"),
    (["-kk", "-e", "p"], "-k can be given once only"),
    (["-k", "--no-warnings", "-e", "p"], "Cannot use both -k and --no-warnings."),
    (["--no-feature", "x", "-e", "p"], "--no-feature can only have values 'kprobe_multi,kprobe_session,uprobe_multi'"),
    (["--fmt", "x.bt"], "this version has no --fmt yet"),
    (["--dwarf-pid", "3", "-e", "p"], "this version has no --dwarf-pid yet"),
    (["--usdt-file-activation", "-e", "p"], "this version has no --usdt-file-activation yet"),
    (["--include", "c.h", "-e", "p"], "this version has no --include yet"),
  ])
  func mistakesAreTold(arguments: [String], message: String) {
    #expect {
      try TraceRequest(arguments: arguments)
    } throws: { "\($0)".hasPrefix(message) }
  }

  @Test func environmentVariablesAreSettingsOrPartOfTheEnvironment() throws {
    let request = try read(
      "-e", "p",
      environment: [
        "BPFTRACE_MAX_STRLEN": "64", "BPFTRACE_STRLEN": "32", "BPFTRACE_BTF": "/btf", "BPFTRACE_COLOR": "never",
        "__BPFTRACE_NOTIFY_PROBES_ATTACHED": "1", "NOTIFY_SOCKET": "/run/notify", "HOME": "/root",
      ])
    #expect(request.settings == ["max_strlen": "64", "strlen": "32"])
    #expect(request.environment.kernelTypesPath == "/btf")
    #expect(request.environment.colour == .never)
    #expect(request.environment.attachedNotice == "__BPFTRACE_NOTIFY_PROBES_ATTACHED")
    #expect(request.environment.notifySocketPath == "/run/notify")
    #expect(throws: UsageError.invalidColour("green")) {
      try read("-e", "p", environment: ["BPFTRACE_COLOR": "green"])
    }
  }
}
