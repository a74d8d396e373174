public import LinuxSystem

/// What a program is loaded from, in the kernel's numbers.
public struct ProgramLoad: Hashable, Sendable {
  /// `prog_flags`.
  public struct Flags: OptionSet, Hashable, Sendable {
    /// The bits.
    public var rawValue: UInt32
    /// Any bits.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// `BPF_F_STRICT_ALIGNMENT`: accesses must be aligned on every machine.
    public static let strictAlignment = Self(rawValue: 1 << 0)
    /// `BPF_F_ANY_ALIGNMENT`: accesses need not be aligned, for tests of other machines' programs.
    ///
    /// Linux 5.0.
    public static let anyAlignment = Self(rawValue: 1 << 1)
    /// `BPF_F_TEST_RND_HI32`: the upper halves of registers are made random where 32-bit instructions left them open.
    public static let randomUpperHalves = Self(rawValue: 1 << 2)
    /// `BPF_F_TEST_STATE_FREQ`: the verifier keeps more states; for tests.
    ///
    /// Linux 5.5.
    public static let frequentStates = Self(rawValue: 1 << 3)
    /// `BPF_F_SLEEPABLE`.
    ///
    /// Linux 5.10.
    public static let sleepable = Self(rawValue: 1 << 4)
    /// `BPF_F_XDP_HAS_FRAGS`: an XDP program that can take packets in several pieces.
    ///
    /// Linux 5.18.
    public static let fragments = Self(rawValue: 1 << 5)
    /// `BPF_F_XDP_DEV_BOUND_ONLY`: an XDP program for one device, which may ask it for metadata.
    ///
    /// Linux 6.3.
    public static let deviceBound = Self(rawValue: 1 << 6)
    /// `BPF_F_TEST_REG_INVARIANTS`: an error of the verifier itself is a refusal.
    ///
    /// Linux 6.8.
    public static let registerInvariants = Self(rawValue: 1 << 7)
    /// `BPF_F_TOKEN_FD`: the call rests on a token's rights.
    ///
    /// Linux 6.9.
    public static let token = Self(rawValue: 1 << 16)
  }

  /// Type information of a program's functions or lines: `struct bpf_func_info` or `struct bpf_line_info`.
  public struct InfoRecords: Hashable, Sendable {
    /// The records, one after the other.
    public var bytes: [UInt8]
    /// Bytes of each: 8 for functions, 16 for lines.
    public var recordSize: Int

    /// Records of one size.
    public init(bytes: [UInt8], recordSize: Int) {
      self.bytes = bytes
      self.recordSize = recordSize
    }

    var count: Int { recordSize > 0 ? bytes.count / recordSize : 0 }
  }

  /// The kind of program.
  public var type: ProgramType
  /// Where it is meant for, for the types whose rules depend on that.
  public var expectedAttachType: AttachType?
  /// Instructions of 8 bytes each, with maps' descriptors in place.
  public var instructions: [UInt8]
  /// Its licence; "GPL" opens the helpers that the kernel keeps for GPL-compatible programs.
  public var license: String
  /// What inspection tools and stack traces show.
  public var name: ObjectName
  /// How it is checked and run.
  public var flags: Flags
  /// The kernel's type that it attaches to: a function, or the type of a tracepoint.
  public var attachTypeID: UInt32
  /// A descriptor of the module's type information that ``attachTypeID`` is in, or of the program to replace; nil for
  /// the kernel's own.
  public var attachObject: CInt?
  /// A descriptor of type information for the records below.
  public var btf: CInt?
  /// `struct bpf_func_info` of each function.
  ///
  /// Linux 5.0.
  public var functionInfo: InfoRecords?
  /// `struct bpf_line_info`.
  ///
  /// Linux 5.0.
  public var lineInfo: InfoRecords?
  /// `kern_version`, which kernels before 5.0 compare with their own for kprobe programs.
  public var kernelVersion: UInt32 = 0
  /// The network device that the program is for; 0 for none.
  public var deviceIndex: UInt32 = 0
  /// Descriptors that instructions name by their place: of modules' type information, in calls of their kfuncs.
  ///
  /// Linux 5.14.
  public var descriptors: [CInt] = []
  /// A descriptor of a token on whose rights the call rests.
  ///
  /// Linux 6.9.
  public var token: CInt?

