import BTF
import Bytecode
import KernelInterface
import KernelTesting
import LinuxSystem
import TestObjects
import Testing

@testable import BPF

@Suite(.needs(.link(.traceIterator))) struct IteratorTests {
  private static let kinds = [
    "task_file", "task_vma", "bpf_map", "bpf_prog", "bpf_link", "cgroup", "ksym", "tcp", "udp", "unix", "netlink",
    "ipv6_route", "dmabuf", "kmem_cache",
  ]

  private func object(_ name: String) throws -> BPFObject {
    var spec = try ObjectSpec(path: TestObject("iterators").path)
    for index in spec.programs.indices { spec.programs[index].isLoaded = spec.programs[index].name == name }
    return try BPFObject(spec)
  }

  /// Kinds that this kernel has: it names a function for each.
  private static func has(_ kind: String) throws -> Bool {
    let types = try TypeGraph(bytes: FileSystem.contents(of: "/sys/kernel/btf/vmlinux"))
    return types.id(named: "bpf_iter_\(kind)", kind: .function) != nil
  }

  private func pairs(_ bytes: [UInt8]) -> [[Int32]] {
    stride(from: 0, to: bytes.count - bytes.count % 8, by: 8).map { start in
      bytes.withUnsafeBytes { bytes in
        [0, 4].map { bytes.loadUnaligned(fromByteOffset: start + $0, as: Int32.self) }
      }
    }
  }

  @Test func tasks() throws {
    let target = try #require(try AttachTarget(section: "iter/task"))
    let link = try object("task").program(named: "task").attach(to: target)
    let ids = pairs(try link.read())
    #expect(ids.contains([CurrentProcess.id, CurrentProcess.id]))
    #expect(Set(ids.map { $0[1] }).count == ids.count)
    guard case .iterator(let info)? = try link.info()?.target else {
      Issue.record("no facts about the iterator")
      return
    }
    #expect(info.kind == "task")
    link.close()
    #expect(throws: BPFError.self) { try link.read() }
  }

  @Test(.needs(linux: 6, 1, for: "iterating one process"), arguments: [false, true])
  func tasksOfOneProcess(byDescriptor: Bool) throws {
    let program = try object("task").program(named: "task")
    let own = try ProcessDescriptor(CurrentProcess.id)
    let link = try program.attachIterator(
      over: byDescriptor ? .processDescriptor(own.descriptor.withNumber { $0 }) : .process(CurrentProcess.id))
    let ids = pairs(try link.read())
    #expect(ids.contains([CurrentProcess.id, CurrentProcess.id]))
    #expect(ids.allSatisfy { $0[0] == CurrentProcess.id })
    let one = try program.attachIterator(over: .thread(CurrentProcess.id))
    #expect(pairs(try one.read()) == [[CurrentProcess.id, CurrentProcess.id]])
    guard case .iterator(let info)? = try one.info()?.target else {
      Issue.record("no facts about the iterator")
      return
    }
    #expect(info.thread == UInt32(CurrentProcess.id))
  }

  @Test func elementsOfAMap() throws {
    let object = try object("bpf_map_elem")
    let map = try object.map(named: "elements")
    for index in 0..<3 as Range<UInt32> { try map.update(bytes(index), to: bytes(UInt64(index) * 100 + 5)) }
    let program = try object.program(named: "bpf_map_elem")
    let link = try program.attachIterator(over: .map(map))
    #expect(try link.read() == [0, 5, 1, 105, 2, 205].flatMap { bytes($0 as UInt64) })
    #expect(throws: BPFError.self) { try program.attachIterator() }
    #expect {
      try program.attach(to: .iterator(kind: "bpf_map_elem"))
    } throws: { if case BPFError.attach(.badIteratorParameter("bpf_map_elem", _)) = $0 { true } else { false } }
    guard case .iterator(let info)? = try link.info()?.target else {
      Issue.record("no facts about the iterator")
      return
    }
    #expect(info.kind == "bpf_map_elem")
    #expect(try info.mapID == map.info().id)
  }

  @Test func pinnedIteratorsAreFiles() throws {
    let folder = try BPFFileSystem()
    let path = "\(folder.path)/tasks"
    do {
      let link = try object("task").program(named: "task").attachIterator()
      try link.pin(at: path)
    }
    #expect(pairs(try FileSystem.contents(of: path)).contains([CurrentProcess.id, CurrentProcess.id]))
    #expect(pairs(try Link(pinnedAt: path).read()).contains([CurrentProcess.id, CurrentProcess.id]))
  }

  @Test func updatesTheProgram() throws {
    let first = try object("task").program(named: "task")
    let second = try object("task").program(named: "task")
    let link = try first.attachIterator()
    try link.update(to: second, replacing: first)
    #expect(try link.info()?.programID == second.info().id)
    #expect(throws: BPFError.self) { try link.update(to: first, replacing: first) }
  }

  @Test(arguments: kinds) func everyKind(kind: String) throws {
    guard try Self.has(kind) else { return }
    let program = try object("iter_\(kind)").program(named: "iter_\(kind)")
    // The kernel has at least our own program and link; of the others there may be none.
    let link = try program.attachIterator(
      over: kind == "cgroup" ? .cgroupID(1, .descendantsPre) : .everything)
    let marks = try link.read()
    #expect(marks.allSatisfy { $0 == UInt8(ascii: "x") })
    if ["task_file", "task_vma", "bpf_prog", "bpf_link", "bpf_map", "cgroup", "ksym"].contains(kind) {
      #expect(!marks.isEmpty)
    }
  }

  @Test func readsNothingOfOtherLinks() throws {
    let program = try Program(ProgramTests.spec(.rawTracepoint, [.move(.r0, 0), .exit]))
    let link = try program.attach(toRawTracepoint: "sched_process_exit")
    #expect(throws: BPFError.self) { try link.read() }
  }
}
