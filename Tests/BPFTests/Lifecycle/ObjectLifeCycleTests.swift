import Bytecode
import Foundation
import KernelInterface
import LinuxSystem
import Testing

@testable import BPF

/// What keeps maps, programs and links alive, and what they outlive.
@Suite struct ObjectLifeCycleTests {
  private func nothing() throws -> Program {
    try Program(ProgramTests.spec(.rawTracepoint, [.move(.r0, 0), .exit]))
  }

  /// A program that counts every system call of the machine in the map's first value.
  private static func counting(in map: Map) throws -> Program {
    var code = Assembler()
    code.loadMapValue(.r1, MapReference(index: 0), offset: 0)
    code.append([.move(.r2, 1), .atomic(.add, .doubleWord, .r2, at: .r1), .move(.r0, 0), .exit])
    return try Program(ProgramSpec(name: "count", type: .rawTracepoint, code: code.finish()), maps: [map])
  }

  @Test func aDescriptorHoldsAProgram() throws {
    var first: Program? = try nothing()
    let id = try #require(try first?.info()).id
    var second = first
    first = nil
    #expect(try exists(.program, id))
    #expect(second != nil)
    second = nil
    try expectGone(.program, id)
  }

  @Test func aLinkHoldsItsProgram() throws {
    let link = try nothing().attach(toRawTracepoint: "sched_process_exit")
    let info = try #require(try link.info())
    #expect(try exists(.program, info.programID))
    link.close()
    try expectGone(.link, info.id)
    // The Swift object is kept by the closed link.
    #expect(try link.program?.info().id == info.programID)
  }

  @Test func aProgramHoldsItsMaps() throws {
    let id: UInt32
    let program: Program
    do {
      let map = try Map(MapSpec(name: "held", type: .array, keySize: 4, valueSize: 8, maxEntries: 1))
      id = try map.info().id
      program = try Self.counting(in: map)
    }
    #expect(try exists(.map, id))
    #expect(try program.info().mapIDs == [id])
    withExtendedLifetime(program) {}
  }

  @Test func aMapHoldsProgramsAndMaps() throws {
    let programs = try ProgramArray(
      Map(MapSpec(name: "programs", type: .programArray, keySize: 4, valueSize: 4, maxEntries: 1)))
    let programID: UInt32
    do {
      let program = try nothing()
      programID = try program.info().id
      try programs.set(program, at: 0)
    }
    #expect(try exists(.program, programID))
    try programs.remove(at: 0)
    try expectGone(.program, programID)

    let inner = MapSpec(name: "inner", type: .array, keySize: 4, valueSize: 8, maxEntries: 1)
    let maps = try MapOfMaps<UInt32>(name: "outer", type: .hashOfMaps, maxEntries: 1, inner: inner)
    let mapID: UInt32
    do {
      let map = try Map(inner)
      mapID = try map.info().id
      try maps.set(map, for: 0)
    }
    #expect(try exists(.map, mapID))
    try maps.removeValue(for: 0)
    try expectGone(.map, mapID)
  }

  /// Another process makes a map and a link, pins both and ends; this one finds the map's values, and a link that counts.
  @Test func pinsOutliveTheirProcess() async throws {
    let files = try BPFFileSystem()
    let folder = files.path
    await #expect(processExitsWith: .success) { [folder = folder as String] in
      let names = try HashMap<UInt32, UInt64>(name: "names", maxEntries: 8)
      try names.set(77, for: 7)
      try names.map.pin(at: "\(folder)/names")
      let calls = try Map(MapSpec(name: "calls", type: .array, keySize: 4, valueSize: 8, maxEntries: 1))
      try calls.pin(at: "\(folder)/calls")
      let link = try ObjectLifeCycleTests.counting(in: calls).attach(toRawTracepoint: "sys_enter")
      try link.pin(at: "\(folder)/link")
    }
    let ids: (link: UInt32, program: UInt32, names: UInt32)
    do {
      let names = try HashMap<UInt32, UInt64>(pinnedAt: "\(folder)/names")
      #expect(try names.value(for: 7) == 77)
      let link = try Link(pinnedAt: "\(folder)/link")
      let info = try #require(try link.info())
      ids = (info.id, info.programID, try names.map.info().id)
      let calls = try ArrayMap<UInt64>(pinnedAt: "\(folder)/calls")
      let before = try #require(try calls.value(at: 0))
      for _ in 0..<10 { _ = getppid() }
      #expect(try #require(try calls.value(at: 0)) >= before + 10)
      for name in ["names", "calls", "link"] { try Map.unpin("\(folder)/\(name)") }
      // What is open stays.
      #expect(try exists(.link, ids.link) && exists(.program, ids.program) && exists(.map, ids.names))
    }
    try expectGone(.link, ids.link)
    try expectGone(.program, ids.program)
    try expectGone(.map, ids.names)
  }

  /// A process that ends leaves nothing that it did not pin, however it ends.
  @Test func whatIsNotPinnedEndsWithItsProcess() async throws {
    let result = try await #require(processExitsWith: .signal(SIGKILL), observing: [\.standardOutputContent]) {
      let map = try Map(MapSpec(name: "calls", type: .array, keySize: 4, valueSize: 8, maxEntries: 1))
      let link = try ObjectLifeCycleTests.counting(in: map).attach(toRawTracepoint: "sys_enter")
      let info = try #require(try link.info())
      print("ids \(info.id) \(info.programID) \(try map.info().id) end")
      fflush(nil)
      kill(getpid(), SIGKILL)
    }
    let output = String(decoding: result.standardOutputContent, as: UTF8.self)
    let words = output.split { $0.isWhitespace }
    let start = try #require(words.firstIndex(of: "ids"), "\(output)")
    let ids = words[(start + 1)...].prefix(3).compactMap { UInt32($0) }
    try #require(ids.count == 3)
    try expectGone(.link, ids[0])
    try expectGone(.program, ids[1])
    try expectGone(.map, ids[2])
  }
}
