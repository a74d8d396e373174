/// The options of `bpf trace`: bpftrace's, old and new spellings.
enum TraceOption: Hashable, Sendable {
  case program, list, pid, command, usdtFileActivation, dwarfPID
  case output, format, buffering, quiet, verbose, warnings, noWarnings
  case dryRun, debugStage, mode, test, bench, formatScript, info, help, version
  case unsafe, probeFilter, noFeature, includeDirectory, includeFile, debugInfo, traceableFunctions
  case emitELF, emitLLVM, aheadOfTime, withoutEffect

  /// The stages that can be printed, by name.
  ///
  /// Those behind "all" are names of bpftrace's compiler, taken as the nearest of ours.
  static let stageNames =
    TraceRequest.Stage.allCases.map(\.rawValue) + ["all", "parse", "codegen", "codegen-opt", "dis", "libbpf"]

  static let table = OptionTable<TraceOption>(sections: [
    .init(
      title: "What to trace",
      options: [
        Option(.program, "e", takes: .required("PROGRAM"), help: "trace by this program instead of a file's"),
        Option(.pid, "p", words: ["pid"], takes: .required("PID"), help: "only this process; end when it ends"),
        Option(
          .command, "c", words: ["cmd"], takes: .required("COMMAND"),
          help: "run COMMAND once all is attached (its id is cpid); end when it ends"),
        Option(
          .probeFilter, words: ["probe-filter"], takes: .required("REGEX"),
          help: "keep only the probes whose names match REGEX"),
        Option(.usdtFileActivation, words: ["usdt-file-activation"]),
        Option(.dwarfPID, words: ["dwarf-pid"], takes: .required("PID")),
      ]),
    .init(
      title: "What to find out first",
      options: [
        Option(
          .list, "l", words: ["list"],
          help: "list the probes that match SEARCH (such as 'tracepoint:sched:*'), or that\n"
            + "the program names; with -v their arguments too"),
        Option(.dryRun, words: ["dry-run"], help: "load and attach, say how each probe is attached and why, and end"),
        Option(
          .debugStage, "d", words: ["debug"], takes: .optional("STAGE", among: stageNames),
          help:
            "print a stage of the compilation: \(TraceRequest.Stage.allCases.map(\.rawValue).joined(separator: ", ")), or all;\n"
            + "without STAGE all but verifier; the program is not run"),
        Option(.info, words: ["info"], help: "print what this kernel and this build can do"),
        Option(.help, "h", words: ["help"], help: "print this help"),
        Option(.version, "V", words: ["version"], help: "print the version"),
      ]),
    .init(
      title: "Output",
      options: [
        Option(
          .output, "o", words: ["output"], takes: .required("FILE"), help: "write to FILE instead of standard output"),
        Option(.format, "f", words: ["format"], takes: .required("FORMAT"), help: "text (the default) or json"),
        Option(
          .buffering, "B", words: ["buffering"], takes: .required("MODE"),
          help: "write by line (the default), by full buffers, or none"),
        Option(.quiet, "q", words: ["quiet"], help: "say nothing but what the program prints"),
        Option(.verbose, "v", words: ["verbose"], help: "say how probes are attached, and the verifier's whole log"),
        Option(.warnings, "k", words: ["warnings"], help: "warn of every failing helper, also of harmless ones"),
        Option(.noWarnings, words: ["no-warnings"], help: "warn of nothing"),
      ]),
    .init(
      title: "How to trace",
      options: [
        Option(.unsafe, words: ["unsafe"], help: "allow system(), signal() and other calls that change the system"),
        Option(
          .noFeature, words: ["no-feature"], takes: .required("LIST"),
          help: "do without some of \(TraceRequest.SwitchableFeature.list)"),
        Option(
          .includeDirectory, "I", takes: .required("DIRECTORY"),
          help: "accepted for bpftrace's sake: C headers are not read"),
        Option(
          .includeFile, words: ["include"], takes: .required("FILE")),
        Option(
          .debugInfo, words: ["debuginfo"], takes: .required("DIRECTORIES"),
          help: "search these for separate debug files, by build id"),
        Option(
          .traceableFunctions, words: ["traceable-functions"], takes: .required("FILE"),
          help: "read the names of traceable kernel functions from FILE"),
        Option(
          .mode, words: ["mode"], takes: .required("MODE"), help: "codegen: compile the program and do not run it"),
        Option(.test, words: ["test"]),
        Option(.bench, words: ["bench"]),
        Option(.formatScript, words: ["fmt"]),
        Option(.emitELF, words: ["emit-elf"], takes: .required("FILE")),
        Option(.emitLLVM, words: ["emit-llvm"], takes: .required("FILE")),
        Option(.aheadOfTime, words: ["aot"], takes: .required("FILE")),
        Option(.withoutEffect, "b", words: ["btf", "verify-llvm-ir"]),
      ]),
  ])
}
