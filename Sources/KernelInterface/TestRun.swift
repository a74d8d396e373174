public import LinuxSystem

/// What a program is run on once, without being attached.
public struct TestRun: Hashable, Sendable {
  /// The program's context: for a raw tracepoint its arguments, 8 bytes each.
  public var context: [UInt8]
  /// A packet, for the program types that take one.
  public var data: [UInt8]
  /// How often to run; not for raw tracepoints, which run once.
  public var repetitions: UInt32
  /// The CPU to run on, for raw tracepoints.
  public var cpu: UInt32?

  /// One run on this CPU unless told.
  public init(context: [UInt8] = [], data: [UInt8] = [], repetitions: UInt32 = 0, cpu: UInt32? = nil) {
    self.context = context
    self.data = data
    self.repetitions = repetitions
    self.cpu = cpu
  }
}

/// What a test run gave.
public struct TestRunResult: Hashable, Sendable {
  /// The program's answer.
  public var returnValue: UInt32
  /// The mean time of one run; 0 where the program type does not measure it.
  public var nanoseconds: UInt32
  /// The packet afterwards.
  public var data: [UInt8]
}

extension KernelCalls {
  /// Runs a program (`BPF_PROG_TEST_RUN`).
  ///
  /// Raw tracepoint programs: Linux 5.10.
  ///
  /// - Throws: `ENOTSUPP` (before 5.11 `EINVAL`) for a program type that cannot be run so; `EINVAL` for a context that
  ///   is too small.
  @discardableResult
  public func testRun(
    _ program: borrowing OwnedDescriptor, _ run: TestRun = TestRun()
  ) throws(SystemCallError) -> TestRunResult {
    var attribute = BPFAttribute()
    attribute.set(UInt32(clamping: run.data.count), at: 8)  // test.data_size_in
    attribute.set(run.repetitions, at: 32)  // test.repeat
    attribute.set(UInt32(clamping: run.context.count), at: 40)  // test.ctx_size_in
    if let cpu = run.cpu {
      attribute.set(UInt32(1), at: 64)  // test.flags: BPF_F_TEST_RUN_ON_CPU
      attribute.set(cpu, at: 68)  // test.cpu
    }
    // A program may make a packet longer.
    var output = [UInt8](repeating: 0, count: run.data.isEmpty ? 0 : run.data.count + 512)
    let answer = program.withNumber { number in
      attribute.set(number, at: 0)  // test.prog_fd
      return run.context.withUnsafeBytes { context in
        run.data.withUnsafeBytes { data in
          output.withUnsafeMutableBytes { output in
            if !data.isEmpty {
              attribute.set(data.baseAddress, at: 16)  // test.data_in
              attribute.set(UInt32(clamping: output.count), at: 12)  // test.data_size_out
              attribute.set(UnsafeRawPointer(output.baseAddress), at: 24)  // test.data_out
            }
            if !context.isEmpty { attribute.set(context.baseAddress, at: 48) }  // test.ctx_in
            return bpf(.programTestRun, &attribute)
          }
        }
      }
    }
    try SystemCallError.check(answer, "bpf(BPF_PROG_TEST_RUN)", on: "program")
    let length = Int(attribute.get(UInt32.self, at: 12))
    return TestRunResult(
      returnValue: attribute.get(UInt32.self, at: 4), nanoseconds: attribute.get(UInt32.self, at: 36),
      data: Array(output.prefix(length)))
  }
}
