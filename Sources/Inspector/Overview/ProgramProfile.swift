internal import BPF
internal import BTF
internal import Bytecode
public import KernelInterface
public import LinuxSystem

/// Counts what the processor does while a program runs: two programs, at its entry and at its exit, read the CPU's
/// counters and add up the differences.
///
/// It counts as long as the object lives. Runs that begin before are not counted.
public final class ProgramProfile {
  /// Something that is counted.
  public struct Metric: Hashable, Sendable {
    /// Its name on the command line.
    public var name: String
    /// `PERF_TYPE_…`, and the event's number there.
    var type: UInt32
    var config: UInt64
    /// What it is compared with, by how much that is multiplied, and what comes of it.
    var ratio: (to: String, factor: Double, meaning: String)?

    /// Metrics are the same when they count the same.
    public static func == (one: Self, other: Self) -> Bool { one.type == other.type && one.config == other.config }
    /// By what is counted.
    public func hash(into hasher: inout Hasher) {
      hasher.combine(type)
      hasher.combine(config)
    }

    /// All, as bpftool names them; numbers of `enum perf_hw_id` and `enum perf_hw_cache_id`.
    public static let all: [Metric] = [
      Metric(name: "cycles", type: 0, config: 0),
      Metric(name: "instructions", type: 0, config: 1, ratio: ("cycles", 1, "insns per cycle")),
      Metric(name: "l1d_loads", type: 3, config: 0),
      Metric(
        name: "llc_misses", type: 3, config: 2 | 1 << 16, ratio: ("instructions", 1e6, "LLC misses per million insns")),
      Metric(
        name: "itlb_misses", type: 3, config: 4 | 1 << 16, ratio: ("instructions", 1e6, "itlb misses per million insns")
      ),
      Metric(
        name: "dtlb_misses", type: 3, config: 3 | 1 << 16, ratio: ("instructions", 1e6, "dtlb misses per million insns")
      ),
    ]
  }

  /// What has been counted so far.
  public struct Reading: Sendable {
    /// How often the program ran.
    public var runs: UInt64 = 0
    /// For each metric: what was counted, and for how many nanoseconds the counter was there and ran, which differ when
    /// the machine has fewer counters than are asked for.
    public var values: [(metric: Metric, count: UInt64, enabled: UInt64, running: UInt64)] = []
  }

  /// A descriptor that an array can hold.
  private final class Kept {
    let descriptor: OwnedDescriptor
    init(_ descriptor: consuming OwnedDescriptor) { self.descriptor = descriptor }
  }

  private let metrics: [Metric]
  private let sums: Map
  /// Kept open, for an event leaves its map when the descriptor is closed through which it came there.
  private let counters: [Map]
  private var kept: [Kept] = []

  /// Begins to count.
  ///
  /// - Throws: a refusal that names what this kernel or machine lacks.
  public init(
    of program: borrowing OwnedDescriptor, _ metrics: [Metric], kernel: any KernelCalls
  ) throws(InspectorError) {
    self.metrics = metrics
    let features = kernel is LiveKernel ? KernelFeatures.running : KernelFeatures(kernel)
    if let absence = features.absence(of: .program(.tracing, for: .traceFexit)) {
      throw .refused("programs cannot be profiled here: \(absence)", .notSupported)
    }
    let (name, function) = try Self.target(program, kernel)
    let cpus: [Int]
    do throws(SystemCallError) { cpus = try CPUList.online().cpus } catch { throw .systemCall(error) }
    do throws(BPFError) {
      sums = try Map(
        MapSpec(
          name: "profile_sums", type: .perCPUArray, keySize: 4, valueSize: 16 + 48 * metrics.count, maxEntries: 1),
        kernel: kernel)
    } catch { throw .library(error) }
    var counters: [Map] = []
    for metric in metrics {
      do throws(BPFError) {
        counters.append(
          try Map(
            MapSpec(
              name: "profile_events", type: .perfEventArray, keySize: 4, valueSize: 4,
              maxEntries: (cpus.max() ?? 0) + 1), kernel: kernel))
      } catch { throw .library(error) }
      for cpu in cpus { kept.append(try Self.count(metric, on: cpu, in: counters.last, kernel)) }
    }
    self.counters = counters
    // The exit comes first: a run whose beginning was not read is not counted.
    for (type, code) in try [
      (AttachType.traceFexit, exitCode()), (AttachType.traceFentry, entryCode()),
    ] {
      let load = program.withNumber { number in
        ProgramLoad(
          type: .tracing, expectedAttachType: type, instructions: code.encoded(), name: ObjectName("profile"),
          attachTypeID: function, attachObject: number)
      }
      let loaded: OwnedDescriptor
      do throws(ProgramRefusal) { loaded = try kernel.loadProgram(load).takeDescriptor() } catch {
        let log = String(decoding: error.log, as: UTF8.self).split(separator: "\n").first ?? ""
        throw .refused(
          "program '\(name)' cannot be profiled: \(error.error)\(log.isEmpty ? "" : ": \(log)")", error.error.errno)
      }
      do throws(SystemCallError) {
        kept.append(Kept(try kernel.createTracingLink(loaded, type, subject: "program '\(name)'")))
      } catch { throw .systemCall(error) }
    }
  }

