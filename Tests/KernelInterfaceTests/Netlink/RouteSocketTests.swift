import KernelTesting
import LinuxSystem
import Synchronization
import Testing

@testable import KernelInterface

/// A kernel whose route socket answers with datagrams that a test writes down, and says everything else as it is.
final class RecordedRoute: ForwardingKernel {
  private let answers: Mutex<[[UInt8]]>
  private let recorded = Mutex<[NetlinkMessage]>([])

  /// What was sent, in order.
  var requests: [NetlinkMessage] { recorded.withLock { $0 } }

  /// The datagrams come in order; each message's sequence number is made that of the last request, unless it is 7.
  init(_ answers: [[UInt8]]) { self.answers = Mutex(answers) }

  func openRouteSocket() -> CInt { (try? FileSystem.open("/dev/null").disown()) ?? -24 }

  func send(_ socket: CInt, _ message: UnsafeRawBufferPointer) -> Int {
    recorded.withLock { $0 += NetlinkMessage.messages(in: Array(message)) ?? [] }
    return message.count
  }

  func receive(_ socket: CInt, into buffer: UnsafeMutableRawBufferPointer, peeking: Bool) -> Int {
    let sequence = requests.last?.sequence ?? 0
    guard let next = answers.withLock({ peeking ? $0.first : $0.isEmpty ? nil : $0.removeFirst() }) else {
      return Int(-SystemErrno.resourceTemporarilyUnavailable.rawValue)
    }
    var datagram = next
    var offset = 0
    while offset + 16 <= datagram.count {
      let length = Int(datagram[offset...].number(UInt32.self, at: 0))
      if datagram[offset + 8] != 7 {
        withUnsafeBytes(of: sequence) { datagram.replaceSubrange((offset + 8)..<(offset + 12), with: $0) }
      }
      offset += max((length + 3) & ~3, 16)
    }
    buffer.copyBytes(from: datagram.prefix(buffer.count))
    return datagram.count
  }

  func setOption(_ name: CInt, level: CInt, of socket: CInt, to value: UnsafeRawBufferPointer) -> CInt { 0 }

  func liftLockedMemoryLimit() -> Bool { false }
}

@Suite struct RouteSocketTests {
  /// An acknowledgement of a request, with the bytes behind the error number and the quoted header.
  static func acknowledgement(_ errno: SystemErrno?, message: String? = nil, sequence: UInt32 = 0) -> [UInt8] {
    var writer = NetlinkWriter()
    writer.append(0 &- (errno?.rawValue ?? 0))
    for _ in 0..<4 { writer.append(UInt32(16)) }
    if let message { writer.append(1, message) }
    return NetlinkMessage(
      type: NetlinkMessage.error, flags: message == nil ? .capped : [.capped, .explained], sequence: sequence,
      payload: writer.bytes
    ).encoded()
  }

  static func link(_ index: UInt32, _ name: String, flags: NetlinkMessage.Flags = []) -> [UInt8] {
    NetlinkMessage(
      type: RouteRequest.newLink.rawValue, flags: flags,
      payload: RouteSocket.interfaceRequest(index: index, flags: 1) { writer in
        writer.append(3, name)
        writer.append(4, UInt32(1500))
        writer.appendNested(43) { xdp in
          xdp.append(2, UInt8(4))
          xdp.append(5, UInt32(77))
          xdp.append(6, UInt32(78))
        }
      }
    ).encoded()
  }

  static let done = NetlinkMessage(type: NetlinkMessage.done, payload: [0, 0, 0, 0]).encoded()

