import Bytecode
import ELF
import KernelInterface
import KernelTesting
import LinuxSystem
import Symbols
import TestObjects
import Testing

@testable import BPF

@Suite(.needs(.uprobes)) struct UprobeTests {
  @Test(arguments: [ProbeOptions.Way.probeUnit, .traceFS], [false, true])
  func functions(way: ProbeOptions.Way, onReturn: Bool) throws {
    let target = try TestProgram("markers")
    let counter = try HitCounter(.kprobe)
    let cookie: UInt64 = HitCounter.hasCookies ? 0x1234 : 0
    let link = try counter.program.attach(
      toUprobe: .function("work"), in: target.path, onReturn: onReturn,
      options: ProbeOptions(cookie: cookie, way: way))
    #expect(try run(target.path, "3") == 0)
    #expect(try counter.count == 3)
    #expect(try counter.cookie == cookie)
    if runs(6, 9) {
      guard case .uprobe(let info)? = try link.info()?.target else {
        Issue.record("no facts about the uprobe")
        return
      }
      #expect(info.path == target.path)
      #expect(info.isReturn == onReturn)
      #expect(info.cookie == cookie)
    }
    #expect(closeForGood(link))
    try run(target.path)
    #expect(try counter.count == 3)
  }

  @Test func nothingIsLeftInTraceFS() throws {
    let target = try TestProgram("markers")
    let tracing = try TraceFS(LiveKernel())
    func mine() throws -> Int {
      try String(decoding: tracing.contents(of: "uprobe_events"), as: UTF8.self).split(separator: "\n")
        .count { $0.contains("/p\(CurrentProcess.id)_") && $0.hasSuffix("7777777") }
    }
    let place = TraceEventProbe.Place.file(
      path: target.path, offset: 0x7777777, referenceCounter: 0, onReturn: false)
    do {
      let probe = try TraceEventProbe(place, in: tracing)
      #expect(probe.id > 0)
      #expect(try mine() == 1)
      _ = try Program(ProgramTests.spec(.xdp, [.move(.r0, 0), .exit])).attach(
        to: place, subject: "x", ProbeOptions(way: .traceFS)
      ) {
        _ in .tracepoint(id: 0)
      }
      Issue.record("an XDP program was attached to a uprobe")
    } catch BPFError.systemCall {
    }
    #expect(try mine() == 0)
  }

  @Test func leftoversOfDeadProcessesGo() throws {
    let target = try TestProgram("markers")
    let tracing = try TraceFS(LiveKernel())
    // A process that has ended: its number is not given away again so soon.
    let child = try ChildProcess(["/bin/true"])
    try child.release()
    _ = try child.wait()
    let group = "swift_bpf_\(try PIDNamespace.current().inode)"
    let line = "\(group)/p\(child.process)_1"
    try tracing.write("p:\(line) \(target.path):0x1\n", to: "uprobe_events")
    let probe = try TraceEventProbe(
      .file(path: target.path, offset: 2, referenceCounter: 0, onReturn: false), in: tracing)
    let text = String(decoding: try tracing.contents(of: "uprobe_events"), as: UTF8.self)
    #expect(!text.contains(line))
    #expect(text.contains(probe.name))
  }

  @Test func offsetsAndNames() throws {
    let target = try TestProgram("markers")
    let file = try AttachedFile(target.path)
    let start = try file.offset(of: "work", plus: 0)
    #expect(try file.offset(of: "work", plus: 1) == start + 1)
    let counter = try HitCounter(.kprobe)
    let link = try counter.program.attach(toUprobe: .fileOffset(start), in: target.path)
    try run(target.path, "2")
    #expect(try counter.count == 2)
    link.close()
    #expect(
      throws: BPFError.attach(.noSuchSymbol("wrok", path: target.path, nearest: ["work"]))
    ) { try counter.program.attach(toUprobe: .function("wrok"), in: target.path) }
    #expect {
      try counter.program.attach(toUprobe: .function("work", offset: 4096), in: target.path)
    } throws: { if case BPFError.attach(.notInFile) = $0 { true } else { false } }
    #expect {
      try counter.program.attach(toUprobe: .function("x"), in: "no-such-library")
    } throws: { if case BPFError.attach(.noSuchBinary("no-such-library", _)) = $0 { true } else { false } }
  }

  @Test func librariesByNameInOneProcess() throws {
    let counter = try HitCounter(.kprobe)
    let link = try counter.program.attach(toUprobe: .function("getppid"), in: "libc", process: CurrentProcess.id)
    #expect(link.subject.hasPrefix("uprobe /"))
    #expect(link.subject.hasSuffix("libc.so.6:getppid"))
    link.close()
    #expect(try counter.count == 0)
  }

  @Test func versionsOfSymbols() throws {
    // The C library keeps an old and a new `pthread_cond_wait` on x86-64.
    let file = try AttachedFile(AttachedFile.path(of: "libc", process: nil))
    let all = file.functions.functions(named: "pthread_cond_wait")
    try #require(all.count == 1)
    let version = try #require(all[0].version)
    #expect(version.isDefault)
    let named = file.functions.functions(named: "pthread_cond_wait@@\(version.name)")
    #expect(named == all)
    #expect(file.functions.functions(named: "pthread_cond_wait@NO_SUCH").isEmpty)
    #if arch(x86_64)
      let old = file.functions.functions(named: "pthread_cond_wait@GLIBC_2.2.5")
      #expect(old.count == 1)
      #expect(old.first?.address != all[0].address)
      #expect(file.functions.functions(named: "pthread_cond_wait@@GLIBC_2.2.5").isEmpty)
    #endif
  }

  @Test(.needs(.uprobeMulti), arguments: [ProbeMoment.entry, .exit]) func manyFunctions(moment: ProbeMoment) throws {
    let target = try TestProgram("markers")
    let counter = try HitCounter(.kprobe, .traceUprobeMulti)
    let link = try counter.program.attach(toUprobes: "work*", in: target.path, moment) { $0 == "work" ? 1 : 2 }
    try run(target.path, "2")
    #expect(try counter.count == 4)
    #expect(try counter.cookie == 2)
    if runs(6, 9) {
      guard case .uprobeMulti(let info)? = try link.info()?.target else {
        Issue.record("no facts about the uprobes")
        return
      }
      let file = try AttachedFile(target.path)
      #expect(info.path == target.path)
      #expect(
        try info.offsets.sorted()
          == [file.offset(of: "work", plus: 0), file.offset(of: "work_again", plus: 0)].sorted())
      #expect(info.cookies.sorted() == [1, 2])
      #expect(info.isReturn == (moment == .exit))
    }
    #expect(throws: BPFError.attach(.noMatchingSymbol(pattern: "nothing*", path: target.path))) {
      try counter.program.attach(toUprobes: "nothing*", in: target.path)
    }
  }

  @Test(.needs(.uprobeSession)) func sessions() throws {
    let target = try TestProgram("markers")
    // An answer other than 0 at the entry spares the return.
    for (answer, expected) in [(0, 4), (1, 2)] as [(Int32, UInt64)] {
      let counter = try HitCounter(.kprobe, .traceUprobeSession, returns: answer)
      let link = try counter.program.attach(toUprobes: "work", in: target.path, .session)
      try run(target.path, "2")
      #expect(try counter.count == expected)
      link.close()
    }
  }

  @Test func saysWhatAnOlderKernelLacks() throws {
    let features = KernelFeatures.running
    guard !features.has(.uprobeMulti), let absence = features.absence(of: .uprobeMulti) else { return }
    let counter = try HitCounter(.kprobe)
    #expect(throws: BPFError.attach(.missingFeature(absence, remedy: "attach uprobes one by one"))) {
      try counter.program.attach(toUprobes: "work*", in: TestProgram("markers").path)
    }
  }
}
