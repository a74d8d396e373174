/// A packet for which the kernel looks for a socket: `sk_lookup` programs.
@frozen
public struct SocketLookupContext: ProgramContext {
  /// `struct bpf_sk_lookup` of `include/uapi/linux/bpf.h`.
  @frozen
  public struct Record: BitwiseCopyable {
    /// The socket that was chosen, also a cookie.
    public var socket: UInt64
    /// The family, as in `AF_INET`.
    public var family: UInt32
    /// The protocol, as in `IPPROTO_TCP`.
    public var transport: UInt32
    /// The address of the other side, in network order.
    public var remoteIPv4: UInt32
    /// The address of the other side, in network order.
    public var remoteIPv6: InlineArray<4, UInt32>
    /// In network order.
    public var remotePort: UInt16
    /// Nothing.
    public var padding: UInt16
    /// The address of this side, in network order.
    public var localIPv4: UInt32
    /// The address of this side, in network order.
    public var localIPv6: InlineArray<4, UInt32>
    /// In host order.
    public var localPort: UInt32
    /// The interface at which it came.
    public var ingressInterface: UInt32

    /// All fields 0, as in a test.
    @_alwaysEmitIntoClient
    public init() {
      socket = 0
      family = 0
      transport = 0
      remoteIPv4 = 0
      remoteIPv6 = .init(repeating: 0)
      remotePort = 0
      padding = 0
      localIPv4 = 0
      localIPv6 = .init(repeating: 0)
      localPort = 0
      ingressInterface = 0
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
