import Bytecode
import KernelInterface
import LinuxSystem
import Testing

@testable import BPF

/// A raw tracepoint program that copies the first arguments of its context to a ring buffer: `bpf_ringbuf_output(map,
/// stack, length, 0)` with the length from the second argument, or a reservation that is given up when it is 0.
private func writer() throws -> ProgramSpec {
  var code = Assembler()
  let discard = code.makeLabel()
  let end = code.makeLabel()
  code.append(.load(.doubleWord, .r6, from: .r1, offset: 0))
  code.append(.load(.doubleWord, .r7, from: .r1, offset: 8))
  code.append(.store(.doubleWord, .r6, to: .r10, offset: -16))
  code.append(.store(.doubleWord, .r6, to: .r10, offset: -8))
  code.jump(if: .equal, .r7, 0, to: discard)
  code.jump(if: .unsignedGreater, .r7, 16, to: end)
  code.loadMap(.r1, MapReference(index: 0))
  code.append(.move(.r2, .r10))
  code.append(.arithmetic(.add, .r2, -16))
  code.append(.move(.r3, .r7))
  code.append(.move(.r4, 0))
  code.append(.call(.ringbufOutput))
  code.append(.exit)
  code.bind(discard)
  code.loadMap(.r1, MapReference(index: 0))
  code.append(.move(.r2, 24))
  code.append(.move(.r3, 0))
  code.append(.call(.ringbufReserve))
  code.jump(if: .equal, .r0, 0, to: end)
  code.append(.move(.r1, .r0))
  code.append(.move(.r2, 0))
  code.append(.call(.ringbufDiscard))
  code.bind(end)
  code.append(.move(.r0, 0))
  code.append(.exit)
  return ProgramSpec(name: "writer", type: .rawTracepoint, code: try code.finish())
}

@Suite struct RingBufferTests {
  let map: Map
  let program: Program
  let ring: RingBuffer

  init() throws {
    map = try Map(.ringBuffer(name: "events", byteCount: 4096, pageSize: MemoryPage.size))
    program = try Program(writer(), maps: [map])
    ring = try RingBuffer(map)
  }

  private func write(_ number: UInt64, length: UInt64) throws -> UInt32 {
    try program.run(TestRun(context: bytes(number) + bytes(length))).returnValue
  }

  @Test func givesRecordsInOrder() throws {
    #expect(try ring.consume { _ in Issue.record("a record in an empty buffer") } == 0)
    let epoll = try Epoll()
    try epoll.add(map.descriptor, token: 1)
    #expect(try epoll.wait(milliseconds: 0).isEmpty)
    #expect(try write(5, length: 8) == 0)
    #expect(try write(6, length: 0) == 0)
    #expect(try write(7, length: 3) == 0)
    #expect(try epoll.wait(milliseconds: 10_000).map(\.token) == [1])
    #expect(ring.pendingBytes == 16 + 32 + 16)
    var records: [[UInt8]] = []
    #expect(try ring.consume { records.append(Array($0)) } == 2)
    #expect(records == [bytes(5 as UInt64), [7, 0, 0]])
    #expect(ring.pendingBytes == 0)
  }

  @Test func goesRoundAndRound() throws {
    var next: UInt64 = 0
    var expected: UInt64 = 0
    for round in 0..<400 as Range<UInt64> {
      for _ in 0..<(round % 13) {
        #expect(try write(next, length: 16) == 0)
        next += 1
      }
      try ring.consume { record in
        #expect(record.count == 16)
        #expect(record.load(as: UInt64.self) == expected)
        expected += 1
      }
    }
    #expect(next == expected)
    #expect(next > 2 * 4096 / 24)
  }

  @Test func stopsAtTheLimit() throws {
    for number in 0..<10 as Range<UInt64> { #expect(try write(number, length: 8) == 0) }
    #expect(try ring.consume(limit: 3) { _ in } == 3)
    #expect(ring.pendingBytes == 7 * 16)
    var rest: [UInt64] = []
    #expect(try ring.consume { rest.append($0.load(as: UInt64.self)) } == 7)
    #expect(rest == [3, 4, 5, 6, 7, 8, 9])
  }

  @Test func fullBuffersRefuseAndGoOn() throws {
    var written = 0
    while try write(1, length: 8) == 0, written < 10_000 { written += 1 }
    // The kernel keeps one header's room between the end and the beginning.
    #expect(written == 4096 / 16 - 1)
    #expect(try ring.consume { _ in } == written)
    #expect(try write(1, length: 8) == 0)
  }

  @Test func takesOnlyRingBuffers() throws {
    let other = try Map(MapSpec(name: "other", type: .array, keySize: 4, valueSize: 4, maxEntries: 4096))
    #expect(throws: BPFError.wrongMapType(map: "other", .array)) { try RingBuffer(other) }
  }
}
