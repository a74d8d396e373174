import Glibc
import LinuxSystem

@testable import BPF
@testable import KernelInterface

/// A network of the test's own, in which nobody else sends anything.
///
/// `body` runs with its thread in that network, and leaves by returning; the network vanishes with its last user.
func inNewNetwork(_ body: () throws -> Void) throws {
  try NetworkNamespace.make().run {
    try RouteSocket(LiveKernel()).setUp(1)
    try body()
  }.get()
}

/// Waits until something is so, for half a minute at most.
///
/// What is closed is gone at once, but for a moment in which a process that another test forks has copies of all
/// descriptors, before it becomes its program.
func eventually(_ condition: () throws -> Bool) rethrows -> Bool {
  let end = ContinuousClock.now + .seconds(30)
  while try !condition() {
    if ContinuousClock.now > end { return false }
    // Not sooner: what is waited for may need this processor.
    usleep(500)
  }
  return true
}

/// Closes a link, and waits until no process that another test forks has a copy of it any more.
func closeForGood(_ link: Link) -> Bool {
  let ids = (link.parts + [link]).compactMap { (try? $0.info())??.id }
  link.close()
  return eventually { ids.allSatisfy { isGone(link: $0) } }
}

/// Whether a link is gone from the kernel.
func isGone(link id: UInt32) -> Bool { isGone(.link, id) }

/// Whether an object is gone from the kernel.
func isGone(_ kind: ObjectKind, _ id: UInt32) -> Bool {
  do throws(SystemCallError) {
    _ = try LiveKernel().open(kind, id: id)
    return false
  } catch { return error.errno == .noSuchFileOrDirectory }
}

extension RouteSocket {
  /// Starts an interface.
  borrowing func setUp(_ index: UInt32) throws {
    try exchange(.newLink, Self.interfaceRequest(index: index, flags: 1, change: 1), subject: "interface \(index)")
  }

  /// Sets the greatest packet that an interface takes, in bytes.
  borrowing func setMTU(_ bytes: UInt32, of index: UInt32) throws {
    let payload = Self.interfaceRequest(index: index) { $0.append(4, bytes) }  // IFLA_MTU
    try exchange(.newLink, payload, subject: "interface \(index)")
  }

  /// Makes a pair of interfaces, each of which receives what the other sends.
  borrowing func makePair(_ name: String, _ peer: String, kind: String = "veth") throws {
    let payload = Self.interfaceRequest { writer in
      writer.append(3, name)  // IFLA_IFNAME
      writer.appendNested(18) { info in  // IFLA_LINKINFO
        info.append(1, kind)  // IFLA_INFO_KIND
        info.appendNested(2) { data in  // IFLA_INFO_DATA
          if kind == "netkit" { data.append(5, UInt32(0)) }  // IFLA_NETKIT_MODE: NETKIT_L2
          data.appendNested(1) { other in  // VETH_INFO_PEER, IFLA_NETKIT_PEER_INFO
            for _ in 0..<4 { other.append(UInt32(0)) }  // struct ifinfomsg
            other.append(3, peer)
          }
        }
      }
    }
    try exchange(.newLink, flags: [.create, .exclusive], payload, subject: name)
    for name in [name, peer] { try setUp(interface(named: name).index) }
  }
}

/// Sends frames of a protocol that nobody else speaks on one interface, and waits for them on the same or another.
final class FrameSender {
  /// The first of the two numbers for local experiments (IEEE 802).
  static let protocolNumber: UInt16 = 0x88b5

  private let sender: OwnedDescriptor
  private let receiver: OwnedDescriptor

  init(from: NetworkInterface, to: NetworkInterface) throws {
    let sender = try Self.socket(from, listening: false)
    receiver = try Self.socket(to, listening: true)
    self.sender = sender
  }

  private static func socket(_ interface: NetworkInterface, listening: Bool) throws -> OwnedDescriptor {
    let number = Glibc.socket(AF_PACKET, CInt(SOCK_RAW.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
    let socket = try OwnedDescriptor(adopting: SystemCallError.check(number, "socket", on: "AF_PACKET"))
    // struct sockaddr_ll: family, protocol in network byte order, interface; 20 bytes.
    var address = [UInt8](repeating: 0, count: 20)
    address.withUnsafeMutableBytes { bytes in
      bytes.storeBytes(of: UInt16(AF_PACKET), as: UInt16.self)
      if listening { bytes.storeBytes(of: protocolNumber.bigEndian, toByteOffset: 2, as: UInt16.self) }
      bytes.storeBytes(of: interface.index, toByteOffset: 4, as: UInt32.self)
    }
    let answer = socket.withNumber { number in
      address.withUnsafeBytes { bytes in
        bytes.withMemoryRebound(to: sockaddr.self) { bind(number, $0.baseAddress, socklen_t(bytes.count)) }
      }
    }
    try SystemCallError.check(answer < 0 ? -errno : 0, "bind", on: interface.name)
    return socket
  }

  /// Sends frames and waits until as many have come.
  func send(_ count: Int) throws {
    var frame = [UInt8](repeating: 0xff, count: 12)
    withUnsafeBytes(of: Self.protocolNumber.bigEndian) { frame += $0 }
    frame += Array(repeating: 0, count: 46)
    for _ in 0..<count {
      let sent = sender.withNumber { Glibc.send($0, frame, frame.count, 0) }
      try SystemCallError.check(sent < 0 ? -Int(errno) : sent, "send", on: "frame")
      var room = [UInt8](repeating: 0, count: 64)
      let received = receiver.withNumber { recv($0, &room, room.count, 0) }
      try SystemCallError.check(received < 0 ? -Int(errno) : received, "recv", on: "frame")
    }
  }
}
