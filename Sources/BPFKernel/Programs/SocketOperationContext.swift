/// What happens to a TCP socket of a control group: `sockops` programs.
@frozen
public struct SocketOperationContext: ProgramContext {
  /// The fields of `struct bpf_sock_ops` of `include/uapi/linux/bpf.h` up to the ports.
  @frozen
  public struct Record: BitwiseCopyable {
    /// What happens, as in `BPF_SOCK_OPS_…`.
    public var operation: UInt32
    /// The first is also the reply.
    public var arguments: InlineArray<4, UInt32>
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

    /// All fields 0, as in a test.
    @_alwaysEmitIntoClient
    public init() {
      operation = 0
      arguments = .init(repeating: 0)
      family = 0
      remoteIPv4 = 0
      localIPv4 = 0
      remoteIPv6 = .init(repeating: 0)
      localIPv6 = .init(repeating: 0)
      remotePort = 0
      localPort = 0
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
