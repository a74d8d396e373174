public import LinuxSystem

/// What a program is run on once, without being attached.
public struct TestRun: Hashable, Sendable {
  /// `test.flags`.
  public struct Flags: OptionSet, Hashable, Sendable {
    /// The bits.
    public var rawValue: UInt32
    /// Any bits.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// `BPF_F_TEST_RUN_ON_CPU`; set when ``TestRun/cpu`` is.
    ///
    /// Linux 5.10.
    public static let onCPU = Self(rawValue: 1 << 0)
    /// `BPF_F_TEST_XDP_LIVE_FRAMES`: what the program answers is done with real packets; they do not come back.
    ///
    /// Linux 5.18.
    public static let liveFrames = Self(rawValue: 1 << 1)
    /// `BPF_F_TEST_SKB_CHECKSUM_COMPLETE`.
    ///
    /// Linux 6.18.
    public static let completeChecksum = Self(rawValue: 1 << 2)
  }

  /// The program's context, as the program type has it: for a raw tracepoint its arguments, 8 bytes each; for a syscall
  /// program any bytes.
  public var context: [UInt8]
  /// A packet, for the program types that take one.
  public var data: [UInt8]
  /// How often to run; not for raw tracepoints, which run once.
  public var repetitions: UInt32
  /// The CPU to run on, for raw tracepoints.
  public var cpu: UInt32?
  /// How it is run.
  public var flags: Flags = []
  /// With ``Flags/liveFrames``, how many packets are made at once; 0 for 64.
  public var batchSize: UInt32 = 0
  /// How many bytes of the context afterwards are asked for.
  ///
  /// Programs for packets and system calls give it back; other types refuse the question.
  public var contextCapacity = 0
  /// How many bytes of the packet afterwards are asked for; nil for 512 more than were given.
  public var dataCapacity: Int?

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
  /// The context afterwards; empty where the program type does not give it back.
  public var context: [UInt8] = []
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
    attribute.set(run.flags.union(run.cpu == nil ? [] : .onCPU).rawValue, at: 64)  // test.flags
    attribute.set(run.cpu ?? 0, at: 68)  // test.cpu
    attribute.set(run.batchSize, at: 72)  // test.batch_size
    // A program may make a packet longer. Live packets do not come back, and their kernel side refuses a place for them.
    let automatic = run.data.isEmpty || run.flags.contains(.liveFrames) ? 0 : run.data.count + 512
    var output = [UInt8](repeating: 0, count: max(0, run.dataCapacity ?? automatic))
    var contextOutput = [UInt8](repeating: 0, count: max(0, run.contextCapacity))
    let answer = program.withNumber { number in
      attribute.set(number, at: 0)  // test.prog_fd
      return run.context.withUnsafeBytes { context in
        run.data.withUnsafeBytes { data in
          output.withUnsafeMutableBytes { output in
            contextOutput.withUnsafeMutableBytes { contextOutput in
              if !data.isEmpty { attribute.set(data.baseAddress, at: 16) }  // test.data_in
              if !output.isEmpty {
                attribute.set(UInt32(clamping: output.count), at: 12)  // test.data_size_out
                attribute.set(UnsafeRawPointer(output.baseAddress), at: 24)  // test.data_out
              }
              if !context.isEmpty { attribute.set(context.baseAddress, at: 48) }  // test.ctx_in
              if !contextOutput.isEmpty {
                attribute.set(UInt32(clamping: contextOutput.count), at: 44)  // test.ctx_size_out
                attribute.set(UnsafeRawPointer(contextOutput.baseAddress), at: 56)  // test.ctx_out
              }
              return bpf(.programTestRun, &attribute)
            }
          }
        }
      }
    }
    try SystemCallError.check(answer, "bpf(BPF_PROG_TEST_RUN)", on: "program")
    return TestRunResult(
      returnValue: attribute.get(UInt32.self, at: 4), nanoseconds: attribute.get(UInt32.self, at: 36),
      data: Array(output.prefix(Int(attribute.get(UInt32.self, at: 12)))),
      context: Array(contextOutput.prefix(Int(attribute.get(UInt32.self, at: 44)))))
  }
}
