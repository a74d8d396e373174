import KernelInterface
import LinuxSystem
import Testing
import TraceCompiler

/// `syscall(2)`, which is variadic and so out of Swift's reach by its header; integers go the same way either way.
@_silgen_name("syscall")
private func systemCall(_ number: Int, _: Int, _: Int, _: Int, _: Int, _: Int, _: Int) -> Int

/// The table of system calls against the running kernel.
@Suite struct SystemCallEventsTests {
  private static let prefix = "sys_enter_"
  private let architecture: Architecture
  private let table: SystemCallTable
  private let traceFS: TraceFS

  init() throws {
    architecture = try #require(Architecture.current)
    table = SystemCallTable(architecture)
    traceFS = try TraceFS(LiveKernel())
  }

  @Test func theTableKnowsEverySystemCallEvent() throws {
    let names = try traceFS.entries(of: "events/syscalls").map(\.name).filter { $0.hasPrefix(Self.prefix) }
    #expect(names.count > 200)
    let known = Set(table.calls.map { Self.prefix + $0.eventName })
    #expect(names.filter { !known.contains($0) } == [])
  }

  /// Each call is made with arguments that it refuses, while the event of that name counts what this thread does.
  ///
  /// Takes some seconds of waiting, for the kernel lets go of such an event only after every processor has rested.
  @Test func theEventOfACallCountsItsNumber() throws {
    let kernel = LiveKernel()
    var checked = 0
    for call in table.calls where Self.excluded[call.name] == nil {
      guard let id = try? traceFS.eventID(subsystem: "syscalls", name: Self.prefix + call.eventName) else { continue }
      let event = try kernel.openPerfEvent(.tracepoint(id: id), on: .process(0))
      try kernel.enablePerfEvent(event)
      let (count, answer) = event.withNumber { counted(during: call.number, event: $0) }
      if Self.makeDescriptors.contains(call.name), answer > 2 { _ = try OwnedDescriptor(adopting: CInt(answer)) }
      // Reading the count is a read(2) of its own.
      #expect(count == (call.name == "read" ? 2 : 1), "\(call.eventName) is not \(call.number)")
      checked += 1
    }
    #expect(checked > 200)
  }

  /// What `event` counts while this thread makes a system call, and the call's answer.
  ///
  /// Nothing but the three calls happens in between: whatever allocates or locks makes system calls of its own, now and
  /// then, and those of them that are the call in question would be counted with it.
  private func counted(during number: Int, event: CInt) -> (count: UInt64, answer: Int) {
    let read = table.calls.first { $0.name == "read" }?.number ?? -1
    return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2) { counts in
      counts.initialize(repeating: 0)
      let before = Int(bitPattern: counts.baseAddress), after = before + MemoryLayout<UInt64>.size
      let descriptor = Int(event)
      _ = systemCall(read, descriptor, before, 8, 0, 0, 0)
      let answer = systemCall(number, -1, -1, -1, -1, -1, -1)
      _ = systemCall(read, descriptor, after, 8, 0, 0, 0)
      return (counts[1] &- counts[0], answer)
    }
  }

  private static let makeDescriptors: Set<String> = ["eventfd", "inotify_init"]

  /// Calls that do harm, or do not come back, whatever their arguments are.
  private static let excluded: [String: String] = [
    "alarm": "the signal would end the tests",
    "clone": "makes a process",
    "exit": "ends the thread",
    "exit_group": "ends the process",
    "fork": "makes a process",
    "kill": "signals other processes",
    "msgget": "leaves a message queue",
    "pause": "never returns",
    "reboot": "ends the machine",
    "restart_syscall": "repeats what was interrupted",
    "rt_sigqueueinfo": "signals other processes",
    "rt_sigreturn": "replaces the registers by what lies on the stack",
    "rt_tgsigqueueinfo": "signals other processes",
    "set_tid_address": "the thread's end would not be noticed",
    "setsid": "leaves the terminal",
    "sync": "waits for all disks",
    "tgkill": "signals other processes",
    "tkill": "signals other processes",
    "umask": "changes the permissions of new files",
    "uprobe": "a signal, unless called by the kernel's own code",
    "uretprobe": "a signal, unless called by the kernel's own code",
    "vfork": "makes a process",
    "vhangup": "closes the terminal",
  ]
}
