#if !hasFeature(Embedded)
  /// A kernel for tests: it keeps the maps of kernel programs, and answers the helpers that they call.
  ///
  ///     let kernel = SimulatedKernel()
  ///     kernel.process = 42
  ///     kernel.run { called(SystemCallEnterContext(&record)) }
  ///     #expect(kernel.value(in: calls, for: 42) == 1)
  ///
  /// Each kernel has contents of its own for every map, so tests that run at the same time do not meet. One kernel is for
  /// one thread. A helper that it does not know stops the test and says so; ``answers`` teaches it.
  public final class SimulatedKernel: @unchecked Sendable {
    /// What a helper is called with, as 64-bit words, and what it answers.
    public typealias Answer = (_ kernel: SimulatedKernel, _ arguments: [UInt64]) -> UInt64

    @TaskLocal private static var chosen: SimulatedKernel?
    private static let shared = SimulatedKernel()

    /// The kernel whose ``run(_:)`` is under way, else one that all share.
    public static var current: SimulatedKernel { chosen ?? shared }

    /// The process that runs.
    public var process: UInt32 = 1000
    /// The thread that runs; nil for the process's first.
    public var thread: UInt32?
    /// The user of the process.
    public var user: UInt32 = 0
    /// The group of the process.
    public var group: UInt32 = 0
    /// The name of the program that runs; cut to 15 bytes, as the kernel does.
    public var command = "test"
    /// The number of the process's control group.
    public var cgroup: UInt64 = 1
    /// The CPU that runs the program.
    public var cpu: UInt32 = 0
    /// The time of all clocks, in nanoseconds.
    public var time: UInt64 = 1_000_000_000
    /// The address of the present task's `task_struct`, which a test declares and fills.
    public var currentTask: UnsafeMutableRawPointer?
    /// The number that was given when the program was attached.
    public var attachCookie: UInt64 = 0
    /// What `bpf_get_prandom_u32` answers, over and over.
    public var randomNumbers: [UInt32] = [4]
    /// Answers to helpers by their number, before the kernel's own.
    public var answers: [Int: Answer] = [:]
    /// Functions of the kernel by their names, before the kernel's own; what is here and there a program finds to exist.
    public var functions: [String: Answer] = [:]

    /// What was printed to the trace pipe, line by line.
    public internal(set) var traceOutput: [String] = []
    /// The slots to which programs wanted to go on.
    ///
    /// All are empty here, so `tailCall` comes back.
    public internal(set) var tailCalls: [UInt32] = []
    /// The signals that programs sent to their process.
    public internal(set) var signals: [UInt32] = []
    /// What an iterator wrote.
    public internal(set) var iteratorOutput = ""
    /// Where packets were sent, by interface or by slot of a map.
    public internal(set) var redirections: [UInt64] = []

    var maps: [UInt: SimulatedMap] = [:]
    var timers: [UInt: SimulatedTimer] = [:]
    var constants: [UInt: UnsafeMutableRawPointer] = [:]
    var packet: UnsafeRawBufferPointer?
    var randomIndex = 0

    /// A kernel whose maps are empty.
    public init() {}

    deinit { for memory in constants.values { memory.deallocate() } }

    /// Runs a kernel program, or several, in this kernel.
    public func run<R>(_ body: () throws -> R) rethrows -> R { try Self.$chosen.withValue(self, operation: body) }

    /// Lets time pass and calls the timers that end in it.
    public func advance(nanoseconds: UInt64) {
      let end = time &+ nanoseconds
      while let (address, timer) = timers.filter({ $0.value.end.map { $0 <= end } ?? false })
        .min(by: { ($0.value.end ?? 0) < ($1.value.end ?? 0) })
      {
        time = timer.end ?? end
        timers[address]?.end = nil
        run { timer.call(address) }
      }
      time = end
    }

    func map(at address: UInt64) -> SimulatedMap {
      let key = UInt(truncatingIfNeeded: address)
      if let map = maps[key] { return map }
      guard let definition = UnsafePointer<MapDefinition>(bitPattern: key) else {
        preconditionFailure("a helper was called with no map")
      }
      let map = SimulatedMap(definition.pointee)
      maps[key] = map
      return map
    }
  }
#endif
