/// Data that a process sends through a socket of a map: `sk_msg` programs.
@frozen
public struct MessageContext: ProgramContext {
  /// `struct sk_msg_md` of `include/uapi/linux/bpf.h`.
  @frozen
  public struct Record: BitwiseCopyable {
    /// Where the bytes start that may be read directly.
    public var data: UInt64
    /// Where the bytes end that may be read directly.
    public var dataEnd: UInt64
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
    /// In network order.
    public var remotePort: UInt32
    /// In host order.
    public var localPort: UInt32
    /// How many bytes the message has.
    public var size: UInt32
    /// The socket, `struct bpf_sock *`.
    public var socket: UInt64

    /// All fields 0, as in a test.
    @_alwaysEmitIntoClient
    public init() {
      data = 0
      dataEnd = 0
      family = 0
      remoteIPv4 = 0
      localIPv4 = 0
      remoteIPv6 = .init(repeating: 0)
      localIPv6 = .init(repeating: 0)
      remotePort = 0
      localPort = 0
      size = 0
      socket = 0
    }
  }

  /// What the kernel says.
  public let record: UnsafeMutablePointer<Record>

  /// The record is at `record`, as in a test.
  @_alwaysEmitIntoClient @_transparent
  public init(_ record: UnsafeMutablePointer<Record>) { self.record = record }

  /// The pointer, as helpers take it.
  @_alwaysEmitIntoClient public var rawContext: UnsafeMutableRawPointer {
    @_transparent get { UnsafeMutableRawPointer(record) }
  }

  /// The bytes of the message that lie in one piece.
  @_alwaysEmitIntoClient public var data: PacketCursor {
    @inline(__always) get {
      PacketCursor(UInt(truncatingIfNeeded: record.pointee.data), UInt(truncatingIfNeeded: record.pointee.dataEnd))
    }
  }
}
