/// A device that a process opens or makes: `cgroup/dev` programs.
@frozen
public struct DeviceContext: ProgramContext {
  /// `struct bpf_cgroup_dev_ctx` of `include/uapi/linux/bpf.h`.
  @frozen
  public struct Record: BitwiseCopyable {
    /// Kind of access in the upper half, type of device in the lower.
    public var access: UInt32
    /// The major number of the device.
    public var major: UInt32
    /// The minor number of the device.
    public var minor: UInt32

    /// All fields 0, as in a test.
    @_alwaysEmitIntoClient
    public init() {
      access = 0
      major = 0
      minor = 0
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
