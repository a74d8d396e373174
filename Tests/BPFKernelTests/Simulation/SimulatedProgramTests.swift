import Testing

@testable import BPFKernel

private let packets = ArrayMap<UInt64>(count: 256)
private let blockedPort = Config<UInt16>(9999)

private func firewall(_ context: XDPContext) -> XDPAction {
  var packet = context.packet
  guard let ethernet = packet.take(EthernetHeader.self), ethernet.pointee.type == .ipv4,
    let ip = packet.take(IPv4Header.self)
  else { return .pass }
  packets.add(1, at: UInt32(ip.pointee.transport.rawValue))
  guard ip.pointee.transport == .udp, packet.skip(ip.pointee.optionByteCount), let udp = packet.take(UDPHeader.self)
  else { return .pass }
  return udp.pointee.destination.value == blockedPort.value ? .drop : .pass
}

private func egress(_ context: SocketBufferContext) -> CgroupVerdict {
  guard let ip = context.load(IPv4Header.self, at: 0) else { return .refuse }
  return ip.timeToLive > 1 ? .allow : .refuse
}

private struct Tick {
  var timer: Timer
  var count: UInt64
}
private let ticks = ArrayMap<Tick>(count: 1)
private let numbers = HashMap<UInt32, UInt64>(maxEntries: 8)
private let objects = TaskStorage<UInt32>()
private let programs = ProgramArray(count: 4)
private let events = PerfEventArray<UInt64>()

@Suite struct SimulatedProgramTests {
  /// An Ethernet frame with an IPv4 packet of UDP to a port.
  private func datagram(to port: UInt16, options: Int = 0) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 42 + options)
    bytes[12] = 8
    bytes[14] = 0x45 + UInt8(options / 4)
    bytes[22] = 64
    bytes[23] = 17
    bytes[36 + options] = UInt8(port >> 8)
    bytes[37 + options] = UInt8(port & 255)
    return bytes
  }

  @Test func aFirewallDropsWhatItShould() {
    let kernel = SimulatedKernel()
    var blocked = datagram(to: 9999)
    var withOptions = datagram(to: 9999, options: 8)
    var other = datagram(to: 53)
    var short = Array(blocked[..<20])
    #expect(kernel.receive(&blocked, firewall) == .drop)
    #expect(kernel.receive(&withOptions, firewall) == .drop)
    #expect(kernel.receive(&other, firewall) == .pass)
    #expect(kernel.receive(&short, firewall) == .pass)
    #expect(kernel.value(in: packets, at: 17) == 3)
  }

  @Test func bytesOfAPacketAreCopied() {
    let kernel = SimulatedKernel()
    var packet = Array(datagram(to: 1)[14...])
    #expect(kernel.pass(&packet, egress) == .allow)
    packet[8] = 1
    #expect(kernel.pass(&packet, egress) == .refuse)
    var short = Array(packet[..<19])
    #expect(kernel.pass(&short, egress) == .refuse)
  }

  @Test func timersCallWhenTheirTimeComes() {
    let kernel = SimulatedKernel()
    kernel.run {
      guard let place = ticks.pointer(at: 0) else { return }
      #expect(Timer.initialize(&place.pointee.timer, in: ticks) == true)
      #expect(Timer.initialize(&place.pointee.timer, in: ticks) == false)
      Timer.set(&place.pointee.timer) { _, _, value in
        let tick = value.assumingMemoryBound(to: Tick.self)
        tick.pointee.count &+= 1
        Timer.start(&tick.pointee.timer, after: 10)
        return 0
      }
      Timer.start(&place.pointee.timer, after: 10)
    }
    kernel.advance(nanoseconds: 35)
    #expect(kernel.value(in: ticks, at: 0)?.count == 3)
  }

  @Test func loopsAndElementsCallTheirBodies() {
    SimulatedKernel().run {
      var sum: UInt64 = 0
      loop(100, &sum) { round, state in
        state.assumingMemoryBound(to: UInt64.self).pointee &+= round
        return round == 9 ? 1 : 0
      }
      #expect(sum == 45)
      numbers.add(3, for: 1)
      numbers.add(4, for: 2)
      numbers.add(5, for: 2)
      sum = 0
      let count = numbers.forEach(&sum) { _, _, value, state in
        state.assumingMemoryBound(to: UInt64.self).pointee &+= value.assumingMemoryBound(to: UInt64.self).pointee
        return 0
      }
      #expect(count == 2)
      #expect(sum == 12)
    }
  }

  @Test func storagesGoWithTheirObjects() {
    var task: UInt64 = 0
    SimulatedKernel().run {
      #expect(objects.pointer(for: &task) == nil)
      objects.pointer(for: &task, default: 7)?.pointee &+= 1
      #expect(objects.pointer(for: &task)?.pointee == 8)
      #expect(objects.removeValue(for: &task) == true)
      #expect(objects.pointer(for: &task) == nil)
    }
  }

  @Test func whatIsPrintedAndSentIsKept() {
    let kernel = SimulatedKernel()
    var record = SystemCallEnterContext.Record(number: 59)
    kernel.run {
      withUnsafePointer(to: &record) { record in
        let call = SystemCallEnterContext(record)
        trace("call %d of %u\n", UInt64(call.number), UInt64(Process.id))
        events.emit(5, from: call)
        programs.tailCall(3, with: call)
      }
    }
    #expect(kernel.traceOutput == ["call 59 of 1000\n"])
    #expect(kernel.events(of: events) == [5])
    #expect(kernel.tailCalls == [3])
  }

  @Test func aTestMayAnswerHelpersItself() {
    let kernel = SimulatedKernel()
    kernel.answers[186] = { _, _ in UInt64(bitPattern: -1) }
    #expect(kernel.run { bpf_get_retval() } == -1)
  }

  @Test func iteratorsWriteText() {
    let kernel = SimulatedKernel()
    var file: UInt64 = 0
    kernel.run {
      withUnsafeMutablePointer(to: &file) { file in
        var metadata = IteratorContext.Metadata(file: UnsafeMutableRawPointer(file), session: 0, sequence: 0)
        withUnsafeMutablePointer(to: &metadata) { metadata in
          var arguments: InlineArray<2, UInt64> = [UInt64(UInt(bitPattern: metadata)), 0]
          withUnsafePointer(to: &arguments) { arguments in
            let step = IteratorContext(UnsafeRawPointer(arguments).assumingMemoryBound(to: UInt64.self))
            step.write("PID\n")
            step.print("%4d|%-4d|%x\n", [7, 8, 255])
          }
        }
      }
    }
    #expect(kernel.iteratorOutput == "PID\n   7|8   |ff\n")
  }
}
