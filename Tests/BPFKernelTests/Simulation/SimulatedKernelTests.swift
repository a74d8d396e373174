import Testing

@testable import BPFKernel

private let calls = HashMap<UInt32, UInt64>(maxEntries: 2)
private let recent = LRUHashMap<UInt32, UInt64>(maxEntries: 2)
private let perCPU = PerCPUArrayMap<UInt64>(count: 1)
private let routes = LPMTrie<IPv4Prefix, UInt32>(maxEntries: 16)
private let queue = QueueMap<UInt32>(maxEntries: 2)
private let stack = StackMap<UInt32>(maxEntries: 2)
private let seen = BloomFilter<UInt64>(maxEntries: 16)
private let log = Log()
private let minimum = Config<UInt32>(5)

private struct Opened {
  var process: UInt32
  var command: Characters<16>
  var isRoot: Bool
}
private let opened = RingBuffer<Opened>(byteCount: 4096)

/// Counts calls per user, as a kernel program does.
private func count(_ call: SystemCallEnterContext) { calls[Process.user, default: 0] &+= 1 }

private func send(_ call: SystemCallEnterContext) {
  guard call.number >= Int(minimum.value), let event = opened.reserve() else { return }
  event.value.process = Process.id
  event.value.command = Process.command
  event.value.isRoot = Process.user == 0
  if call.argument0 == 0 { return }
  event.submit()
}

@Suite struct SimulatedKernelTests {
  private func call(_ number: Int, argument: UInt = 0, _ program: (SystemCallEnterContext) -> Void) {
    var record = SystemCallEnterContext.Record(number: number, arguments: (argument, 0, 0, 0, 0, 0))
    withUnsafePointer(to: &record) { program(SystemCallEnterContext($0)) }
  }

  @Test func programsCountInAMapOfTheirKernel() {
    let kernel = SimulatedKernel()
    let other = SimulatedKernel()
    kernel.user = 104
    kernel.run {
      call(1, count)
      call(2, count)
    }
    #expect(kernel.value(in: calls, for: 104) == 2)
    #expect(other.value(in: calls, for: 104) == nil)
  }

  @Test func aHashMapSaysWhatTheKernelSays() {
    SimulatedKernel().run {
      #expect(calls.insert(1, for: 7) == true)
      #expect(calls.insert(2, for: 7) == false)
      #expect(calls.replace(2, for: 8) == false)
      #expect(calls.set(3, for: 8) == true)
      #expect(calls.set(4, for: 9) == false, "the map is full")
      #expect(calls.withValue(for: 7, { $0 &+= 10 }) == true)
      #expect(calls[7] == 11)
      #expect(calls.removeValue(for: 7) == true)
      #expect(calls.removeValue(for: 7) == false)
      #expect(calls[7] == nil)
    }
  }

  @Test func anLRUMapDropsWhatWasUsedLongestAgo() {
    SimulatedKernel().run {
      recent.set(1, for: 1)
      recent.set(2, for: 2)
      _ = recent.value(for: 1)
      recent.set(3, for: 3)
      #expect(recent[2] == nil)
      #expect(recent[1] == 1)
      #expect(recent[3] == 3)
    }
  }

  @Test func eachCPUHasItsOwnValue() {
    let kernel = SimulatedKernel()
    for cpu: UInt32 in [0, 1, 1] {
      kernel.cpu = cpu
      kernel.run { _ = perCPU.withValue(at: 0) { $0 &+= 1 } }
    }
    kernel.cpu = 0
    #expect(kernel.value(in: perCPU, at: 0) == 1)
    kernel.cpu = 1
    #expect(kernel.value(in: perCPU, at: 0) == 2)
    #expect(kernel.run { perCPU.value(at: 1) } == nil)
  }

  @Test func theLongestPrefixIsFound() {
    func address(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) -> UInt32 {
      UInt32(a) | UInt32(b) << 8 | UInt32(c) << 16 | UInt32(d) << 24
    }
    SimulatedKernel().run {
      routes.set(8, for: IPv4Prefix(networkOrder: address(10, 0, 0, 0), prefixLength: 8))
      routes.set(24, for: IPv4Prefix(networkOrder: address(10, 1, 2, 0), prefixLength: 24))
      #expect(routes.value(for: IPv4Prefix(networkOrder: address(10, 1, 2, 3))) == 24)
      #expect(routes.value(for: IPv4Prefix(networkOrder: address(10, 1, 3, 3))) == 8)
      #expect(routes.value(for: IPv4Prefix(networkOrder: address(11, 1, 2, 3))) == nil)
    }
  }

  @Test func queuesAndStacksKeepTheirOrder() {
    SimulatedKernel().run {
      for number: UInt32 in [1, 2] {
        #expect(queue.push(number) == true)
        #expect(stack.push(number) == true)
      }
      #expect(queue.push(3) == false)
      #expect(queue.push(3, replacingOldest: true) == true)
      #expect(queue.peek() == 2)
      #expect(queue.pop() == 2)
      #expect(stack.pop() == 2)
      #expect(stack.pop() == 1)
      #expect(stack.pop() == nil)
      #expect(seen.contains(5) == false)
      seen.insert(5)
      #expect(seen.contains(5) == true)
    }
  }

  @Test func aRecordThatIsNotSubmittedIsDiscarded() {
    let kernel = SimulatedKernel()
    kernel.process = 42
    kernel.command = "a-name-that-is-too-long"
    kernel.run {
      call(4, argument: 1, send)
      call(5, argument: 0, send)
      call(6, argument: 1, send)
    }
    let events = kernel.events(of: opened)
    #expect(events.map(\.process) == [42])
    #expect(events.first?.command[14] == UInt8(ascii: "-"))
    #expect(events.first?.command[15] == 0)
    #expect(events.first?.isRoot == true)
  }

  @Test func constantsAreSetForOneKernel() {
    let kernel = SimulatedKernel()
    kernel.set(minimum, to: 1)
    kernel.run { call(1, argument: 1, send) }
    #expect(kernel.events(of: opened).count == 1)
    #expect(minimum.value == 5)
  }

  @Test func aLogLineIsMadeOfItsPieces() {
    let kernel = SimulatedKernel()
    kernel.command = "cat"
    kernel.run {
      log("\(Process.command) opened \(-3) of \(UInt64.max), \(hex: 0xbeef), \(true) \(ipv4: 0x0100_007f)")
      log("short", level: .warning)
    }
    #expect(
      kernel.lines(of: log) == ["cat opened -3 of 18446744073709551615, 0xbeef, true 127.0.0.1", "short"])
  }
}
