import LinuxSystem
import Testing

@testable import TraceRuntime

/// Scripts from their text to their output, on what the tests themselves cause.
@Suite struct LiveScriptTests {
  @Test func valuesAreShown() throws {
    let run = try LiveScript(
      #"""
      begin {
        printf("%d|%5d|%-5d|%05d|%x|%s|%r|%rx|%c|%p|%lx\n", -1, 5, 5, -42, 255, (1,2), buf("ab\xff", 3), buf("ab", 2),
          65, 0, -1);
        @h = hist(5); @k[1] = hist(100, 2); @l = lhist(5, 0, 10, 2);
        @t = (1, "abc", (2, 3)); @u[1, "x", -5] = 1; @a[1] = avg(5); @a[1] = avg(2); @m = min(-2); @s = stats(4);
        exit(3);
      }
      end { printf("bye\n"); }
      """#
    ).run()
    #expect(run.status == 3)
    #expect(
      run.output == #"""
        -1|    5|5    |00-42|ff|(1, 2)|ab\xff|\x61\x62|A|0|ffffffffffffffff
        bye


        @a[1]: 3
        @h:
        [4, 8)                 1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|

        @k[1]:
        [96, 112)              1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|

        @l:
        [4, 6)                 1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|

        @m: -2
        @s: { .count = 1, .average = 4, .total = 4 }
        @t: (1, abc, (2, 3))
        @u[1, x, -5]: 1

        """#)
    #expect(run.messages == "Attached 2 probes\n")
  }

  @Test func mapsArePrintedClearedAndZeroed() throws {
    let run = try LiveScript(
      "begin { @x = 5; print(@x); clear(@x); print(@x); @y[1] = 2; @y[2] = 3; zero(@y); print(@y, 1); clear(@y); print(@y); }"
    ).run()
    #expect(run.output == "@x: 5\n@x: 0\n@y[2]: 0\n\n\n@x: 0\n")
  }

  @Test func filesAndCommands() throws {
    let run = try LiveScript(
      #"begin { cat("/proc/sys/kernel/ostype"); system("printf '%%d\n' %d", 5); print(username); }"#
    )
    .run()
    #expect(run.output == "Linux\n5\n\(try UserDatabase().name(of: CurrentProcess.effectiveUser) ?? "?")\n\n\n")
  }

  @Test func jsonIsOneObjectPerLine() throws {
    var script = try LiveScript(#"begin { printf("a\"b\n"); @x[1, "a b"] = 5; @h = hist(3); print((1, "x")); }"#)
    script.options.format = .json
    #expect(
      try script.run().output == #"""
        {"type": "printf", "data": "a\"b\n"}
        {"type": "value", "data": [1,"x"]}
        {"type": "attached_probes", "count": 1, "data": {"probes": 1}}
        {"type": "hist", "data": {"@h": [{"min": 2, "max": 3, "count": 1}]}}
        {"type": "map", "data": {"@x": {"1,ab": 5}}}

        """#)
  }

  @Test func systemCallsOfAChild() throws {
    let run = try LiveScript(
      #"tracepoint:syscalls:sys_enter_execve { printf("%d %s\n", pid == cpid, str(args->filename)); @[probe] = count(); }"#,
      running: ["/bin/true"]
    ).run()
    #expect(run.output == "1 /bin/true\n\n\n@[tracepoint:syscalls:sys_enter_execve]: 1\n")
    #expect(run.messages == "Attached 1 probe\n")
  }

  @Test func manySystemCallsOfAChild() throws {
    let run = try LiveScript("tracepoint:syscalls:sys_enter_* { @[probe] = count(); }", running: ["/bin/true"]).run()
    #expect(run.output.contains("@[tracepoint:syscalls:sys_enter_execve]: 1\n"))
    #expect(run.output.contains("@[tracepoint:syscalls:sys_enter_exit_group]: 1\n"))
  }

  @Test func functionsOfALibrary() throws {
    let run = try LiveScript(
      "uprobe:libc:getenv /pid == cpid/ { @calls[str(arg0)] = count(); } uretprobe:libc:getenv /pid == cpid/ { @returns = count(); }",
      running: ["/bin/ls", "/proc/self/net/nonexistent"]
    ).run()
    #expect(run.output.contains("@calls[LC_ALL]: "))
    #expect(run.output.contains("@returns: "))
    #expect(!run.output.contains("@returns: 0"))
    #expect(run.messages == "Attached 2 probes\n")
  }

  @Test func stacksOfTheKernel() throws {
    let run = try LiveScript(
      "tracepoint:sched:sched_process_exec /pid == cpid/ { @[kstack(64)] = count(); }", running: ["/bin/true"]
    ).run()
    #expect(run.output.hasPrefix("\n\n@[\n        "))
    #expect(run.output.contains("begin_new_exec+") || run.output.contains("bprm_execve+"))
  }

  /// The child is long gone when its stacks are printed, and no record tells of it before.
  @Test func stacksOfAProcessThatHasEnded() throws {
    let run = try LiveScript(
      "uprobe:libc:getenv /pid == cpid/ { @[ustack(1)] = count(); }",
      running: ["/bin/ls", "/proc/self/net/nonexistent"]
    )
    .run()
    #expect(run.output.contains("@[\n        getenv+0\n]: "))
  }

  @Test func runtimeWarningsNameTheirPlace() throws {
    let run = try LiveScript("begin { @y[1] = 5; $a = @y[1]; @z = 1 / ($a - 5); }").run()
    #expect(run.messages.contains("WARNING: Divide or modulo by 0 detected"))
    #expect(run.messages.hasPrefix("stdin:1:"))
  }

  /// A ring of the smallest size and a program that fills it at one go.
  @Test func lostEventsAreCountedByProbe() throws {
    let run = try LiveScript(
      #"config = { perf_rb_pages = 1; } begin { for ($i : 0..2000) { printf("%d\n", $i); } }"#
    ).run()
    let shown = run.output.split(separator: "\n").count
    #expect(shown > 0 && shown < 2000)
    #expect(run.messages.contains("Lost \(2000 - shown) events\n"))
    #expect(run.messages.contains("WARNING: Total lost event count: \(2000 - shown)\n  \(2000 - shown) by begin\n"))
  }
}