  /// The program's name, and its main function in its types.
  private static func target(
    _ program: borrowing OwnedDescriptor, _ kernel: any KernelCalls
  ) throws(InspectorError) -> (name: String, function: UInt32) {
    let info: ProgramInfo
    let records: [UInt32]
    do throws(SystemCallError) {
      info = try kernel.programInfo(program, withMaps: false)
      records = try kernel.functionRecords(of: program)
    } catch { throw .systemCall(error) }
    guard info.btfID != 0, records.count >= 2 else {
      throw .refused(
        "program '\(info.name)' cannot be profiled: it has no type information, by which its function is found",
        .invalidArgument)
    }
    return (ProgramName.full(of: program, info, kernel), records[1])
  }

  private static func count(
    _ metric: Metric, on cpu: Int, in map: Map?, _ kernel: any KernelCalls
  ) throws(InspectorError) -> Kept {
    let kept: Kept
    do throws(SystemCallError) {
      kept = Kept(
        try kernel.openPerfEvent(.kernelCounter(type: metric.type, config: metric.config), on: .cpu(cpu)))
      try kernel.enablePerfEvent(kept.descriptor)
    } catch {
      switch error.errno {
      case .noSuchFileOrDirectory, .notSupported, .noSuchDevice, .invalidArgument:
        throw .refused("this machine does not count \(metric.name): \(error)", error.errno)
      default: throw .systemCall(error)
      }
    }
    do throws(BPFError) {
      let number = kept.descriptor.withNumber { $0 }
      try map?.update(withUnsafeBytes(of: UInt32(cpu)) { Array($0) }, to: withUnsafeBytes(of: number) { Array($0) })
    } catch { throw .library(error) }
    return kept
  }

  // MARK: - Programs

  // A CPU's value: how many runs, whether one has begun, then for each metric the reading at the beginning and the sum,
  // each of three numbers (`struct bpf_perf_event_value`).
  private static let readingSize = 24

  private static func place(of metric: Int, isSum: Bool) -> Int { 16 + 48 * metric + (isSum ? readingSize : 0) }

  /// `r6` is the CPU's value afterwards; a program that does not get it ends.
  private func begin(_ code: inout Assembler, _ end: Assembler.Label) {
    code.append(.store(.word, 0, to: .r10, offset: -4))
    code.append(Instruction.wideLoad(.r1, .map, low: sums.descriptor.withNumber { $0 }))
    code.append(.move(.r2, .r10))
    code.append(.arithmetic(.add, .r2, -4))
    code.append(.call(.mapLookupElem))
    code.jump(if: .equal, .r0, 0, to: end)
    code.append(.move(.r6, .r0))
  }

  /// Reads a counter of this CPU to where `base` and `offset` say.
  private static func read(_ counter: Map, to base: Register, _ offset: Int, _ code: inout Assembler) {
    code.append(Instruction.wideLoad(.r1, .map, low: counter.descriptor.withNumber { $0 }))
    code.append(.move(.r2, -1, width: .bits32))  // BPF_F_CURRENT_CPU
    code.append(.move(.r3, base))
    code.append(.arithmetic(.add, .r3, Int32(clamping: offset)))
    code.append(.move(.r4, Int32(clamping: readingSize)))
    code.append(.call(.perfEventReadValue))
  }

  private static func finish(_ code: consuming Assembler, _ end: Assembler.Label) throws(InspectorError)
    -> [Instruction]
  {
    code.bind(end)
    code.append(.move(.r0, 0))
    code.append(.exit)
    do throws(AssemblyError) { return try code.finish().instructions } catch { throw .failed("\(error)") }
  }

