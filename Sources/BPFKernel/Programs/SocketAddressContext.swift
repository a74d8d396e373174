/// An address that a process binds, connects or sends to: `cgroup/bind4`, `cgroup/connect6`, `cgroup/sendmsg4` and the like.
@frozen
public struct SocketAddressContext: ProgramContext {
  /// `struct bpf_sock_addr` of `include/uapi/linux/bpf.h`.
  @frozen
  public struct Record: BitwiseCopyable {
    /// The family of the address that the process gave.
    public var userFamily: UInt32
    /// In network order; may be changed.
    public var userIPv4: UInt32
    /// In network order; may be changed.
    public var userIPv6: InlineArray<4, UInt32>
    /// In network order; may be changed.
    public var userPort: UInt32
    /// The family, as in `AF_INET`.
    public var family: UInt32
    /// The type.
    public var type: UInt32
    /// The protocol, as in `IPPROTO_TCP`.
    public var transport: UInt32
    /// The address of this side, in network order.
    public var sourceIPv4: UInt32
    /// The address of this side, in network order.
    public var sourceIPv6: InlineArray<4, UInt32>
    /// The socket, `struct bpf_sock *`.
    public var socket: UInt64

    /// All fields 0, as in a test.
    @_alwaysEmitIntoClient
    public init() {
      userFamily = 0
      userIPv4 = 0
      userIPv6 = .init(repeating: 0)
      userPort = 0
      family = 0
      type = 0
      transport = 0
      sourceIPv4 = 0
      sourceIPv6 = .init(repeating: 0)
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
}
