/// A packet that a network card has received, before the kernel has looked at it.
@frozen
public struct XDPContext: ProgramContext {
  /// `struct xdp_md` of `include/uapi/linux/bpf.h`.
  @frozen
  public struct Record: BitwiseCopyable {
    /// Where the bytes start that may be read directly.
    public var data: PacketAddress
    /// Where the bytes end that may be read directly.
    public var dataEnd: PacketAddress
    /// Where the notes in front of the packet start.
    public var dataMeta: PacketAddress
    /// The interface at which it came.
    public var ingressInterface: UInt32
    /// The receive queue at which it came, or which a socket had.
    public var receiveQueue: UInt32
    /// The interface at which it leaves, where it is known.
    public var egressInterface: UInt32

    /// The record of a packet in a test.
    @_alwaysEmitIntoClient
    public init(data: PacketAddress, dataEnd: PacketAddress, interface: UInt32 = 1, queue: UInt32 = 0) {
      self.data = data
      self.dataEnd = dataEnd
      dataMeta = data
      ingressInterface = interface
      receiveQueue = queue
      egressInterface = 0
    }
  }

  /// What the kernel says.
  public let record: UnsafePointer<Record>

  /// The packet that `record` describes, as in a test.
  @_alwaysEmitIntoClient @_transparent
  public init(_ record: UnsafePointer<Record>) { self.record = record }

  /// The pointer, as helpers take it.
  @_alwaysEmitIntoClient public var rawContext: UnsafeMutableRawPointer {
    @_transparent get { UnsafeMutableRawPointer(mutating: record) }
  }

  /// The packet from its first byte, the Ethernet header's.
  @_alwaysEmitIntoClient public var packet: PacketCursor {
    @inline(__always) get { PacketCursor(UInt(record.pointee.data), UInt(record.pointee.dataEnd)) }
  }

  /// How many bytes the packet has; of one in several pieces, the first piece's.
  @_alwaysEmitIntoClient public var length: UInt32 {
    @_transparent get { UInt32(truncatingIfNeeded: record.pointee.dataEnd &- record.pointee.data) }
  }

  /// The number of the interface at which it came.
  @_alwaysEmitIntoClient public var interface: UInt32 { @_transparent get { record.pointee.ingressInterface } }

  /// The number of the receive queue at which it came.
  @_alwaysEmitIntoClient public var queue: UInt32 { @_transparent get { record.pointee.receiveQueue } }
}

/// What becomes of a packet: `enum xdp_action`.
@frozen
public struct XDPAction: RawRepresentable, Equatable, Sendable {
  /// The number.
  public var rawValue: Int32
  /// What that number stands for.
  @_alwaysEmitIntoClient @_transparent public init(rawValue: Int32) { self.rawValue = rawValue }

  /// `XDP_ABORTED`: dropped, as by an error; counted by the tracepoint `xdp:xdp_exception`.
  ///
  /// A failed check ends so.
  @_alwaysEmitIntoClient public static var aborted: Self { @_transparent get { Self(rawValue: 0) } }
  /// `XDP_DROP`: dropped.
  @_alwaysEmitIntoClient public static var drop: Self { @_transparent get { Self(rawValue: 1) } }
  /// `XDP_PASS`: goes on to the kernel.
  @_alwaysEmitIntoClient public static var pass: Self { @_transparent get { Self(rawValue: 2) } }
  /// `XDP_TX`: goes back out of the interface at which it came.
  @_alwaysEmitIntoClient public static var transmit: Self { @_transparent get { Self(rawValue: 3) } }
  /// `XDP_REDIRECT`: goes where a redirect said.
  @_alwaysEmitIntoClient public static var redirect: Self { @_transparent get { Self(rawValue: 4) } }
}
