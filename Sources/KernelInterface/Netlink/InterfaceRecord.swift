internal import LinuxSystem

/// An interface as the kernel describes it, with the XDP programs on it.
///
/// Format: `struct ifinfomsg` in `include/uapi/linux/rtnetlink.h` and `IFLA_…` in `if_link.h`.
public struct InterfaceRecord: Hashable, Sendable {
  /// Its number in its network.
  public var index: UInt32
  /// Its name.
  public var name: String
  /// The bytes that a packet may have.
  public var maximumTransmissionUnit: UInt32
  /// Whether it is up (`IFF_UP`).
  public var isUp: Bool
  /// The XDP programs on it.
  public var xdp: XDPRecord
}

/// Where in a packet's way an XDP program runs.
public enum XDPMode: UInt8, CaseIterable, Sendable {
  /// In the driver (`XDP_ATTACHED_DRV`).
  case native = 1
  /// In the network stack, with any driver (`XDP_ATTACHED_SKB`).
  case generic = 2
  /// On the card (`XDP_ATTACHED_HW`).
  case offloaded = 3
}

/// The XDP programs of an interface: `IFLA_XDP`.
public struct XDPRecord: Hashable, Sendable {
  /// The program's number by mode.
  public var programs: [XDPMode: UInt32]

  /// Programs by mode.
  public init(programs: [XDPMode: UInt32] = [:]) { self.programs = programs }
}

/// How `RTM_SETLINK` puts an XDP program on an interface: `XDP_FLAGS_…` in `include/uapi/linux/if_link.h`.
public struct XDPFlags: OptionSet, Hashable, Sendable {
  /// The bits.
  public var rawValue: UInt32
  /// Any bits.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// `XDP_FLAGS_UPDATE_IF_NOEXIST`: only when there is no program yet.
  public static let onlyNew = Self(rawValue: 1)
  /// `XDP_FLAGS_SKB_MODE`.
  public static let generic = Self(rawValue: 2)
  /// `XDP_FLAGS_DRV_MODE`.
  public static let native = Self(rawValue: 4)
  /// `XDP_FLAGS_HW_MODE`.
  public static let offloaded = Self(rawValue: 8)
  /// `XDP_FLAGS_REPLACE`: only when the program is the expected one (Linux 5.7).
  public static let replace = Self(rawValue: 16)

  /// The flag of a mode; none for nil, which lets the kernel choose.
  public init(_ mode: XDPMode?) {
    switch mode {
    case .native: self = .native
    case .generic: self = .generic
    case .offloaded: self = .offloaded
    case nil: self = []
    }
  }
}

extension InterfaceRecord {
  init(_ message: NetlinkMessage) throws(NetlinkAttributes.Malformation) {
    let payload = message.payload[...]
    let attributes = try NetlinkAttributes(payload.dropFirst(16))
    var programs: [XDPMode: UInt32] = [:]
    if let xdp = try attributes.nested(43) {  // IFLA_XDP
      // IFLA_XDP_DRV_PROG_ID, _SKB_PROG_ID, _HW_PROG_ID, which are all there when several modes are used.
      for (mode, type) in [(XDPMode.native, 5), (.generic, 6), (.offloaded, 7)] as [(XDPMode, UInt16)] {
        programs[mode] = try xdp.number(type)
      }
      // IFLA_XDP_ATTACHED and IFLA_XDP_PROG_ID, which are all that kernels before 4.19 tell.
      if programs.isEmpty, let mode = try XDPMode(rawValue: xdp.number(2) ?? 0) {
        programs[mode] = try xdp.number(4)
      }
    }
    self.init(
      index: payload.number(UInt32.self, at: 4), name: attributes.text(3) ?? "",  // IFLA_IFNAME
      maximumTransmissionUnit: try attributes.number(4) ?? 0,  // IFLA_MTU
      isUp: payload.number(UInt32.self, at: 8) & 1 != 0, xdp: XDPRecord(programs: programs))
  }
}

