import Bytecode
import KernelInterface
import LinuxSystem
import Testing

@testable import BPF

/// A raw tracepoint program: `bpf_perf_event_output(context, map, BPF_F_CURRENT_CPU, &context[0], 12)`, whose answer it
/// gives back.
private func writer() throws -> ProgramSpec {
  var code = Assembler()
  code.append(.load(.doubleWord, .r6, from: .r1, offset: 0))
  code.append(.store(.doubleWord, .r6, to: .r10, offset: -16))
  code.append(.store(.doubleWord, .r6, to: .r10, offset: -8))
  code.loadMap(.r2, MapReference(index: 0))
  code.append(.move(.r3, -1, width: .bits32))
  code.append(.move(.r4, .r10))
  code.append(.arithmetic(.add, .r4, -16))
  code.append(.move(.r5, 12))
  code.append(.call(.perfEventOutput))
  code.append(.exit)
  return ProgramSpec(name: "writer", type: .rawTracepoint, code: try code.finish())
}

@Suite struct PerfBufferTests {
  let map: Map
  let program: Program

  init() throws {
    let cpus = try CPUList.possible().cpus.count
    map = try Map(MapSpec(name: "events", type: .perfEventArray, keySize: 4, valueSize: 4, maxEntries: cpus))
    program = try Program(writer(), maps: [map])
  }

  private func write(_ number: UInt64, cpu: Int = 0) throws -> Int32 {
    var run = TestRun(context: bytes(number))
    run.cpu = UInt32(cpu)
    return Int32(bitPattern: try program.run(run).returnValue)
  }

  @Test func givesRecordsOfEachCPUInOrder() throws {
    let buffer = try PerfBuffer(map)
    #expect(try buffer.consume { (_: UnsafeRawBufferPointer) in Issue.record("a record in an empty buffer") } == 0)
    let cpus = try CPUList.online().cpus
    for number in 0..<100 as Range<UInt64> {
      for cpu in cpus { #expect(try write(number << 8 | UInt64(cpu), cpu: cpu) == 0) }
    }
    var seen: [Int: [UInt64]] = [:]
    try buffer.consume { cpu, record in
      // 12 bytes, padded to 4 more than a multiple of 8.
      #expect(record.count == 12)
      let number = record.loadUnaligned(as: UInt64.self)
      #expect(Int(number & 255) == cpu)
      seen[cpu, default: []].append(number >> 8)
    }
    #expect(seen == Dictionary(uniqueKeysWithValues: cpus.map { ($0, Array(0..<100)) }))
    #expect(buffer.lostCount == 0)
  }

  /// Records that go over the end of the data are put together.
  @Test func goesRoundAndRound() throws {
    let buffer = try PerfBuffer(map, PerfBuffer.Options(pagesPerCPU: 1, cpus: [0]))
    var expected: UInt64 = 0
    for number in 0..<2000 as Range<UInt64> {
      #expect(try write(number) == 0)
      if number % 7 == 0 {
        try buffer.consume { record in
          #expect(record.loadUnaligned(as: UInt64.self) == expected)
          expected += 1
        }
      }
    }
    try buffer.consume { (_: UnsafeRawBufferPointer) in expected += 1 }
    #expect(expected == 2000)
    #expect(buffer.lostCount == 0)
  }

  @Test func countsWhatWasLost() throws {
    let buffer = try PerfBuffer(map, PerfBuffer.Options(pagesPerCPU: 1, cpus: [0]))
    var refused: UInt64 = 0
    for number in 0..<1000 as Range<UInt64> where try write(number) != 0 { refused += 1 }
    #expect(refused > 0)
    var seen: UInt64 = 0
    try buffer.consume { (_: UnsafeRawBufferPointer) in seen += 1 }
    #expect(seen + refused == 1000)
    // The kernel tells what it lost with the next record that fits.
    #expect(try write(1) == 0)
    #expect(try buffer.consume { (_: UnsafeRawBufferPointer) in } == 1)
    #expect(buffer.lostCount == refused)
    #expect(buffer.lostCounts.map(\.cpu) == [0])
  }

  @Test(.timeLimit(.minutes(1))) func givesAStream() async throws {
    let buffer = try PerfBuffer(map, PerfBuffer.Options(cpus: [0]))
    let program = program
    #expect(try write(0) == 0)
    var seen: [UInt64] = []
    for try await number in buffer.events(of: UInt64.self) {
      seen.append(number)
      if seen.count == 3 { break }
      let next = UInt64(seen.count)
      Task.detached {
        var run = TestRun(context: bytes(next))
        run.cpu = 0
        try program.run(run)
      }
    }
    #expect(seen == [0, 1, 2])
  }

  @Test func keepsTheNewest() throws {
    let recorder = try FlightRecorder(map, pagesPerCPU: 1)
    for number in 0..<1000 as Range<UInt64> { #expect(try write(number) == 0) }
    var seen: [UInt64] = []
    try recorder.snapshot { cpu, record in
      #expect(cpu == 0)
      seen.append(record.loadUnaligned(as: UInt64.self))
    }
    #expect(seen.count > 100)
    #expect(seen == (0..<UInt64(seen.count)).map { 999 - $0 })
    // It goes on after the snapshot.
    #expect(try write(1000) == 0)
    var newest: UInt64?
    try recorder.snapshot { _, record in newest = newest ?? record.loadUnaligned(as: UInt64.self) }
    #expect(newest == 1000)
  }

  @Test func refusesWhatIsNoPerfEventArray() throws {
    let other = try Map(MapSpec(name: "other", type: .array, keySize: 4, valueSize: 4, maxEntries: 4))
    #expect(throws: BPFError.wrongMapType(map: "other", .array)) { try PerfBuffer(other) }
    #expect(throws: BPFError.wrongMapType(map: "other", .array)) { try FlightRecorder(other) }
    #expect(throws: (any Error).self) { try PerfBuffer(self.map, PerfBuffer.Options(pagesPerCPU: 3)) }
  }
}
