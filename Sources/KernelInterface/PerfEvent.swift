public import LinuxSystem

/// Something that happens in the kernel and that a program can be attached to, as `perf_event_open(2)` sees it.
public enum PerfEvent: Hashable, Sendable {
  /// A tracepoint by the number in its `id` file.
  case tracepoint(id: UInt64)
  /// A kernel function by name and an offset in it (0 for a return probe).
  case kprobe(DynamicProbeUnit, function: String, offset: UInt64, onReturn: Bool)
  /// An address in the kernel.
  case kprobeAddress(DynamicProbeUnit, UInt64)
  /// A place in a file, with the offset of a semaphore to raise there (0 for none; Linux 4.20).
  case uprobe(DynamicProbeUnit, path: String, offset: UInt64, referenceCounter: UInt64, onReturn: Bool)
  /// Something that the kernel counts.
  case software(SoftwareEvent, PerfSampling)
  /// Something that the processor counts.
  case hardware(HardwareEvent, PerfSampling)
  /// What is counted in the kernel without calling a program (`PERF_TYPE_…` and its number there), for programs to read
  /// with `bpf_perf_event_read_value`.
  case kernelCounter(type: UInt32, config: UInt64)
  /// The processor's accesses to an address.
  case breakpoint(address: UInt64, length: UInt64, BreakpointAccess)
  /// What programs write with `bpf_perf_event_output` (`PERF_COUNT_SW_BPF_OUTPUT`, Linux 4.4).
  case programOutput(PerfWakeup, isBackward: Bool)
}

/// When the reader of an event's buffer is woken.
public enum PerfWakeup: Hashable, Sendable {
  /// After so many records.
  case records(UInt32)
  /// When so many bytes are waiting.
  case bytes(UInt32)
}

/// When a counting event calls its program.
public enum PerfSampling: Hashable, Sendable {
  /// Each so many events; for clocks, nanoseconds.
  case period(UInt64)
  /// So many times a second; the kernel adapts the period.
  case frequency(UInt64)
}

/// `enum perf_sw_ids`.
public enum SoftwareEvent: UInt64, CaseIterable, Sendable {
  case cpuClock = 0
  case taskClock = 1
  case pageFaults = 2
  case contextSwitches = 3
  case cpuMigrations = 4
  case minorFaults = 5
  case majorFaults = 6
  case alignmentFaults = 7
  case emulationFaults = 8
  case dummy = 9
  case bpfOutput = 10
}

/// `enum perf_hw_id`.
public enum HardwareEvent: UInt64, CaseIterable, Sendable {
  case cpuCycles = 0
  case instructions = 1
  case cacheReferences = 2
  case cacheMisses = 3
  case branchInstructions = 4
  case branchMisses = 5
  case busCycles = 6
  case frontendStalls = 7
  case backendStalls = 8
  case referenceCycles = 9
}

/// `HW_BREAKPOINT_…` of `include/uapi/linux/hw_breakpoint.h`.
public struct BreakpointAccess: OptionSet, Hashable, Sendable {
  /// The bits.
  public var rawValue: UInt32
  /// Any bits.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// `HW_BREAKPOINT_R`.
  public static let read = Self(rawValue: 1)
  /// `HW_BREAKPOINT_W`.
  public static let write = Self(rawValue: 2)
  /// `HW_BREAKPOINT_X`.
  public static let execute = Self(rawValue: 4)
}

/// Where an event is looked for.
public enum PerfTarget: Hashable, Sendable {
  /// In every process, on one CPU.
  ///
  /// Tracepoints and probes call their program on every CPU whichever is named here.
  case cpu(Int)
  /// In one process, on every CPU.
  case process(Int32)
}

extension KernelCalls {
  /// Opens an event (`perf_event_open(2)`), which counts nothing until it is enabled.
  ///
  /// - Throws: `EACCES` or `EPERM` without CAP_PERFMON; `ENOENT` for hardware events that the machine lacks and for
  ///   functions that are not there; `ESRCH` for a process that is not; `ENODEV` for a CPU that is not online.
  public func openPerfEvent(_ event: PerfEvent, on target: PerfTarget) throws(SystemCallError) -> OwnedDescriptor {
    let process: Int32
    let cpu: CInt
    switch target {
    case .cpu(let number): (process, cpu) = (-1, CInt(clamping: number))
    case .process(let number): (process, cpu) = (number, -1)
    }
    let answer = withAttribute(of: event) { openPerfEvent(&$0, process: process, cpu: cpu) }
    return try OwnedDescriptor(adopting: SystemCallError.check(answer, "perf_event_open", on: "\(event)"))
  }

