public import LinuxSystem

/// A request by netlink that failed.
public struct NetlinkError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The request, on what, and the error number.
  public var error: SystemCallError
  /// What the kernel said in words (an extended acknowledgement, `NLMSGERR_ATTR_MSG`, Linux 4.12); nil when it said
  /// nothing.
  public var message: String?

  /// An error from its facts.
  public init(error: SystemCallError, message: String? = nil) {
    self.error = error
    self.message = message
  }

  /// "netlink(RTM_SETLINK) lo: Device or resource busy (EBUSY): XDP program already attached".
  public var description: String { message.map { "\(error): \($0)" } ?? "\(error)" }
}

extension NetlinkError {
  /// Takes an acknowledgement apart: nil for success.
  ///
  /// Format: `struct nlmsgerr` in `include/uapi/linux/netlink.h`.
  init?(acknowledgement message: NetlinkMessage, call: String, subject: String) {
    let payload = message.payload[...]
    guard payload.count >= 4 else {
      self.init(error: SystemCallError(call: call, subject: subject, errno: .badMessage))
      return
    }
    let number = payload.number(Int32.self, at: 0)
    if number == 0 { return nil }
    var explanation = payload.dropFirst(4)
    if message.type == NetlinkMessage.error {
      let quoted = message.flags.contains(.capped) ? 16 : Int(explanation.number(UInt32.self, at: 0))
      explanation = explanation.dropFirst((quoted + 3) & ~3)
    }
    var text: String?
    if message.flags.contains(.explained), let attributes = try? NetlinkAttributes(explanation) {
      text = attributes.text(1)  // NLMSGERR_ATTR_MSG
    }
    self.init(
      error: SystemCallError(call: call, subject: subject, errno: SystemErrno(rawValue: 0 &- number)), message: text)
  }
}
