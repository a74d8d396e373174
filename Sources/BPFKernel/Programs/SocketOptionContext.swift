/// An option of a socket that a process reads or sets: `cgroup/getsockopt` and `cgroup/setsockopt` programs.
@frozen
public struct SocketOptionContext: ProgramContext {
  /// `struct bpf_sockopt` of `include/uapi/linux/bpf.h`.
  @frozen
  public struct Record: BitwiseCopyable {
    /// The socket, `struct bpf_sock *`.
    public var socket: UInt64
    /// Where the value starts.
    public var value: UInt64
    /// Where the value ends.
    public var valueEnd: UInt64
    /// The level of the option, as in `SOL_SOCKET`.
    public var level: Int32
    /// The option, as in `SO_REUSEADDR`.
    public var option: Int32
    /// How many bytes there are.
    public var length: Int32
    /// The result.
    public var result: Int32

    /// All fields 0, as in a test.
    @_alwaysEmitIntoClient
    public init() {
      socket = 0
      value = 0
      valueEnd = 0
      level = 0
      option = 0
      length = 0
      result = 0
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
