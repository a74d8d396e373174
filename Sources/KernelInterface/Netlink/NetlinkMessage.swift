/// A message to or from the kernel.
///
/// Format: `struct nlmsghdr` in `include/uapi/linux/netlink.h`.
struct NetlinkMessage: Hashable {
  /// What the sender wants, or how an answer is made.
  struct Flags: OptionSet, Hashable {
    var rawValue: UInt16

    /// `NLM_F_REQUEST`.
    static let request = Self(rawValue: 1)
    /// `NLM_F_ACK`.
    static let acknowledge = Self(rawValue: 4)
    /// `NLM_F_ECHO`: what was made is told as it is told to those who listen.
    static let echo = Self(rawValue: 8)
    /// `NLM_F_DUMP_INTR`: something changed while the answer was written.
    static let dumpInterrupted = Self(rawValue: 0x10)
    /// `NLM_F_REPLACE`, in requests that make something.
    static let replace = Self(rawValue: 0x100)
    /// `NLM_F_EXCL`, in requests that make something.
    static let exclusive = Self(rawValue: 0x200)
    /// `NLM_F_CREATE`, in requests that make something.
    static let create = Self(rawValue: 0x400)
    /// `NLM_F_DUMP`, in requests that ask for something.
    static let dump = Self(rawValue: 0x300)
    /// `NLM_F_CAPPED`, in acknowledgements: the request is not quoted but for its header.
    static let capped = Self(rawValue: 0x100)
    /// `NLM_F_ACK_TLVS`, in acknowledgements: attributes follow.
    static let explained = Self(rawValue: 0x200)
  }

  /// `NLMSG_ERROR`, which is also an acknowledgement.
  static let error: UInt16 = 2
  /// `NLMSG_DONE`.
  static let done: UInt16 = 3
  /// `NLMSG_OVERRUN`.
  static let overrun: UInt16 = 4
  /// Bytes of a header.
  static let headerSize = 16

  var type: UInt16
  var flags: Flags
  var sequence: UInt32 = 0
  var payload: [UInt8]

  init(type: UInt16, flags: Flags = [], sequence: UInt32 = 0, payload: [UInt8]) {
    self.type = type
    self.flags = flags
    self.sequence = sequence
    self.payload = payload
  }

  /// The message as it is sent.
  func encoded() -> [UInt8] {
    var writer = NetlinkWriter()
    writer.append(UInt32(clamping: payload.count + Self.headerSize))
    writer.append(type)
    writer.append(flags.rawValue)
    writer.append(sequence)
    writer.append(UInt32(0))  // nlmsg_pid: the kernel knows who sends
    return writer.bytes + payload
  }

  /// The messages of one datagram; nil when a header says a length that it cannot have.
  static func messages(in datagram: [UInt8]) -> [NetlinkMessage]? {
    var messages: [NetlinkMessage] = []
    var rest = datagram[...]
    while !rest.isEmpty {
      let length = Int(rest.number(UInt32.self, at: 0))
      guard rest.count >= headerSize, length >= headerSize, length <= rest.count else { return nil }
      messages.append(
        NetlinkMessage(
          type: rest.number(UInt16.self, at: 4), flags: Flags(rawValue: rest.number(UInt16.self, at: 6)),
          sequence: rest.number(UInt32.self, at: 8), payload: Array(rest.prefix(length).dropFirst(headerSize))))
      rest = rest.dropFirst((length + 3) & ~3)
    }
    return messages
  }
}
