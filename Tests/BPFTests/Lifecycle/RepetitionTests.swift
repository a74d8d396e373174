import KernelInterface
import KernelTesting
import TestObjects
import Testing

@testable import BPF

/// What is done again and again leaves nothing behind: every id that the kernel gave out is followed.
@Suite struct RepetitionTests {
  static let count = Repetitions.ofLoads

  private func remaining(_ kind: ObjectKind, _ ids: [UInt32]) -> [UInt32] {
    // A process that another test forks may have copies of some for a moment.
    var left = ids
    _ = eventually {
      left.removeAll { isGone(kind, $0) }
      return left.isEmpty
    }
    return left
  }

  @Test func loadingAndClosing() throws {
    let spec = try ObjectSpec(path: try TestObject("counter").path)
    var (programs, maps): ([UInt32], [UInt32]) = ([], [])
    for _ in 0..<Self.count {
      let object = try BPFObject(spec)
      programs.append(try object.program(named: "count_calls").info().id)
      maps.append(try object.map(named: "counts").info().id)
    }
    #expect(Set(programs).count == Self.count)
    #expect(remaining(.program, programs).isEmpty)
    #expect(remaining(.map, maps).isEmpty)
  }

  @Test func attachingARawTracepoint() throws {
    let object = try BPFObject(ObjectSpec(path: try TestObject("counter").path))
    let program = try object.program(named: "count_calls")
    var ids: [UInt32] = []
    for _ in 0..<Self.count {
      let link = try program.attach(toRawTracepoint: "sched_process_fork")
      if let id = try link.info()?.id { ids.append(id) }
      link.close()
    }
    #expect(Set(ids).count == Self.count)
    #expect(remaining(.link, ids).isEmpty)
  }
}
