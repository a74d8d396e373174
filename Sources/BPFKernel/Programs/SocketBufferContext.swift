/// A packet in the kernel: tc, tcx, cgroup, socket filter and lightweight tunnel programs.
@frozen
public struct SocketBufferContext: ProgramContext {
  /// `struct __sk_buff` of `include/uapi/linux/bpf.h`.
  @frozen
  public struct Record: BitwiseCopyable {
    /// How many bytes there are.
    public var length: UInt32
    /// Whom it is for, as in `PACKET_HOST`.
    public var packetType: UInt32
    /// The mark on its packets.
    public var mark: UInt32
    /// The queue at which it leaves.
    public var queueMapping: UInt32
    /// The type of the frame, in network order.
    public var linkProtocol: UInt32
    /// 1 when it has a VLAN tag.
    public var vlanPresent: UInt32
    /// The VLAN tag.
    public var vlanTag: UInt32
    /// The type of the VLAN tag.
    public var vlanProtocol: UInt32
    /// The priority of its packets.
    public var priority: UInt32
    /// The interface at which it came.
    public var ingressInterface: UInt32
    /// The interface at which it is.
    public var interface: UInt32
    /// The index for traffic control.
    public var trafficClassIndex: UInt32
    /// Five words for programs of traffic control to pass on.
    public var control: InlineArray<5, UInt32>
    /// The hash of its flow.
    public var hash: UInt32
    /// The class for traffic control.
    public var trafficClassID: UInt32
    /// Where the bytes start that may be read directly.
    public var data: PacketAddress
    /// Where the bytes end that may be read directly.
    public var dataEnd: PacketAddress
    /// The receive queue, for busy polling.
    public var napiID: UInt32
    /// The family, as in `AF_INET`.
    public var family: UInt32
    /// The address of the other side, in network order.
    public var remoteIPv4: UInt32
    /// The address of this side, in network order.
    public var localIPv4: UInt32
    /// The address of the other side, in network order.
    public var remoteIPv6: InlineArray<4, UInt32>
    /// The address of this side, in network order.
    public var localIPv6: InlineArray<4, UInt32>
    /// The port of the other side.
    public var remotePort: UInt32
    /// The port of this side.
    public var localPort: UInt32
    /// Where the notes in front of the packet start.
    public var dataMeta: PacketAddress
    /// What a flow dissector found, `struct bpf_flow_keys *`.
    public var flowKeys: UInt64
    /// When it is to leave, or came.
    public var timestamp: UInt64
    /// How many bytes it has on the wire.
    public var wireLength: UInt32
    /// Into how many segments it is cut.
    public var segmentCount: UInt32
    /// The socket, `struct bpf_sock *`.
    public var socket: UInt64
    /// How many bytes a segment has.
    public var segmentSize: UInt32
    /// Which clock its time is of.
    public var timestampType: UInt8
    /// Nothing.
    public var padding: InlineArray<3, UInt8>
    /// When the card saw it.
    public var hardwareTimestamp: UInt64

    /// The record of a packet in a test.
    @_alwaysEmitIntoClient
    public init(data: PacketAddress, dataEnd: PacketAddress, interface: UInt32 = 1) {
      length = UInt32(truncatingIfNeeded: dataEnd &- data)
      packetType = 0
      mark = 0
      queueMapping = 0
      linkProtocol = 0
      vlanPresent = 0
      vlanTag = 0
      vlanProtocol = 0
      priority = 0
      ingressInterface = 0
      self.interface = interface
      trafficClassIndex = 0
      control = .init(repeating: 0)
      hash = 0
      trafficClassID = 0
      self.data = data
      self.dataEnd = dataEnd
      napiID = 0
      family = 0
      remoteIPv4 = 0
      localIPv4 = 0
      remoteIPv6 = .init(repeating: 0)
      localIPv6 = .init(repeating: 0)
      remotePort = 0
      localPort = 0
      dataMeta = data
      flowKeys = 0
      timestamp = 0
      wireLength = 0
      segmentCount = 0
      socket = 0
      segmentSize = 0
      timestampType = 0
      padding = .init(repeating: 0)
      hardwareTimestamp = 0
    }
  }

  /// What the kernel says.
  public let record: UnsafeMutablePointer<Record>

