/// A sample of a performance event: `perf_event` programs.
@frozen
public struct PerfEventContext: ProgramContext {
  /// `struct bpf_perf_event_data` of `include/uapi/linux/bpf_perf_event.h`.
  @frozen
  public struct Record: BitwiseCopyable {
    /// The registers when the event came.
    public var registers: Registers
    /// How many events stand for one sample.
    public var period: UInt64
    /// The address that the event is about, where it has one.
    public var address: UInt64

    /// A record of a test.
    @_alwaysEmitIntoClient
    public init(registers: Registers = Registers(), period: UInt64 = 1, address: UInt64 = 0) {
      self.registers = registers
      self.period = period
      self.address = address
    }
  }

  /// What the kernel says.
  public let record: UnsafePointer<Record>

  /// The record is at `record`, as in a test.
  @_alwaysEmitIntoClient @_transparent
  public init(_ record: UnsafePointer<Record>) { self.record = record }

  /// The pointer, as helpers take it.
  @_alwaysEmitIntoClient public var rawContext: UnsafeMutableRawPointer {
    @_transparent get { UnsafeMutableRawPointer(mutating: record) }
  }

  /// Where the CPU was.
  @_alwaysEmitIntoClient public var instructionPointer: UInt {
    @_transparent get { record.pointee.registers.instructionPointer }
  }
}
