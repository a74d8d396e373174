public import KernelInterface
internal import LinuxSystem

/// Counting of runs and run time of all programs, which lasts as long as this value.
///
///     let statistics = try RunStatistics()
///     …
///     let info = try program.info()
///     print(info.runCount, info.runTime)    // nanoseconds
///
/// It costs every program of the machine some 20 ns per run. *First kernel*: 5.8.
public struct RunStatistics: ~Copyable, Sendable {
  private let descriptor: OwnedDescriptor

  /// Switches the counting on, for everybody; it goes on while anybody wants it.
  ///
  /// - Throws: ``BPFError/systemCall(_:)``: `EPERM` without CAP_SYS_ADMIN, `EINVAL` on an older kernel.
  public init(kernel: any KernelCalls = LiveKernel()) throws(BPFError) {
    do throws(SystemCallError) { descriptor = try kernel.enableRunStatistics() } catch { throw .systemCall(error) }
  }
}