extension RouteSocket {
  /// `struct ifinfomsg`, which every request about an interface begins with.
  static func interfaceRequest(
    index: UInt32 = 0, flags: UInt32 = 0, change: UInt32 = 0, _ body: (inout NetlinkWriter) -> Void = { _ in }
  ) -> [UInt8] {
    var writer = NetlinkWriter()
    writer.append(UInt32(0))  // ifi_family: AF_UNSPEC, and ifi_type
    writer.append(index)
    writer.append(flags)
    writer.append(change)
    body(&writer)
    return writer.bytes
  }

  /// The interface with a number.
  ///
  /// - Throws: `ENODEV` when there is none.
  public borrowing func interface(index: UInt32) throws(NetlinkError) -> InterfaceRecord {
    let subject = "interface \(index)"
    guard index > 0 else { throw Self.failure(subject, .noSuchDevice) }
    return try interface(Self.interfaceRequest(index: index), subject)
  }

  /// The interface of a name, which may also be one of its longer, alternative names (Linux 5.5).
  ///
  /// - Throws: `ENODEV` when there is none.
  public borrowing func interface(named name: String) throws(NetlinkError) -> InterfaceRecord {
    // IFNAMSIZ and ALTIFNAMSIZ less the NUL.
    guard !name.isEmpty, name.utf8.count <= 127, !name.utf8.contains(0) else {
      throw Self.failure(name, .noSuchDevice)
    }
    let payload = Self.interfaceRequest { $0.append(name.utf8.count <= 15 ? 3 : 53, name) }  // IFLA_IFNAME, _ALT_IFNAME
    return try interface(payload, name)
  }

  private borrowing func interface(_ payload: [UInt8], _ subject: String) throws(NetlinkError) -> InterfaceRecord {
    let answers = try exchange(.getLink, payload, subject: subject)
    guard let answer = answers.first(where: { $0.type == RouteRequest.newLink.rawValue }) else {
      throw Self.failure(subject, .noSuchDevice)
    }
    return try Self.understand(subject) { () throws(NetlinkAttributes.Malformation) in try InterfaceRecord(answer) }
  }

  /// All interfaces of the network, in the order of their numbers.
  public borrowing func interfaces() throws(NetlinkError) -> [InterfaceRecord] {
    var records: [InterfaceRecord] = []
    for answer in try dump(.getLink, Self.interfaceRequest(), subject: "interfaces")
    where answer.type == RouteRequest.newLink.rawValue {
      records.append(
        try Self.understand("interfaces") { () throws(NetlinkAttributes.Malformation) in try InterfaceRecord(answer) })
    }
    return records.sorted { $0.index < $1.index }
  }

  /// Puts an XDP program on an interface, or takes it off (nil).
  ///
  /// - Parameter expected: the program that must be there, with ``XDPFlags/replace``; -1 for none.
  /// - Throws: `EBUSY` when another program is there and ``XDPFlags/onlyNew`` is asked for, or a link holds the place;
  ///   `EEXIST` when it is not the expected one, or a program runs in another mode; `EOPNOTSUPP` when the driver
  ///   has no such mode.
  public borrowing func setXDP(
    _ program: CInt?, interface index: UInt32, _ flags: XDPFlags, expected: CInt? = nil, subject: String
  ) throws(NetlinkError) {
    let payload = Self.interfaceRequest(index: index) { writer in
      writer.appendNested(43) { xdp in  // IFLA_XDP
        xdp.append(1, program ?? -1)  // IFLA_XDP_FD
        if !flags.isEmpty { xdp.append(3, flags.rawValue) }  // IFLA_XDP_FLAGS
        if let expected { xdp.append(8, expected) }  // IFLA_XDP_EXPECTED_FD
      }
    }
    try exchange(.setLink, payload, subject: subject)
  }

  static func failure(_ subject: String, _ errno: SystemErrno) -> NetlinkError {
    NetlinkError(error: SystemCallError(call: RouteRequest.getLink.call, subject: subject, errno: errno))
  }

  /// Runs what takes an answer apart; what the kernel cannot have written is `EBADMSG`.
  static func understand<R>(
    _ subject: String, _ body: () throws(NetlinkAttributes.Malformation) -> R
  ) throws(NetlinkError) -> R {
    do throws(NetlinkAttributes.Malformation) { return try body() } catch {
      throw NetlinkError(
        error: SystemCallError(call: "recv(AF_NETLINK)", subject: subject, errno: .badMessage),
        message: "\(error)")
    }
  }
}
