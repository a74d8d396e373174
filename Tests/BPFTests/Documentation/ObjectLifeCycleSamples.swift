import Bytecode
import KernelInterface
import TestObjects
import Testing

@testable import BPF

/// The code of ObjectLifeCycle.md; `ObjectLifeCycleTests` has what it says checked.
@Suite struct ObjectLifeCycleSamples {
  @Test func aProgramVanishesWithItsLastReference() throws {
    let spec = ProgramTests.spec(.rawTracepoint, [.move(.r0, 0), .exit])

    var program: Program? = try Program(spec)
    let id = try program?.info().id
    program = nil
    // No program has that id any more.

    let gone = try #require(id)
    try expectGone(.program, gone)
  }

  @Test func pins() throws {
    let spec = ProgramTests.spec(.rawTracepoint, [.move(.r0, 0), .exit])
    let mount = try BPFFileSystem()
    let folder = mount.path

    let link = try Program(spec).attach(toRawTracepoint: "sched_process_exec")
    defer { link.close() }

    let seen = try HashMap<UInt32, UInt64>(name: "seen", maxEntries: 1024)
    try seen.map.pin(at: "\(folder)/seen")
    try link.pin(at: "\(folder)/link")

    #expect(try Map(pinnedAt: "\(folder)/seen").info().id == seen.map.info().id)
    #expect(try Link(pinnedAt: "\(folder)/link").info()?.id == link.info()?.id)
  }

  @Test func pinsObjects() throws {
    let mount = try BPFFileSystem()
    let folder = mount.path
    let object = try BPFObject(ObjectSpec(path: TestObject("counter").path))

    try object.pin(in: "\(folder)/counter")

    #expect(try Program(pinnedAt: "\(folder)/counter/count_calls").info().id == object.programs[0].info().id)
  }

  func pickUp(_ folder: String, _ program: Program) throws {
    let seen = try HashMap<UInt32, UInt64>(pinnedAt: "\(folder)/seen")
    let link = try Link(pinnedAt: "\(folder)/link")
    try link.update(to: program)
    _ = seen
  }
}