  @Test func takesAnInterfaceApart() throws {
    let kernel = RecordedRoute([Self.link(3, "eth0"), Self.acknowledgement(nil)])
    let record = try RouteSocket(kernel).interface(named: "eth0")
    #expect(
      record
        == InterfaceRecord(
          index: 3, name: "eth0", maximumTransmissionUnit: 1500, isUp: true,
          xdp: XDPRecord(programs: [.native: 77, .generic: 78])))
    let request = try #require(kernel.requests.first)
    #expect(request.type == 18 && request.flags == [.request, .acknowledge])
    #expect(request.payload == Array(repeating: 0, count: 16) + [9, 0, 3, 0] + Array("eth0".utf8) + [0, 0, 0, 0])
  }

  @Test func tellsWhatTheKernelSays() throws {
    let kernel = RecordedRoute([Self.acknowledgement(.resourceBusy, message: "XDP program already attached")])
    let error = #expect(throws: NetlinkError.self) {
      try RouteSocket(kernel).setXDP(5, interface: 3, [.onlyNew, .generic], expected: 6, subject: "eth0")
    }
    #expect(
      error?.description
        == "netlink(RTM_SETLINK) eth0: Device or resource busy (EBUSY): XDP program already attached")
    let request = try #require(kernel.requests.first)
    #expect(
      Array(request.payload.dropFirst(16)) == [28, 0, 43, 0x80]
        + [8, 0, 1, 0, 5, 0, 0, 0] + [8, 0, 3, 0, 3, 0, 0, 0] + [8, 0, 8, 0, 6, 0, 0, 0])
  }

  @Test func passesOverAnswersToOthers() throws {
    let kernel = RecordedRoute([
      Self.acknowledgement(.noSuchDevice, sequence: 7) + Self.link(3, "eth0"), Self.acknowledgement(nil),
    ])
    #expect(try RouteSocket(kernel).interface(index: 3).name == "eth0")
  }

  @Test func dumpsAgainWhatChangedMeanwhile() throws {
    let interrupted = Self.link(3, "eth0", flags: .dumpInterrupted)
    let kernel = RecordedRoute([interrupted, Self.done, Self.link(9, "b") + Self.link(2, "a"), Self.done])
    #expect(try RouteSocket(kernel).interfaces().map(\.name) == ["a", "b"])
    #expect(kernel.requests.count == 2 && kernel.requests[0].flags == [.request, .dump])
    let changing = RecordedRoute(Array(repeating: interrupted + Self.done, count: 16))
    #expect(
      throws: NetlinkError(
        error: SystemCallError(call: "netlink(RTM_GETLINK)", subject: "interfaces", errno: .interrupted))
    ) { try RouteSocket(changing).interfaces() }
    #expect(changing.requests.count == 16)
  }

  /// Nothing that comes by the socket may be read beyond its end.
  @Test func refusesWhatNoKernelWrites() throws {
    var long = Self.link(3, "eth0")
    long[16 + 16] = 250  // IFLA_IFNAME is longer than the message
    var short = Self.link(3, "eth0")
    short[16 + 16] = 3
    let cut = Array(Self.link(3, "eth0").dropLast(8))
    for datagram in [long, short, cut, [1, 2, 3], [8, 0, 0, 0] + Array(repeating: 0, count: 12)] {
      let kernel = RecordedRoute([datagram, Self.acknowledgement(nil)])
      let error = #expect(throws: NetlinkError.self) { try RouteSocket(kernel).interface(index: 3) }
      #expect(error?.error.errno == .badMessage)
    }
    for length in 0..<24 {
      let kernel = RecordedRoute([Array(Self.acknowledgement(.noSuchDevice).prefix(length))])
      #expect(throws: NetlinkError.self) { try RouteSocket(kernel).interface(index: 3) }
    }
  }

  @Test func refusesNamesThatNoInterfaceHas() throws {
    let kernel = RecordedRoute([])
    for name in ["", "a\0b", String(repeating: "x", count: 128)] {
      #expect(throws: NetlinkError.self) { try RouteSocket(kernel).interface(named: name) }
    }
    #expect(throws: NetlinkError.self) { try RouteSocket(kernel).interface(index: 0) }
    #expect(kernel.requests.isEmpty)
  }

  @Test func attributesNest() throws {
    var writer = NetlinkWriter()
    writer.append(1, UInt8(7))
    writer.appendNested(2) { $0.append(3, "text") }
    let attributes = try NetlinkAttributes(writer.bytes[...])
    #expect(try attributes.number(1) == UInt8(7))
    #expect(try attributes.nested(2)?.text(3) == "text")
    #expect(try attributes.number(9, UInt32.self) == nil)
    #expect(throws: NetlinkAttributes.Malformation.shortValue(type: 1, expected: 4, given: 1)) {
      try attributes.number(1, UInt32.self)
    }
  }
}
