public import LinuxSystem

/// A conversation with the kernel about interfaces, queueing disciplines and filters: `NETLINK_ROUTE`.
///
/// It speaks of the network that it was opened in, wherever its user goes later.
public struct RouteSocket: ~Copyable, Sendable {
  let descriptor: OwnedDescriptor
  let kernel: any KernelCalls

  /// Opens a socket in the network of the calling thread.
  public init(_ kernel: any KernelCalls) throws(SystemCallError) {
    let answer = try SystemCallError.check(kernel.openRouteSocket(), "socket(AF_NETLINK)", on: "NETLINK_ROUTE")
    descriptor = try OwnedDescriptor(adopting: answer)
    self.kernel = kernel
    // SOL_NETLINK with NETLINK_EXT_ACK (words in errors), NETLINK_CAP_ACK (requests are not quoted) and
    // NETLINK_GET_STRICT_CHK (dumps are filtered by the kernel): errors would only mean an older kernel, without which
    // the answers are understood as well.
    for name: CInt in [11, 10, 12] {
      _ = descriptor.withNumber { number in
        withUnsafeBytes(of: CInt(1)) { kernel.setOption(name, level: 270, of: number, to: $0) }
      }
    }
  }

  /// Sends a request and waits for its acknowledgement; the answer is what the kernel sent before that.
  @discardableResult
  borrowing func exchange(
    _ type: RouteRequest, flags: NetlinkMessage.Flags = [], _ payload: [UInt8], subject: String
  ) throws(NetlinkError) -> [NetlinkMessage] {
    let sequence = try send(type, flags.union([.request, .acknowledge]), payload, subject)
    return try receive(type, sequence, subject).messages
  }

  /// Asks for all objects of a kind, again when they changed meanwhile.
  ///
  /// - Throws: `EINTR` when they changed each time.
  borrowing func dump(
    _ type: RouteRequest, _ payload: [UInt8], subject: String
  ) throws(NetlinkError) -> [NetlinkMessage] {
    for _ in 0..<16 {
      let sequence = try send(type, [.request, .dump], payload, subject)
      let answers = try receive(type, sequence, subject)
      if !answers.areInterrupted { return answers.messages }
    }
    throw failure(type, subject, .interrupted)
  }

  private borrowing func send(
    _ type: RouteRequest, _ flags: NetlinkMessage.Flags, _ payload: [UInt8], _ subject: String
  ) throws(NetlinkError) -> UInt32 {
    // One request is under way at a time; the number tells answers from those to a request that was given up.
    let sequence = UInt32.random(in: 1...(.max))
    let bytes = NetlinkMessage(type: type.rawValue, flags: flags, sequence: sequence, payload: payload).encoded()
    let answer = descriptor.withNumber { number in bytes.withUnsafeBytes { kernel.send(number, $0) } }
    if answer < 0 { throw failure(type, subject, SystemErrno(rawValue: CInt(truncatingIfNeeded: 0 &- answer))) }
    return sequence
  }

  private borrowing func receive(
    _ type: RouteRequest, _ sequence: UInt32, _ subject: String
  ) throws(NetlinkError) -> (messages: [NetlinkMessage], areInterrupted: Bool) {
    var answers: (messages: [NetlinkMessage], areInterrupted: Bool) = ([], false)
    while true {
      guard let messages = NetlinkMessage.messages(in: try datagram(type, subject)) else {
        throw failure(type, subject, .badMessage)
      }
      for message in messages where message.sequence == sequence {
        if message.flags.contains(.dumpInterrupted) { answers.areInterrupted = true }
        switch message.type {
        case NetlinkMessage.error:
          if let error = NetlinkError(acknowledgement: message, call: type.call, subject: subject) { throw error }
          return answers
        case NetlinkMessage.done:
          // Older kernels end a dump without an error number.
          if message.payload.count >= 4,
            let error = NetlinkError(acknowledgement: message, call: type.call, subject: subject)
          {
            throw error
          }
          return answers
        case NetlinkMessage.overrun: throw failure(type, subject, .noBufferSpace)
        default: answers.messages.append(message)
        }
      }
    }
  }

  /// One datagram, whatever its length.
  private borrowing func datagram(_ type: RouteRequest, _ subject: String) throws(NetlinkError) -> [UInt8] {
    var capacity = 0
    while true {
      var answer = 0
      let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
        answer = descriptor.withNumber {
          kernel.receive($0, into: UnsafeMutableRawBufferPointer(buffer), peeking: capacity == 0)
        }
        count = min(max(answer, 0), capacity)
      }
      if answer < 0 { throw failure(type, subject, SystemErrno(rawValue: CInt(truncatingIfNeeded: 0 &- answer))) }
      if capacity > 0 { return bytes }
      // The first round asks how long it is.
      capacity = max(answer, 1)
    }
  }

  private func failure(_ type: RouteRequest, _ subject: String, _ errno: SystemErrno) -> NetlinkError {
    NetlinkError(error: SystemCallError(call: type.call, subject: subject, errno: errno))
  }
}

/// What a route socket is asked: `RTM_…` in `include/uapi/linux/rtnetlink.h`.
enum RouteRequest: UInt16 {
  case newLink = 16
  case deleteLink = 17
  case getLink = 18
  case setLink = 19
  case newQueueing = 36
  case deleteQueueing = 37
  case getQueueing = 38
  case newFilter = 44
  case deleteFilter = 45
  case getFilter = 46

  /// The request as errors name it.
  var call: String {
    switch self {
    case .newLink: "netlink(RTM_NEWLINK)"
    case .deleteLink: "netlink(RTM_DELLINK)"
    case .getLink: "netlink(RTM_GETLINK)"
    case .setLink: "netlink(RTM_SETLINK)"
    case .newQueueing: "netlink(RTM_NEWQDISC)"
    case .deleteQueueing: "netlink(RTM_DELQDISC)"
    case .getQueueing: "netlink(RTM_GETQDISC)"
    case .newFilter: "netlink(RTM_NEWTFILTER)"
    case .deleteFilter: "netlink(RTM_DELTFILTER)"
    case .getFilter: "netlink(RTM_GETTFILTER)"
    }
  }
}
