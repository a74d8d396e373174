import Bytecode
import KernelInterface
import LinuxSystem
import Testing

@testable import BPF

/// What the programs of these tests write: `bpf_ringbuf_output(map, &context[0], 16, 0)`.
private struct Pair: BitwiseCopyable, Equatable {
  var first: UInt64
  var second: UInt64
}

private func writer() throws -> ProgramSpec {
  var code = Assembler()
  code.append(.load(.doubleWord, .r6, from: .r1, offset: 0))
  code.append(.load(.doubleWord, .r7, from: .r1, offset: 8))
  code.append(.store(.doubleWord, .r6, to: .r10, offset: -16))
  code.append(.store(.doubleWord, .r7, to: .r10, offset: -8))
  code.loadMap(.r1, MapReference(index: 0))
  code.append(.move(.r2, .r10))
  code.append(.arithmetic(.add, .r2, -16))
  code.append(.move(.r3, 16))
  code.append(.move(.r4, 0))
  code.append(.call(.ringbufOutput))
  code.append(.exit)
  return ProgramSpec(name: "writer", type: .rawTracepoint, code: try code.finish())
}

/// A ring buffer and the program that fills it.
private struct Source {
  let map: Map
  let program: Program

  init(byteCount: Int = 4096) throws {
    map = try Map(.ringBuffer(name: "events", byteCount: byteCount, pageSize: MemoryPage.size))
    program = try Program(writer(), maps: [map])
  }

  /// 0 when there was room.
  @discardableResult
  func write(_ first: UInt64, _ second: UInt64 = 0) throws -> UInt32 {
    try program.run(TestRun(context: bytes(first) + bytes(second))).returnValue
  }
}

@Suite struct EventStreamTests {
  @Test(.timeLimit(.minutes(1))) func givesWhatWasThereAndWhatComes() async throws {
    let source = try Source()
    for number in 0..<5 as Range<UInt64> { try source.write(number, 7) }
    let ring = try RingBuffer(source.map)
    var seen: [Pair] = []
    for try await pair in ring.events(of: Pair.self) {
      seen.append(pair)
      // From the fifth on, the loop finds the buffer empty and waits; another thread writes meanwhile.
      if seen.count >= 5, seen.count < 10 {
        let next = UInt64(seen.count)
        Task.detached { try source.write(next, 7) }
      }
      if seen.count == 10 { break }
    }
    #expect(seen == (0..<10).map { Pair(first: $0, second: 7) })
  }

  /// A buffer of 4096 bytes holds 170 of these records; the loop is slower than the writer, and all arrive in order.
  @Test(.timeLimit(.minutes(1))) func aSlowReaderLosesNothing() async throws {
    let source = try Source()
    let count: UInt64 = 3000
    let writer = Task.detached { () throws -> Int in
      var refused = 0
      for number in 0..<count {
        while try source.write(number) != 0 {
          refused += 1
          await Task.yield()
        }
      }
      return refused
    }
    let ring = try RingBuffer(source.map)
    var expected: UInt64 = 0
    for try await pair in ring.events(of: Pair.self) {
      #expect(pair.first == expected)
      expected += 1
      if expected == count { break }
      if expected % 100 == 0 { await Task.yield() }
    }
    #expect(expected == count)
    _ = try await writer.value
    #expect(ring.pendingBytes == 0)
  }

  @Test(.timeLimit(.minutes(1))) func endsWhenItsTaskIsCancelled() async throws {
    let source = try Source()
    try source.write(1)
    let (first, signal) = AsyncStream.makeStream(of: UInt64.self)
    let reader = Task {
      var count = 0
      let ring = try RingBuffer(source.map)
      for try await pair in ring.events(of: Pair.self) {
        count += 1
        signal.yield(pair.first)
      }
      return count
    }
    for await number in first {
      #expect(number == 1)
      break
    }
    reader.cancel()
    #expect(try await reader.value == 1)
  }

  @Test(.timeLimit(.minutes(1))) func aRecordThatIsTooShortIsAnErrorAndTheNextIsNot() async throws {
    struct Long: BitwiseCopyable { var words: (UInt64, UInt64, UInt64) = (0, 0, 0) }
    let source = try Source()
    try source.write(1)
    try source.write(2, 9)
    let ring = try RingBuffer(source.map)
    var iterator = ring.events(of: Long.self).makeAsyncIterator()
    await #expect(throws: BPFError.wrongSize(map: "events", expected: 24, given: 16)) { try await iterator.next() }
    try source.write(3, 9)
    // Every second record is decoded, the others are left out.
    var odd = ring.events { bytes in bytes.load(as: UInt64.self) % 2 == 1 ? bytes.load(as: UInt64.self) : nil }
      .makeAsyncIterator()
    #expect(try await odd.next() == 3)
  }
}

@Suite struct EventPollTests {
  @Test func readsSeveralBuffers() throws {
    let (one, other) = (try Source(), try Source())
    let poll = try EventPoll()
    var seen: [String] = []
    try poll.add(RingBuffer(one.map)) { seen.append("one \($0.load(as: UInt64.self))") }
    try poll.add(RingBuffer(other.map)) { seen.append("other \($0.load(as: UInt64.self))") }
    #expect(try poll.wait(milliseconds: 0) == 0)
    try other.write(1)
    #expect(try poll.wait(milliseconds: 10_000) == 1)
    try one.write(2)
    #expect(try poll.wait(milliseconds: 10_000) == 1)
    try one.write(3)
    try other.write(4)
    #expect(try poll.consume() == 2)
    #expect(seen == ["other 1", "one 2", "one 3", "other 4"])
  }
}
