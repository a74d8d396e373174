import BPF
import Bytecode
import Foundation
import KernelInterface
import KernelTesting
import LinuxSystem
import TestObjects
import Testing

@testable import InspectorCommand

@Suite struct LinkShowTests {
  private func program(_ type: ProgramType, _ expected: AttachType? = nil, answer: Int32 = 0) throws -> Program {
    var code = Assembler()
    code.append(.move(.r0, answer))
    code.append(.exit)
    var spec = ProgramSpec(name: "linked", type: type, code: try code.finish())
    spec.expectedAttachType = expected
    return try Program(spec)
  }

  private func words(_ link: Link) throws -> [String] {
    ["link", "show", "id", "\(try #require(try link.info()).id)"]
  }

  /// Where both versions of bpftool agree: the text, less who holds the link, and the members.
  private func expectSame(_ link: Link, lacking: Set<String> = []) throws {
    let words = try words(link)
    let ours = try Inspection(words).output.split(separator: "\n").filter { !$0.hasPrefix("\tpids ") }
    #expect(ours.joined(separator: "\n") + "\n" == (try BPFTool.output(words)))
    var document = try #require(try Inspection(["-j"] + words).document() as? [String: Any])
    for key in lacking.union(["pids"]) { #expect(document.removeValue(forKey: key) != nil, "\(key)") }
    #expect(document as NSDictionary == (try BPFTool.document(["-j"] + words)) as? NSDictionary)
  }

  @Test(.enabled(if: BPFTool.isInstalled, "bpftool is not installed"))
  func rawTracepoints() throws {
    try known("link-cookies")
    try expectSame(try program(.rawTracepoint).attach(toRawTracepoint: "sched_process_hang"), lacking: ["cookie"])
  }

  @Test(.enabled(if: BPFTool.isInstalled, "bpftool is not installed")) func iterators() throws {
    var spec = try ObjectSpec(path: TestObject("iterators").path)
    for index in spec.programs.indices { spec.programs[index].isLoaded = spec.programs[index].name == "task" }
    let object = try BPFObject(spec)
    try expectSame(try object.program(named: "task").attachIterator())
  }

  @Test(.enabled(if: BPFTool.isInstalled, "bpftool is not installed"))
  func networkNamespaces() throws {
    let network = try NetworkNamespace.make()
    try expectSame(try program(.socketLookup, .skLookup, answer: 1).attach(toNetwork: network))
  }

  @Test(.needs(.link(.tcxIngress))) func interfaces() throws {
    try known("link-details")
    let network = try NetworkNamespace.make()
    let program = try program(.schedulerClassifier)
    _ = try network.run { () throws in
      let link = try program.attach(toTCXOf: NetworkInterface(named: "lo"), .ingress)
      let id = try #require(try link.info()).id
      let text = try Inspection(words(link)).output
      #expect(
        text.hasPrefix("\(id): tcx  prog \(try program.info().id)  \n\tifindex lo(1)  attach_type tcx_ingress  "),
        "\(text)")
      let document = try Inspection(["-j"] + words(link)).document() as? [String: Any]
      #expect(document?["devname"] as? String == "lo")
      #expect(document?["attach_type"] as? String == "tcx_ingress")
      let detached = try Inspection(["link", "detach", "id", "\(id)"])
      #expect(detached.status == 0)
      #expect(try Inspection(words(link)).output.contains("\tifindex (detached)(0)  "))
    }
  }

  @Test(.needs(.link(.netfilter))) func netfilterHooks() throws {
    let network = try NetworkNamespace.make()
    let program = try program(.netfilter, .netfilter, answer: 1)
    _ = try network.run { () throws in
      let link = try program.attach(
        to: NetfilterHook(.ipv4, .localIn, priority: -128))
      #expect(try Inspection(words(link)).output.contains("\n\tip input prio -128"))
      let document = try Inspection(["-j"] + words(link)).document() as? [String: Any]
      #expect(document?["prio"] as? Int == -128)
      #expect(document?["pf"] as? Int == 2)
    }
  }

  @Test(.needs(linux: 6, 6, for: "what a perf link tells")) func perfEvents() throws {
    let tracepoint = try program(.tracepoint).attach(toTracepoint: "sched", "sched_process_hang")
    #expect(try Inspection(words(tracepoint)).output.contains("\n\ttracepoint sched_process_hang  "))
    try known("perf-event-names")
    let clock = try program(.perfEvent).attach(
      to: .software(.cpuClock, .period(1_000_000_000)), on: .process(CurrentProcess.id), subject: "clock")
    #expect(try Inspection(words(clock)).output.contains("\n\tevent software:cpu-clock  "))
  }

  @Test(.needs(.kprobes), .needs(linux: 6, 6, for: "what a perf link tells")) func kprobes() throws {
    let link = try program(.kprobe).attach(toKprobe: .function("vfs_statx"))
    let text = try Inspection(words(link)).output
    #expect(text.contains("\n\tkprobe ") && text.contains(" vfs_statx  "), "\(text)")
    let document = try Inspection(["-j"] + words(link)).document() as? [String: Any]
    #expect(document?["func"] as? String == "vfs_statx")
    #expect(document?["retprobe"] as? Bool == false)
  }

  @Test(.needs(.kprobeMulti)) func manyKernelFunctions() throws {
    let link = try program(.kprobe, .traceKprobeMulti).attach(toKprobes: "vfs_stat[x]", .entry)
    let text = try Inspection(words(link)).output
    #expect(
      text.contains("\n\tkprobe.multi  func_cnt 1  \n\taddr             cookie           func [module]\n"), "\(text)")
    #expect(text.contains(" 0                vfs_statx  "), "\(text)")
    let document = try Inspection(["-j"] + words(link)).document() as? [String: Any]
    #expect((document?["funcs"] as? [[String: Any]])?.map { $0["func"] as? String } == ["vfs_statx"])
  }

  @Test func pinsAndSaysWhatCannotBeDetached() throws {
    let link = try program(.rawTracepoint).attach(toRawTracepoint: "sched_process_hang")
    let id = try #require(try link.info()).id
    let mount = try OwnedDescriptor(
      adopting: SystemCallError.check(LiveKernel().mountDetached("bpf"), "fsmount", on: "bpf"))
    let path = "/proc/self/fd/\(mount.withNumber { $0 })/link"
    #expect(try Inspection(["link", "pin", "id", "\(id)", path]).status == 0)
    #expect(try Link(pinnedAt: path).info()?.id == id)
    let refused = try Inspection(["link", "detach", "pinned", path])
    #expect(refused.status == 1)
    #expect(refused.errors.contains("raw_tracepoint cannot be detached by others"), "\(refused.errors)")
  }
}
