/// The help of `bpf trace`.
enum TraceHelp {
  /// The whole help; `name` is how the command was called: `bpf trace` or `bpftrace`.
  static func text(calledAs name: String) -> String {
    """
    Usage: \(name) [OPTIONS] FILE [PARAMETER...]
           \(name) [OPTIONS] -e PROGRAM [PARAMETER...]
           \(name) -l [SEARCH]

    Traces the running system by a program in bpftrace's language. FILE may be - for standard input;
    the program reads PARAMETERs as $1, $2, and so on, and named ones behind --, as in -- --name=value.

    \(TraceOption.table.help)
    Environment:
      BPFTRACE_KEY                sets KEY of the program's configuration, as in BPFTRACE_MAX_STRLEN=256
      BPFTRACE_BTF                a file that stands for the kernel's type information
      BPFTRACE_COLOR              auto (the default), always or never

    Examples:
      \(name) -l 'tracepoint:syscalls:sys_enter_open*'
          list the probes of the open calls
      \(name) -e 'tracepoint:syscalls:sys_enter_openat { printf("%s %s\\n", comm, str(args.filename)); }'
          which process opens which file
      \(name) -e 'tracepoint:raw_syscalls:sys_enter { @[comm] = count(); }'
          count system calls by program until Ctrl-C
      \(name) -e 'profile:hz:99 { @[kstack, ustack, comm] = count(); }'
          where the processors spend their time

    """
  }

  /// What a wrong command line is answered with, below what is wrong.
  static func hint(calledAs name: String) -> String {
    """
    Usage: \(name) [OPTIONS] FILE | -e PROGRAM | -l [SEARCH]
    More:  \(name) --help

    """
  }
}
