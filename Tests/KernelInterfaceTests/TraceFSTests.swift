import KernelTesting
import LinuxSystem
import Testing

@testable import KernelInterface

/// The live kernel, which shows no mounts.
private struct KernelWithoutMounts: ForwardingKernel {
  func open(_ path: String, _ mode: FileSystem.OpenMode) throws(SystemCallError) -> OwnedDescriptor {
    if path == "/proc/self/mountinfo" { return try FileSystem.open("/dev/null") }
    return try live.open(path, mode)
  }
}

@Suite struct TraceFSTests {
  @Test func opensADetachedMount() throws {
    let before = try FileSystem.contents(of: "/proc/self/mountinfo")
    let tracing = try TraceFS(KernelWithoutMounts())
    #expect(tracing.source == .detached)
    let events = try tracing.events()
    #expect(events.contains("sched:sched_switch") && events.contains("syscalls:sys_enter_openat"))
    let format = String(decoding: try tracing.eventFormat(subsystem: "sched", name: "sched_switch"), as: UTF8.self)
    #expect(
      format.hasPrefix("name: sched_switch\nID: \(try tracing.eventID(subsystem: "sched", name: "sched_switch"))\n"))
    #expect(try FileSystem.contents(of: "/proc/self/mountinfo") == before)
  }

  @Test func refusesNamesThatLeadElsewhere() throws {
    let tracing = try TraceFS(KernelWithoutMounts())
    for name in ["../sched/sched_switch", "", "..", "a/b"] {
      #expect(
        throws: SystemCallError(call: "openat", subject: "tracepoint sched:\(name)", errno: .noSuchFileOrDirectory)
      ) {
        try tracing.eventID(subsystem: "sched", name: name)
      }
    }
  }

  @Test func tellsWhatWasTried() throws {
    let kernel = ScriptedKernel(files: [
      "/proc/self/mountinfo": "36 25 0:12 / /a\\040b rw,nosuid shared:15 - tracefs tracefs rw\n"
        + "37 25 0:13 / /debug rw - debugfs debugfs rw\n38 25 0:13 /sub /x rw - tracefs tracefs rw\n"
    ])
    do throws(TraceFS.Unavailable) {
      _ = try TraceFS(kernel)
      Issue.record("tracefs was found in a scripted kernel without it")
    } catch {
      #expect(error.attempts.map(\.subject) == ["/a b", "tracefs", "/debug/tracing"])
      #expect(error.attempts.map(\.errno) == [.noSuchFileOrDirectory, .notPermitted, .noSuchFileOrDirectory])
    }
  }

  @Test func skipsBrokenMountLines() {
    let table = MountTable(mountinfo: Array("garbage\n1 2 3 / /x rw\n1 2 0:1 / /y rw -\n\\04 - - - - - - - x\n".utf8))
    #expect(table.points(of: "tracefs").isEmpty)
  }
}
