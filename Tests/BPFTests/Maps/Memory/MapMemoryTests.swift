import Bytecode
import KernelInterface
import KernelTesting
import LinuxSystem
import Testing

@testable import BPF

private struct Pair: BitwiseCopyable, Equatable {
  var small: UInt8
  var big: UInt32
}

@Suite struct MapMemoryTests {
  @Test(.needs(.mapOption(.mappable))) func arraysAreMemory() throws {
    let gauges = try MappedArray<UInt32>(name: "gauges", count: 3)
    let calls = try ArrayMap<UInt32>(gauges.map)
    gauges[2] = 7
    #expect(try calls.values() == [0, 0, 7])
    try calls.set(9, at: 1)
    #expect(Array(gauges) == [0, 9, 7])
    let pairs = try MappedArray<Pair>(name: "pairs", count: 2)
    pairs[1] = Pair(small: 1, big: 0x0504_0302)
    #expect(pairs[1] == Pair(small: 1, big: 0x0504_0302))
    #expect(try pairs.map.value(of: bytes(1 as UInt32)) == [1, 0, 0, 0, 2, 3, 4, 5])
    let wide = try MappedArray<(UInt64, UInt8)>(name: "wide", count: 2)
    wide[1] = (1, 2)
    #expect(wide[1] == (1, 2))
    #expect(
      try wide.map.value(of: bytes(1 as UInt32)) == [1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0])
  }

  /// A data section of 24 bytes whose second word a program adds the first one to.
  @Test(.needs(.mapOption(.mappable))) func globalsAreLive() throws {
    var spec = MapSpec(name: "test.data", type: .array, keySize: 4, valueSize: 24, maxEntries: 1, flags: .mappable)
    spec.variables = [
      VariableSpec(name: "step", offset: 0, size: 8), VariableSpec(name: "total", offset: 8, size: 8),
      VariableSpec(name: "pair", offset: 16, size: 8),
    ]
    let map = try Map(spec)
    let memory = try MapMemory(map)
    let step = try memory.variable("step", as: UInt64.self)
    let total = try memory.variable("total", as: UInt64.self)
    var code = Assembler()
    code.loadMapValue(.r1, MapReference(index: 0), offset: 0)
    code.append(.load(.doubleWord, .r2, from: .r1, offset: 0))
    code.append(.load(.doubleWord, .r3, from: .r1, offset: 8))
    code.append(.arithmetic(.add, .r3, .r2))
    code.append(.store(.doubleWord, .r3, to: .r1, offset: 8))
    code.append(.move(.r0, 0))
    code.append(.exit)
    let program = try Program(
      ProgramSpec(name: "add", type: .rawTracepoint, code: code.finish()), maps: [map])
    for value in [5, 6] as [UInt64] {
      step.value = value
      try program.run()
    }
    #expect(total.value == 11)
    #expect(total.wrappingAdd(.max) == 11)
    #expect(total.value == 10)
    let pair = try memory.variable("pair", as: Pair.self)
    pair.value = Pair(small: 3, big: 4)
    #expect(pair.value == Pair(small: 3, big: 4))
    #expect(
      try map.value(of: bytes(0 as UInt32)) == bytes(6 as UInt64) + bytes(10 as UInt64) + [3, 0, 0, 0, 4, 0, 0, 0])
    #expect(try memory.variable("byte", as: UInt8.self, at: 16).wrappingAdd(1) == nil)
    #expect(throws: BPFError.self) { try map.freeze() }

    func message(_ body: () throws -> Void) -> String {
      do {
        try body()
        return "nothing"
      } catch { return "\(error)" }
    }
    #expect(
      message { _ = try memory.variable("none", as: UInt8.self) } == "map 'test.data' has no variable 'none'")
    #expect(
      message { _ = try memory.variable("step", as: UInt32.self) }
        == "variable 'step' in map 'test.data' has 8 bytes, but UInt32 takes 4")
    #expect(
      message { _ = try memory.variable("end", as: UInt64.self, at: 17) }
        == "variable 'end' of 8 bytes cannot be at offset 17 of the 24 bytes of map 'test.data'")
  }

  @Test(.needs(.mapOption(.mappable))) func frozenMapsAreForReading() throws {
    let map = try Map(
      MapSpec(name: "rodata", type: .array, keySize: 4, valueSize: 4, maxEntries: 1, flags: [.mappable]))
    try map.update(bytes(0 as UInt32), to: bytes(42 as UInt32))
    try map.freeze()
    #expect(
      throws: BPFError.systemCall(SystemCallError(call: "mmap", subject: "map 'rodata'", errno: .notPermitted))
    ) { try MapMemory(map) }
    let memory = try MapMemory(map, isWritable: false)
    #expect(try memory.constant("answer", as: UInt32.self, at: 0).value == 42)
    #expect(throws: BPFError.mapMismatch(MapMismatch(map: "rodata", .readOnlyMemory))) {
      try memory.variable("answer", as: UInt32.self, at: 0)
    }
    let plain = try Map(MapSpec(name: "plain", type: .array, keySize: 4, valueSize: 4, maxEntries: 1))
    #expect(throws: BPFError.mapMismatch(MapMismatch(map: "plain", .missingFlag("BPF_F_MMAPABLE")))) {
      try MapMemory(plain)
    }
  }

  @Test(.needs(.map(.arena))) func arenas() throws {
    let base = 1 << 44
    let map = try Map(
      MapSpec(
        name: "arena", type: .arena, keySize: 0, valueSize: 0, maxEntries: 4, flags: .mappable, extra: UInt64(base)))
    let memory = try MapMemory(map)
    memory.withUnsafeBytes { #expect(UInt(bitPattern: $0.baseAddress) == UInt(base)) }
    let last = try memory.variable("last", as: UInt64.self, at: 4 * MemoryPage.size - 8)
    last.value = 17
    #expect(last.value == 17)
    memory.withUnsafeBytes { $0[0] = 3 }
    #expect(try memory.variable("first", as: UInt8.self, at: 0).value == 3)
    #expect(throws: BPFError.self) { try memory.variable("beyond", as: UInt8.self, at: 4 * MemoryPage.size) }
  }
}
