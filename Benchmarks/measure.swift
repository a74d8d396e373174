// measure: the clock of the benchmarks; a program of its own, so that a measurement costs little itself.
//
//     measure run COMMAND [ARGUMENT...]    prints wall-clock nanoseconds, peak memory in KiB, processor nanoseconds and
//                                          exit status of COMMAND, whose standard output and error are discarded
//     measure until-attached READY COMMAND [ARGUMENT...]
//                                          the same for a tracer that is ended by SIGTERM to this process; creates the
//                                          file READY once the tracer has attached, and writes its output and errors to READY.out
//     measure calls NAME COUNT             prints the nanoseconds that one system call takes: getppid or getuid
import Glibc

func fail(_ reason: String) -> Never {
  fputs("measure: \(reason)\n", stderr)
  exit(2)
}

func nanoseconds() -> Int64 {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}

func spawn(_ words: ArraySlice<String>, outputTo output: CInt?) -> pid_t {
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
  if let output {
    posix_spawn_file_actions_adddup2(&actions, output, 1)
  } else {
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
  }
  posix_spawn_file_actions_adddup2(&actions, 1, 2)
  var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
  arguments.append(nil)
  var process = pid_t()
  let answer = posix_spawnp(&process, words.first ?? "", &actions, nil, &arguments, environ)
  if answer != 0 { fail("\(words.first ?? "no command"): \(String(cString: strerror(answer)))") }
  return process
}

func report(_ process: pid_t, since start: Int64) -> Never {
  var status: CInt = 0
  var usage = rusage()
  while wait4(process, &status, 0, &usage) < 0 { if errno != EINTR { fail("wait4 failed") } }
  func time(_ value: timeval) -> Int64 { Int64(value.tv_sec) * 1_000_000_000 + Int64(value.tv_usec) * 1000 }
  let exitStatus = status & 0x7f == 0 ? status >> 8 & 0xff : 128 + status & 0x7f
  print(nanoseconds() - start, usage.ru_maxrss, time(usage.ru_utime) + time(usage.ru_stime), exitStatus)
  exit(0)
}

/// The tracer that a signal to this process ends.
nonisolated(unsafe) var tracer: pid_t = 0

let arguments = CommandLine.arguments
switch arguments.dropFirst().first {
case "run":
  let start = nanoseconds()
  report(spawn(arguments[2...], outputTo: nil), since: start)

case "until-attached" where arguments.count > 3:
  let ready = arguments[2]
  setenv("__BPFTRACE_NOTIFY_PROBES_ATTACHED", "1", 1)
  var ends: [CInt] = [0, 0]
  guard pipe(&ends) == 0, fcntl(ends[0], F_SETFD, FD_CLOEXEC) == 0, fcntl(ends[1], F_SETFD, FD_CLOEXEC) == 0,
    let output = fopen(ready + ".out", "w")
  else { fail("no pipe or no \(ready).out") }
  _ = fcntl(ends[0], 1031 /* F_SETPIPE_SZ */, 1 << 20)
  let start = nanoseconds()
  tracer = spawn(arguments[3...], outputTo: ends[1])
  close(ends[1])
  signal(SIGTERM) { _ in kill(tracer, SIGTERM) }
  // Until it is attached the output is read by lines, afterwards in large pieces.
  guard let input = fdopen(ends[0], "r") else { fail("fdopen failed") }
  var line: UnsafeMutablePointer<CChar>?
  var capacity = 0
  while getline(&line, &capacity, input) > 0 {
    if let line, strncmp(line, "__BPFTRACE_NOTIFY_PROBES_ATTACHED", 33) == 0 { break }
  }
  close(creat(ready, 0o600))
  var buffer = [UInt8](repeating: 0, count: 1 << 20)
  while true {
    let count = fread(&buffer, 1, buffer.count, input)
    if count > 0 { fwrite(buffer, 1, count, output) }
    if count < buffer.count, feof(input) != 0 { break }
  }
  fclose(output)
  report(tracer, since: start)

case "calls" where arguments.count == 4:
  guard let count = Int(arguments[3]), count > 0 else { fail("'\(arguments[3])' is no number of calls") }
  let start: Int64
  switch arguments[2] {
  case "getppid":
    start = nanoseconds()
    for _ in 0..<count { _ = getppid() }
  case "getuid":
    start = nanoseconds()
    for _ in 0..<count { _ = getuid() }
  default: fail("no call '\(arguments[2])'")
  }
  let hundredths = (nanoseconds() - start) * 100 / Int64(count)
  print("\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)")

default: fail("run COMMAND | until-attached READY COMMAND | calls NAME COUNT")
}