  /// A program without type information.
  public init(
    type: ProgramType, expectedAttachType: AttachType? = nil, instructions: [UInt8], license: String = "GPL",
    name: ObjectName = ObjectName(""), flags: Flags = [], attachTypeID: UInt32 = 0, attachObject: CInt? = nil,
    btf: CInt? = nil, functionInfo: InfoRecords? = nil, lineInfo: InfoRecords? = nil
  ) {
    self.type = type
    self.expectedAttachType = expectedAttachType
    self.instructions = instructions
    self.license = license
    self.name = name
    self.flags = flags
    self.attachTypeID = attachTypeID
    self.attachObject = attachObject
    self.btf = btf
    self.functionInfo = functionInfo
    self.lineInfo = lineInfo
  }
}

/// When the verifier's log is asked for.
public enum VerifierLogRequest: Hashable, Sendable {
  /// `log_level`, the `BPF_LOG_…` bits.
  public struct Level: OptionSet, Hashable, Sendable {
    /// The bits.
    public var rawValue: UInt32
    /// Any bits.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// `BPF_LOG_LEVEL1`: the path that failed.
    public static let failingPath = Self(rawValue: 1)
    /// `BPF_LOG_LEVEL2`: every path, with the registers' states.
    public static let everyPath = Self(rawValue: 2)
    /// `BPF_LOG_STATS`: what verification cost.
    ///
    /// Linux 5.2.
    public static let statistics = Self(rawValue: 4)
  }

  /// Loading costs least without a log; a refused program is given again with one.
  case afterFailure(Level = .failingPath)
  /// With a log from the first.
  case always(Level)
  /// Never.
  case never
}

/// A program that is loaded.
public struct LoadedProgram: ~Copyable, Sendable {
  /// Its owner.
  public let descriptor: OwnedDescriptor
  /// What the verifier said; empty unless asked for.
  public let log: [UInt8]

  /// Gives the descriptor away.
  public consuming func takeDescriptor() -> OwnedDescriptor { descriptor }
}

/// A program that the kernel does not take.
public struct ProgramRefusal: Error, Hashable, Sendable {
  /// The failed call.
  ///
  /// `EACCES` and `EINVAL` with a log are the verifier's; `EPERM` is a missing privilege, or a kernel
  /// that forbids this kind of program; `E2BIG` too many instructions.
  public var error: SystemCallError
  /// What the verifier said; empty when it was not reached.
  public var log: [UInt8]
  /// The log's beginning is missing, because it is longer than ``maximumLogSize``.
  public var logIsCut: Bool

  /// The longest log that is asked for, in bytes.
  public static let maximumLogSize = 16 << 20
}

extension KernelCalls {
  /// Has a program verified and translated (`BPF_PROG_LOAD`).
  public func loadProgram(
    _ load: ProgramLoad, log request: VerifierLogRequest = .afterFailure()
  ) throws(ProgramRefusal) -> LoadedProgram {
    if case .always(let level) = request { return try loadProgram(load, level: level, refusal: nil) }
    var log = VerifierLogBuffer(size: 0)
    let answer = attempt(load, level: [], &log)
    if answer >= 0 { return try adopt(answer, log: [], of: load) }
    let error = Self.error(answer, of: load)
    guard case .afterFailure(let level) = request, error.errno != .notPermitted else {
      throw ProgramRefusal(error: error, log: [], logIsCut: false)
    }
    return try loadProgram(load, level: level, refusal: error)
  }

  private func loadProgram(
    _ load: ProgramLoad, level: VerifierLogRequest.Level, refusal: SystemCallError?
  ) throws(ProgramRefusal) -> LoadedProgram {
    var size = 64 << 10
    while true {
      var log = VerifierLogBuffer(size: size)
      let answer = attempt(load, level: level, &log)
      if answer >= 0 { return try adopt(answer, log: log.text, of: load) }
      // Since 6.4 a log that does not fit keeps its end, and the kernel says how long it is. Before, it keeps its
      // beginning. Both answer ENOSPC.
      if answer == -SystemErrno.noSpace.rawValue, size < ProgramRefusal.maximumLogSize {
        size = min(ProgramRefusal.maximumLogSize, max(size * 8, log.trueSize))
        continue
      }
      var error = Self.error(answer, of: load)
      let isCut = error.errno == .noSpace
      if isCut, let refusal { error = refusal }
      throw ProgramRefusal(error: error, log: log.text, logIsCut: isCut)
    }
  }