  private func withAttribute(of event: PerfEvent, _ body: (inout PerfEventAttribute) -> CInt) -> CInt {
    switch event {
    case .tracepoint(let id):
      var attribute = PerfEventAttribute(type: 2, config: id)  // PERF_TYPE_TRACEPOINT
      attribute.sample(.period(1))
      return body(&attribute)
    case .kprobe(let unit, let function, let offset, let onReturn):
      var attribute = PerfEventAttribute(type: unit.type, config: onReturn ? unit.returnBit : 0)
      attribute.set(offset, at: 64)  // config2: probe_offset
      return function.withCString { name in
        attribute.set(UInt64(UInt(bitPattern: name)), at: 56)  // config1: kprobe_func
        return body(&attribute)
      }
    case .kprobeAddress(let unit, let address):
      var attribute = PerfEventAttribute(type: unit.type, config: 0)
      attribute.set(address, at: 64)  // config2: kprobe_addr
      return body(&attribute)
    case .uprobe(let unit, let path, let offset, let counter, let onReturn):
      // A counter beyond 32 bits has no place in config; it must not be cut to another one.
      guard let counter = UInt32(exactly: counter) else { return -SystemErrno.invalidArgument.rawValue }
      var attribute = PerfEventAttribute(
        type: unit.type, config: (onReturn ? unit.returnBit : 0) | UInt64(counter) << unit.referenceCounterShift)
      attribute.set(offset, at: 64)  // config2: probe_offset
      return path.withCString { path in
        attribute.set(UInt64(UInt(bitPattern: path)), at: 56)  // config1: uprobe_path
        return body(&attribute)
      }
    case .software(let event, let sampling):
      var attribute = PerfEventAttribute(type: 1, config: event.rawValue)  // PERF_TYPE_SOFTWARE
      attribute.sample(sampling)
      return body(&attribute)
    case .hardware(let event, let sampling):
      var attribute = PerfEventAttribute(type: 0, config: event.rawValue)  // PERF_TYPE_HARDWARE
      attribute.sample(sampling)
      return body(&attribute)
    case .kernelCounter(let type, let config):
      var attribute = PerfEventAttribute(type: type, config: config)
      // Flag bits: disabled is bit 0, exclude_user bit 4.
      attribute.set(UInt64(1 | 1 << 4), at: 40)
      return body(&attribute)
    case .breakpoint(let address, let length, let access):
      var attribute = PerfEventAttribute(type: 5, config: 0)  // PERF_TYPE_BREAKPOINT
      attribute.sample(.period(1))
      attribute.set(access.rawValue, at: 52)  // bp_type
      attribute.set(address, at: 56)  // bp_addr
      attribute.set(length, at: 64)  // bp_len
      return body(&attribute)
    case .programOutput(let wakeup, let isBackward):
      // The word of flag bits at 40: disabled is bit 0, watermark bit 14, write_backward bit 27.
      var attribute = PerfEventAttribute(type: 1, config: SoftwareEvent.bpfOutput.rawValue)  // PERF_TYPE_SOFTWARE
      attribute.set(UInt64(1), at: 16)  // sample_period
      attribute.set(UInt64(1 << 10), at: 24)  // sample_type: PERF_SAMPLE_RAW
      var flags: UInt64 = 1 | (isBackward ? 1 << 27 : 0)
      switch wakeup {
      case .records(let count): attribute.set(count, at: 48)  // wakeup_events
      case .bytes(let count):
        attribute.set(count, at: 48)  // wakeup_watermark
        flags |= 1 << 14
      }
      attribute.set(flags, at: 40)
      return body(&attribute)
    }
  }

  /// Attaches a program to an event and enables it; it is detached when the event is closed
  /// (`PERF_EVENT_IOC_SET_BPF`).
  ///
  /// The way of kernels before 5.15; ``createPerfEventLink(_:_:cookie:subject:)`` can do more on newer ones.
  public func attachToPerfEvent(
    _ program: borrowing OwnedDescriptor, _ event: borrowing OwnedDescriptor
  ) throws(SystemCallError) {
    let answer = event.withNumber { event in
      program.withNumber { ioctl(event, 0x4004_2408, UInt(UInt32(bitPattern: $0))) }
    }
    try SystemCallError.check(answer, "ioctl(PERF_EVENT_IOC_SET_BPF)", on: "perf event")
    try enablePerfEvent(event)
  }

  /// Lets an event count (`PERF_EVENT_IOC_ENABLE`).
  public func enablePerfEvent(_ event: borrowing OwnedDescriptor) throws(SystemCallError) {
    try SystemCallError.check(
      event.withNumber { ioctl($0, 0x2400, 0) }, "ioctl(PERF_EVENT_IOC_ENABLE)", on: "perf event")
  }

  /// Stops or resumes writing into an event's buffer, so that a buffer that is written backward can be read
  /// (`PERF_EVENT_IOC_PAUSE_OUTPUT`, Linux 4.7).
  public func pausePerfEventOutput(_ event: borrowing OwnedDescriptor, _ pauses: Bool) throws(SystemCallError) {
    try SystemCallError.check(
      event.withNumber { ioctl($0, 0x4004_2409, pauses ? 1 : 0) }, "ioctl(PERF_EVENT_IOC_PAUSE_OUTPUT)",
      on: "perf event")
  }

  /// Stops an event's counting (`PERF_EVENT_IOC_DISABLE`).
  public func disablePerfEvent(_ event: borrowing OwnedDescriptor) throws(SystemCallError) {
    try SystemCallError.check(
      event.withNumber { ioctl($0, 0x2401, 0) }, "ioctl(PERF_EVENT_IOC_DISABLE)", on: "perf event")
  }
}

extension PerfEventAttribute {
  fileprivate mutating func sample(_ sampling: PerfSampling) {
    // The word of flag bits at 40: disabled is bit 0, freq bit 10.
    switch sampling {
    case .period(let period):
      set(period, at: 16)  // sample_period
      set(UInt64(1), at: 40)
    case .frequency(let frequency):
      set(frequency, at: 16)  // sample_freq
      set(UInt64(1 | 1 << 10), at: 40)
    }
    set(UInt32(1), at: 48)  // wakeup_events
  }
}
