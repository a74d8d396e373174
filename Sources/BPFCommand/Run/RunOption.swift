/// The options of `bpf run`.
enum RunOption: Hashable, Sendable {
  case set, pid, device, controlGroup, frequency, event
  case interval, duration, command
  case output, format, quiet, verbose, define, include, library, help

  static let table = OptionTable<RunOption>(sections: [
    .init(
      title: "What to run it with",
      options: [
        Option(
          .set, "s", words: ["set"], takes: .required("NAME=VALUE"),
          help: "give a global variable or constant of the program this value first,\n"
            + "as in minPid=5, name=bash, filter.uid=0 or ports='[22, 80]'"),
        Option(
          .pid, "p", words: ["pid"], takes: .required("PID"),
          help: "user probes and clocks look at this process only; end when it ends"),
        Option(
          .device, words: ["dev"], takes: .required("NAME"),
          help: "attach XDP and tc programs to this network interface; may be repeated"),
        Option(
          .controlGroup, words: ["cgroup"], takes: .required("PATH"),
          help: "attach cgroup programs to this control group; may be repeated"),
        Option(
          .frequency, words: ["hz"], takes: .required("NUMBER"),
          help: "run perf_event programs so many times a second on each CPU (99)"),
      ]),
    .init(
      title: "When to end",
      options: [
        Option(
          .command, "c", words: ["cmd"], takes: .required("COMMAND"),
          help: "run COMMAND once all is attached; end when it ends"),
        Option(.duration, "d", words: ["duration"], takes: .required("SECONDS"), help: "end after so many seconds"),
      ]),
    .init(
      title: "Output",
      options: [
        Option(
          .interval, "i", words: ["interval"], takes: .required("SECONDS"),
          help: "print maps and variables every so many seconds, not only at the end"),
        Option(
          .event, "e", words: ["event"], takes: .required("MAP=STRUCT"),
          help: "the records of this ring or perf buffer are of this struct"),
        Option(.format, "f", words: ["format"], takes: .required("FORMAT"), help: "text (the default) or json"),
        Option(
          .output, "o", words: ["output"], takes: .required("FILE"), help: "write to FILE instead of standard output"),
        Option(.quiet, "q", words: ["quiet"], help: "say nothing but what the program tells"),
        Option(.verbose, "v", words: ["verbose"], help: "say what is attached to what, and the verifier's whole log"),
        Option(.help, "h", words: ["help"], help: "print this help"),
      ]),
    .init(
      title: "For a source",
      options: [
        Option(.define, "D", takes: .required("NAME[=TEXT]"), help: "define a macro of C"),
        Option(.include, "I", takes: .required("DIRECTORY"), help: "search it for headers and modules"),
        Option(.library, words: ["library"], takes: .required("DIRECTORY")),
      ]),
  ])
}
