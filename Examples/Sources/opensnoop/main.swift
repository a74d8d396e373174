// opensnoop: prints a line for each file that is opened on this machine, or could not be.
//
//     PID    COMM               FD ERR PATH
//     4711   cat                 3   0 /etc/passwd
//     4712   cat                -1   2 /no/such/file
//
// `opensnoop -h` says what it can show and select. Needs root.
import BPF
import Glibc
import KernelObjects

do {
  let options = try Options(Array(CommandLine.arguments.dropFirst()))
  var object = try kernelObject("opensnoop")
  try object.setVariable("onlyProcess", to: options.process ?? 0)
  try object.setVariable("onlyThread", to: options.thread ?? 0)
  try object.setVariable("onlyUser", to: options.user ?? .max)
  try object.setVariable("onlyFailed", to: options.showsOnlyFailures)
  let loaded = try BPFObject(object)
  let lost = try loaded.variable("lost", as: UInt64.self)
  let events = try RingBuffer(loaded.map(named: "events"))
  let links = try loaded.attach()
  defer { Link.close(links) }
  if let duration = options.duration {
    Task {
      try await Task.sleep(for: .seconds(duration))
      exit(0)
    }
  }
  var table = Table(options)
  print(table.head)
  fflush(nil)
  var reported: UInt64 = 0
  for try await event in events.events(of: Opened.self) {
    if let line = table.line(event) { print(line) }
    if lost.value > reported {
      print("\(lost.value - reported) files are not shown: they came faster than they could be printed")
      reported = lost.value
    }
    fflush(nil)
  }
} catch let mistake as Options.Mistake {
  print("opensnoop: \(mistake)")
  exit(2)
} catch {
  print("opensnoop: \(error)")
  exit(1)
}
