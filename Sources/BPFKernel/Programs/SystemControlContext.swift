/// A kernel setting that a process reads or writes: `cgroup/sysctl` programs.
@frozen
public struct SystemControlContext: ProgramContext {
  /// `struct bpf_sysctl` of `include/uapi/linux/bpf.h`.
  @frozen
  public struct Record: BitwiseCopyable {
    /// 1 when the setting is written, 0 when it is read.
    public var isWrite: UInt32
    /// Where in the file the process reads or writes.
    public var position: UInt32

    /// All fields 0, as in a test.
    @_alwaysEmitIntoClient
    public init() {
      isWrite = 0
      position = 0
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

  /// The name of the setting, as `net/ipv4/ip_forward`, cut to fit.
  ///
  /// `bpf_sysctl_get_name`.
  @_alwaysEmitIntoClient @inline(__always)
  public func name<let count: Int>(cutTo: Characters<count>.Type) -> Characters<count> {
    var name = Characters<count>(repeating: 0)
    bpf_sysctl_get_name(rawContext, &name, UInt64(truncatingIfNeeded: count), 0)
    return name
  }
}
