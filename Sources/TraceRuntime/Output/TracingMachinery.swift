/// The kernel functions that lie between a traced place and the program that runs there.
///
/// A stack taken by the program begins with them, and with other ones for each way of attaching; what a user asks for
/// begins behind them.
enum TracingMachinery {
  /// How many frames at the top of a kernel stack are machinery, by their symbols, innermost first.
  static func frameCount(_ symbols: some Sequence<SymbolicAddress>) -> Int {
    var count = 0
    for (index, symbol) in symbols.enumerated() {
      guard let name = symbol.name else { break }
      if isMachinery(name) { count = index + 1 }
      // Small functions of the machinery may be inlined into each other in between; beyond these few frames nothing is.
      if index >= limit { break }
    }
    return count
  }

  /// Frames at the top that are looked at.
  private static let limit = 8

  /// Functions whose names are made for each program or event: `kernel/trace/bpf_trace.c`, `include/trace/bpf_probe.h`,
  /// `include/trace/perf.h`, `include/linux/tracepoint.h`, `arch/x86/net/bpf_jit_comp.c`.
  private static let prefixes = [
    "bpf_prog_", "bpf_trace_run", "__bpf_trace_", "__traceiter_", "perf_trace_", "bpf_trampoline_", "__bpf_prog_enter",
    "bpf_get_stack", "__bpf_get_stack", "bpf_dispatcher_", "__bpf_prog_run", "__probestub_",
  ]

  /// Functions of `kernel/trace/trace_syscalls.c`, `kernel/trace/trace_kprobe.c`, `kernel/trace/bpf_trace.c` and
  /// `kernel/events/core.c`.
  private static let names: Set<String> = [
    "perf_syscall_enter", "perf_syscall_exit", "perf_call_bpf_enter", "perf_call_bpf_exit", "trace_call_bpf",
    "perf_trace_run_bpf_submit", "kprobe_perf_func", "kretprobe_perf_func", "kprobe_dispatcher", "kretprobe_dispatcher",
    "kprobe_ftrace_handler", "kprobe_multi_link_prog_run", "kprobe_multi_link_handler", "fprobe_handler",
    "fprobe_entry",
    "bpf_overflow_handler", "trace_syscall_enter", "trace_syscall_exit", "get_perf_callchain",
    "bpf_perf_event_overflow",
  ]

  private static func isMachinery(_ name: String) -> Bool {
    names.contains(name) || prefixes.contains { name.hasPrefix($0) }
  }
}