  private func entryCode() throws(InspectorError) -> [Instruction] {
    var code = Assembler()
    let end = code.makeLabel()
    begin(&code, end)
    code.append(.move(.r7, 0))
    code.append(.store(.doubleWord, .r7, to: .r6, offset: 8))
    for (index, counter) in counters.enumerated() {
      Self.read(counter, to: .r6, Self.place(of: index, isSum: false), &code)
      code.jump(if: .notEqual, .r0, 0, to: end)
    }
    code.append(.move(.r7, 1))
    code.append(.store(.doubleWord, .r7, to: .r6, offset: 8))
    return try Self.finish(code, end)
  }

  private func exitCode() throws(InspectorError) -> [Instruction] {
    var code = Assembler()
    let end = code.makeLabel()
    begin(&code, end)
    code.append(.load(.doubleWord, .r1, from: .r6, offset: 8))
    code.jump(if: .equal, .r1, 0, to: end)
    code.append(.move(.r1, 0))
    code.append(.store(.doubleWord, .r1, to: .r6, offset: 8))
    // All readings before the sums, which take time themselves.
    let room = Self.readingSize * counters.count + 8
    for (index, counter) in counters.enumerated() {
      Self.read(counter, to: .r10, Self.readingSize * index - room, &code)
      code.jump(if: .notEqual, .r0, 0, to: end)
    }
    for index in counters.indices {
      for word in 0..<3 {
        let sum = Int16(clamping: Self.place(of: index, isSum: true) + word * 8)
        let start = Int16(clamping: Self.place(of: index, isSum: false) + word * 8)
        code.append(
          .load(.doubleWord, .r1, from: .r10, offset: Int16(clamping: Self.readingSize * index + word * 8 - room)))
        code.append(.load(.doubleWord, .r2, from: .r6, offset: start))
        code.append(.arithmetic(.subtract, .r1, .r2))
        code.append(.load(.doubleWord, .r2, from: .r6, offset: sum))
        code.append(.arithmetic(.add, .r2, .r1))
        code.append(.store(.doubleWord, .r2, to: .r6, offset: sum))
      }
    }
    code.append(.load(.doubleWord, .r1, from: .r6))
    code.append(.arithmetic(.add, .r1, 1))
    code.append(.store(.doubleWord, .r1, to: .r6))
    return try Self.finish(code, end)
  }

  // MARK: - Answers

  /// What all CPUs have counted so far.
  public func reading() throws(InspectorError) -> Reading {
    let bytes: [UInt8]
    do throws(BPFError) { bytes = try sums.value(of: [0, 0, 0, 0]) ?? [] } catch { throw .library(error) }
    let stride = 16 + 48 * metrics.count
    var reading = Reading(values: metrics.map { ($0, 0, 0, 0) })
    func number(_ offset: Int) -> UInt64 {
      guard offset + 8 <= bytes.count else { return 0 }
      return bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: UInt64.self) }
    }
    for start in Swift.stride(from: 0, to: bytes.count, by: stride) {
      reading.runs &+= number(start)
      for index in metrics.indices {
        let place = start + Self.place(of: index, isSum: true)
        reading.values[index].count &+= number(place)
        reading.values[index].enabled &+= number(place + 8)
        reading.values[index].running &+= number(place + 16)
      }
    }
    return reading
  }
}

extension ProgramProfile.Reading {
  /// As bpftool prints it.
  public var text: String {
    var text = "\n\(ProgramActivity.right("\(runs)", 18)) \(ProgramActivity.left("run_cnt", 20))\n"
    for value in values {
      text += "\(ProgramActivity.right("\(value.count)", 18)) \(ProgramActivity.left(value.metric.name, 20))"
      let ratio = value.metric.ratio
      if let ratio, let base = values.first(where: { $0.metric.name == ratio.to })?.count, base > 0 {
        let number = ProgramActivity.fixed(Double(value.count) * ratio.factor / Double(base), 2)
        text += "# \(ProgramActivity.right(number, 8)) \(ProgramActivity.left(ratio.meaning, 30))"
      } else {
        text += ProgramActivity.left("", 41)
      }
      if value.enabled > value.running {
        text += "(\(ProgramActivity.fixed(Double(value.running) * 100 / Double(value.enabled), 2))%)"
      }
      text += "\n"
    }
    return text
  }

  /// As a JSON array with bpftool's members.
  public func write(to json: inout JSONWriter) throws(SystemCallError) {
    try json.array { json throws(SystemCallError) in
      for value in values {
        try json.object { json throws(SystemCallError) in
          try json.member("metric", value.metric.name)
          try json.member("run_cnt", runs)
          try json.member("value", value.count)
          try json.member("enabled", value.enabled)
          try json.member("running", value.running)
        }
      }
    }
  }
}
