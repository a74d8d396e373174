import Foundation
import KernelInterface
import KernelTesting
import LinuxSystem
import TestObjects
import Testing

@testable import BPF

@Suite struct BPFObjectAttachingTests {
  @Test func attachesBySections() throws {
    let object = try BPFObject(ObjectSpec(path: TestObject("load_attach").path))
    try object.variable("process", as: UInt32.self).value = UInt32(CurrentProcess.id)
    let links = try object.attach()
    #expect(links.compactMap { $0.program?.spec.name } == ["on_enter", "on_getppid", "on_exit"])
    for _ in 0..<3 { _ = getppid() }
    #expect(try object.variable("classic", as: UInt64.self).value >= 3)
    #expect(try object.variable("raw", as: UInt64.self).value >= 3)
    #expect(try object.variable("typed", as: UInt64.self).value >= 3)
    Link.close(links)
    let before = try object.variable("classic", as: UInt64.self).value
    _ = getppid()
    #expect(try object.variable("classic", as: UInt64.self).value == before)
  }

  @Test func attachesWhatIsSwitchedOnAndWhereItIsTold() throws {
    var spec = try ObjectSpec(path: TestObject("load_attach").path)
    for index in spec.programs.indices { spec.programs[index].isAttached = spec.programs[index].name == "on_enter" }
    let place = try #require(spec.programs.firstIndex { $0.name == "on_enter" })
    spec.programs[place].attachTarget = "sched_process_exit"
    let links = try BPFObject(spec).attach()
    #expect(links.map(\.subject) == ["rawtracepoint sched_process_exit"])
    spec.programs[place].attachTarget = "there_is_no_such_tracepoint"
    let object = try BPFObject(spec)
    #expect(throws: BPFError.self) { try object.attach() }
  }

  /// What the program answers takes the place of what the kernel's hook does.
  @Test(.needs(.program(.tracing, for: .traceFentry)), arguments: ["modify", "hook"])
  func decidesForTheKernel(name: String) throws {
    var spec = try ObjectSpec(path: TestObject("load_hooks").path)
    for index in spec.programs.indices { spec.programs[index].isLoaded = spec.programs[index].name == name }
    try spec.setVariable("process", to: UInt32(CurrentProcess.id))
    try spec.setVariable("refuses", to: Int32(1))
    let object = try BPFObject(spec)
    let links = try object.attach()
    #expect(links.count == 1)
    #expect(getpgid(getpid()) == -1)
    #expect(errno == EXDEV)
    try object.variable("refuses", as: Int32.self).value = 0
    #expect(getpgid(getpid()) > 0)
    #expect(try object.value(ofVariable: "calls", as: UInt64.self) == 2)
    Link.close(links)
    #expect(getpgid(getpid()) > 0)
    #expect(try object.value(ofVariable: "calls", as: UInt64.self) == 2)
  }

  @Test func namesTargetsThatAreMissing() throws {
    var spec = try ObjectSpec(path: TestObject("load_attach").path)
    let place = try #require(spec.programs.firstIndex { $0.name == "on_exit" })
    spec.programs[place].attachTarget = "there_is_no_such_tracepoint"
    #expect(
      throws: LoadError.missingTarget(
        program: "on_exit",
        "tracepoint 'there_is_no_such_tracepoint' is not there (no type btf_trace_there_is_no_such_tracepoint)")
    ) { try BPFObject(spec) }
  }

  private func congestionControls() throws -> Set<String> {
    let text = try FileSystem.text(of: "/proc/sys/net/ipv4/tcp_available_congestion_control")
    return Set(text.split(whereSeparator: \.isWhitespace).map(String.init).filter { $0.hasPrefix("swift_load_") })
  }

  @Test(.needs(.link(.structOps))) func registersOperationsOfTheKernel() throws {
    let object = try BPFObject(ObjectSpec(path: TestObject("load_struct_ops").path))
    #expect(object.programs.map(\.spec.name) == ["threshold", "avoid", "undo"])
    #expect(try congestionControls().isEmpty)
    let links = try object.attach()
    #expect(try links.first?.info()?.type == .structOperations)
    #expect(try congestionControls() == ["swift_load_a", "swift_load_b"])
    Link.close(links)
    #expect(try congestionControls().isEmpty)
  }
}