  /// The packet that `record` describes, as in a test.
  @_alwaysEmitIntoClient @_transparent
  public init(_ record: UnsafeMutablePointer<Record>) { self.record = record }

  /// The pointer, as helpers take it.
  @_alwaysEmitIntoClient public var rawContext: UnsafeMutableRawPointer {
    @_transparent get { UnsafeMutableRawPointer(record) }
  }

  /// The bytes of the packet that lie in one piece: from the Ethernet header for tc, from the IP header for cgroups.
  @_alwaysEmitIntoClient public var packet: PacketCursor {
    @inline(__always) get { PacketCursor(UInt(record.pointee.data), UInt(record.pointee.dataEnd)) }
  }

  /// How many bytes the packet has.
  @_alwaysEmitIntoClient public var length: UInt32 { @_transparent get { record.pointee.length } }
  /// The number of the interface at which it is.
  @_alwaysEmitIntoClient public var interface: UInt32 { @_transparent get { record.pointee.interface } }
  /// The firewall's mark on it; tc programs may change it.
  @_alwaysEmitIntoClient public var mark: UInt32 {
    @_transparent get { record.pointee.mark }
    @_transparent nonmutating set { record.pointee.mark = newValue }
  }

  /// Copies `T` from `offset` bytes into the packet, wherever its bytes lie; nil when it is shorter.
  ///
  /// `bpf_skb_load_bytes`.
  @_alwaysEmitIntoClient @inline(__always)
  public func load<T: BitwiseCopyable>(_ type: T.Type = T.self, at offset: UInt32) -> T? {
    filled { bpf_skb_load_bytes(rawContext, offset, $0, UInt32(truncatingIfNeeded: MemoryLayout<T>.size)) }
  }
}

/// What becomes of a packet in traffic control: `TC_ACT_…` of `include/uapi/linux/pkt_cls.h`; tcx knows the same numbers.
@frozen
public struct TrafficAction: RawRepresentable, Equatable, Sendable {
  /// The number.
  public var rawValue: Int32
  /// What that number stands for.
  @_alwaysEmitIntoClient @_transparent public init(rawValue: Int32) { self.rawValue = rawValue }

  /// `TC_ACT_UNSPEC`, `TCX_NEXT`: the next program decides.
  @_alwaysEmitIntoClient public static var next: Self { @_transparent get { Self(rawValue: -1) } }
  /// `TC_ACT_OK`, `TCX_PASS`: goes on, and no other program is asked.
  @_alwaysEmitIntoClient public static var pass: Self { @_transparent get { Self(rawValue: 0) } }
  /// `TC_ACT_SHOT`, `TCX_DROP`: dropped.
  @_alwaysEmitIntoClient public static var drop: Self { @_transparent get { Self(rawValue: 2) } }
  /// `TC_ACT_REDIRECT`, `TCX_REDIRECT`: goes where a redirect said.
  @_alwaysEmitIntoClient public static var redirect: Self { @_transparent get { Self(rawValue: 7) } }
}

/// Whether a control group's packet, socket, call or device access is allowed.
@frozen
public struct CgroupVerdict: RawRepresentable, Equatable, Sendable {
  /// The number.
  public var rawValue: Int32
  /// What that number stands for.
  @_alwaysEmitIntoClient @_transparent public init(rawValue: Int32) { self.rawValue = rawValue }

  /// Refused: a call fails with `EPERM`, a packet is dropped.
  ///
  /// A failed check ends so.
  @_alwaysEmitIntoClient public static var refuse: Self { @_transparent get { Self(rawValue: 0) } }
  /// Allowed.
  @_alwaysEmitIntoClient public static var allow: Self { @_transparent get { Self(rawValue: 1) } }
}

/// What becomes of data of a socket: `enum sk_action`.
@frozen
public struct SocketVerdict: RawRepresentable, Equatable, Sendable {
  /// The number.
  public var rawValue: Int32
  /// What that number stands for.
  @_alwaysEmitIntoClient @_transparent public init(rawValue: Int32) { self.rawValue = rawValue }

  /// `SK_DROP`: dropped.
  ///
  /// A failed check ends so.
  @_alwaysEmitIntoClient public static var drop: Self { @_transparent get { Self(rawValue: 0) } }
  /// `SK_PASS`: goes on.
  @_alwaysEmitIntoClient public static var pass: Self { @_transparent get { Self(rawValue: 1) } }
}
