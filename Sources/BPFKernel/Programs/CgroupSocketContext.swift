/// A socket that a process makes or closes: `cgroup/sock_create` and the like.
@frozen
public struct CgroupSocketContext: ProgramContext {
  /// `struct bpf_sock` of `include/uapi/linux/bpf.h`.
  @frozen
  public struct Record: BitwiseCopyable {
    /// The interface to which it is bound, 0 for none.
    public var boundInterface: UInt32
    /// The family, as in `AF_INET`.
    public var family: UInt32
    /// The type.
    public var type: UInt32
    /// The protocol, as in `IPPROTO_TCP`.
    public var transport: UInt32
    /// The mark on its packets.
    public var mark: UInt32
    /// The priority of its packets.
    public var priority: UInt32
    /// The address of this side, in network order.
    public var sourceIPv4: UInt32
    /// The address of this side, in network order.
    public var sourceIPv6: InlineArray<4, UInt32>
    /// The port of this side, in host order.
    public var sourcePort: UInt32
    /// The port of the other side, in network order.
    public var destinationPort: UInt16
    /// Nothing.
    public var padding: UInt16
    /// The address of the other side, in network order.
    public var destinationIPv4: UInt32
    /// The address of the other side, in network order.
    public var destinationIPv6: InlineArray<4, UInt32>
    /// The state, as in `TCP_ESTABLISHED`.
    public var state: UInt32
    /// The receive queue at which it came, or which a socket had.
    public var receiveQueue: Int32

    /// All fields 0, as in a test.
    @_alwaysEmitIntoClient
    public init() {
      boundInterface = 0
      family = 0
      type = 0
      transport = 0
      mark = 0
      priority = 0
      sourceIPv4 = 0
      sourceIPv6 = .init(repeating: 0)
      sourcePort = 0
      destinationPort = 0
      padding = 0
      destinationIPv4 = 0
      destinationIPv6 = .init(repeating: 0)
      state = 0
      receiveQueue = 0
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
}