  private func adopt(_ number: CInt, log: [UInt8], of load: ProgramLoad) throws(ProgramRefusal) -> LoadedProgram {
    do throws(SystemCallError) {
      return LoadedProgram(descriptor: try OwnedDescriptor(adopting: number), log: log)
    } catch {
      throw ProgramRefusal(error: error, log: log, logIsCut: false)
    }
  }

  private static func error(_ answer: CInt, of load: ProgramLoad) -> SystemCallError {
    SystemCallError(
      call: "bpf(BPF_PROG_LOAD)", subject: "program '\(load.name)'", errno: SystemErrno(rawValue: 0 &- answer))
  }

  private func attempt(
    _ load: ProgramLoad, level: VerifierLogRequest.Level, _ log: inout VerifierLogBuffer
  ) -> CInt {
    var attribute = BPFAttribute()
    attribute.set(load.type.rawValue, at: 0)  // prog_type
    attribute.set(UInt32(clamping: load.instructions.count / 8), at: 4)  // insn_cnt
    attribute.set(level.rawValue, at: 24)  // log_level
    attribute.set(load.kernelVersion, at: 40)  // kern_version
    var flags = load.flags
    if let token = load.token {
      flags.insert(.token)
      attribute.set(token, at: 144)  // prog_token_fd
    }
    attribute.set(flags.rawValue, at: 44)  // prog_flags
    attribute.set(load.name, at: 48)  // prog_name
    attribute.set(load.deviceIndex, at: 64)  // prog_ifindex
    attribute.set(load.expectedAttachType?.rawValue ?? 0, at: 68)  // expected_attach_type
    attribute.set(load.attachTypeID, at: 108)  // attach_btf_id
    attribute.set(load.attachObject ?? 0, at: 112)  // attach_btf_obj_fd, attach_prog_fd
    let functions = load.btf == nil ? nil : load.functionInfo
    let lines = load.btf == nil ? nil : load.lineInfo
    if let btf = load.btf {
      attribute.set(btf, at: 72)  // prog_btf_fd
      attribute.set(UInt32(clamping: functions?.recordSize ?? 0), at: 76)  // func_info_rec_size
      attribute.set(UInt32(clamping: functions?.count ?? 0), at: 88)  // func_info_cnt
      attribute.set(UInt32(clamping: lines?.recordSize ?? 0), at: 92)  // line_info_rec_size
      attribute.set(UInt32(clamping: lines?.count ?? 0), at: 104)  // line_info_cnt
    }
    return load.descriptors.withUnsafeBytes { descriptors in
      if !descriptors.isEmpty { attribute.set(descriptors.baseAddress, at: 120) }  // fd_array
      return load.instructions.withUnsafeBytes { instructions in
        load.license.withCString { license in
          (functions?.bytes ?? []).withUnsafeBytes { functionBytes in
            (lines?.bytes ?? []).withUnsafeBytes { lineBytes in
              log.bytes.withUnsafeMutableBytes { logBytes in
                attribute.set(instructions.baseAddress, at: 8)  // insns
                attribute.set(UnsafeRawPointer(license), at: 16)  // license
                if functions != nil { attribute.set(functionBytes.baseAddress, at: 80) }  // func_info
                if lines != nil { attribute.set(lineBytes.baseAddress, at: 96) }  // line_info
                if !logBytes.isEmpty {
                  attribute.set(UInt32(clamping: logBytes.count), at: 28)  // log_size
                  attribute.set(UnsafeRawPointer(logBytes.baseAddress), at: 32)  // log_buf
                }
                var answer = create(.programLoad, &attribute)
                // Verification stops for a pending signal (EAGAIN); a few more tries get through.
                for _ in 0..<5 where answer == -SystemErrno.resourceTemporarilyUnavailable.rawValue {
                  answer = bpf(.programLoad, &attribute)
                }
                log.trueSize = Int(attribute.get(UInt32.self, at: 140))  // log_true_size, Linux 6.4
                return answer
              }
            }
          }
        }
      }
    }
  }
}

/// Memory for the verifier to write in.
struct VerifierLogBuffer {
  var bytes: [UInt8]
  /// What the whole log would take; 0 where the kernel does not say.
  var trueSize = 0

  init(size: Int) { bytes = [UInt8](repeating: 0, count: size) }

  /// What was written, up to the closing NUL.
  var text: [UInt8] { Array(bytes.prefix { $0 != 0 }) }
}
