public import BTF
public import TraceLanguage

/// The machine that a script is compiled for, as far as the compiler asks about it.
///
/// Every answer is given when it is asked for, so that a script that needs no kernel types never opens them. The
/// runtime answers from the live kernel; tests answer from recorded facts.
public protocol CompilationTarget {
  /// The processor.
  var architecture: Architecture { get }
  /// What the kernel's BPF can do.
  var features: TargetFeatures { get }
  /// The kernel's types, or nil where it has no BTF.
  var kernelTypes: TypeGraph? { get }

  /// The probes that an attach point stands for, in a stable order; empty when nothing matches.
  func probes(at attachPoint: AttachPoint, process: Int32?) throws(ProbeLookupError) -> [ResolvedProbe]
  /// The record of a tracepoint; nil when there is no such tracepoint.
  func tracepointRecord(subsystem: String, event: String) throws(ProbeLookupError) -> TracepointRecord
  /// The parameters of a raw tracepoint, by name and BTF type.
  func rawTracepointParameters(event: String) -> [ProbeParameter]
  /// Up to three names near a misspelt one, for hints.
  func probesNear(_ attachPoint: AttachPoint) -> [String]
  /// The address of a kernel symbol.
  func kernelAddress(ofSymbol name: String) -> UInt64?
  /// The id of a cgroup by its path.
  func cgroupID(ofPath path: String) -> UInt64?
}

/// Why an attach point could not be turned into probes.
public struct ProbeLookupError: Error, Hashable, Sendable {
  /// What is wrong.
  public var message: String
  /// What to do about it.
  public var hints: [String]

  /// An error.
  public init(message: String, hints: [String] = []) {
    self.message = message
    self.hints = hints
  }
}

/// A parameter of a kernel function or of a raw tracepoint.
public struct ProbeParameter: Hashable, Sendable {
  /// Its name, or `arg0`, `arg1`, … where the kernel tells none.
  public var name: String
  /// Its type in the kernel's BTF; nil where that is not known.
  public var typeID: UInt32?

  /// A parameter.
  public init(name: String, typeID: UInt32?) {
    self.name = name
    self.typeID = typeID
  }
}

/// The record that a perf tracepoint hands to its programs: the fields of tracefs `format` that scripts may use.
public struct TracepointRecord: Hashable, Sendable {
  /// A field.
  public struct Field: Hashable, Sendable {
    /// Its name.
    public var name: String
    /// Its C type as the kernel writes it, without the array part: `const char *`, `u32`, `char`.
    public var typeText: String
    /// Bytes from the record's start.
    public var offset: Int
    /// Bytes that it takes.
    public var byteCount: Int
    /// Whether it has a sign.
    public var isSigned: Bool
    /// How many elements, when it is an array.
    public var elementCount: Int?
    /// Set when the lower 16 bits at `offset` say where the data lies: what they are counted from, in bytes from the
    /// record's start (`__data_loc`: 0; `__rel_loc`: the end of the field itself).
    public var dataLocationBase: Int?

    /// A field.
    public init(
      name: String, typeText: String, offset: Int, byteCount: Int, isSigned: Bool, elementCount: Int? = nil,
      dataLocationBase: Int? = nil
    ) {
      self.name = name
      self.typeText = typeText
      self.offset = offset
      self.byteCount = byteCount
      self.isSigned = isSigned
      self.elementCount = elementCount
      self.dataLocationBase = dataLocationBase
    }
  }

  /// The fields in their order, the common ones left out.
  public var fields: [Field]

  /// A record.
  public init(fields: [Field]) { self.fields = fields }
}

/// What the kernel's BPF can do, as far as generated code depends on it.
///
/// An ability is asked for when code generation first needs it: finding out costs a system call or two.
public struct TargetFeatures: Sendable {
  /// Something that not every kernel can do.
  public enum Ability: Hashable, CaseIterable, Sendable {
    /// Atomic operations that give a result, and 32-bit jumps (kernel 5.12 with a JIT that has them).
    case fetchingAtomics
    /// The instructions of ISA version 4 (kernel 6.6).
    case version4Instructions
    /// `bpf_loop` (kernel 5.17).
    case loop
    /// `bpf_for_each_map_elem` (kernel 5.13).
    case forEachMapElement
    /// `bpf_get_attach_cookie` in programs on perf events (kernel 5.15).
    case attachCookie
    /// `bpf_get_func_ip` in kprobe and tracing programs (kernel 5.15).
    case functionAddress
    /// The same in uprobe programs (kernel 6.6).
    case userFunctionAddress
    /// `bpf_get_current_task_btf` (kernel 5.11).
    case typedCurrentTask
    /// Typed raw tracepoints (kernel 5.5 with BTF).
    case typedRawTracepoints
    /// `bpf_map_lookup_percpu_elem` (kernel 5.19).
    case perCPULookup
    /// `bpf_ktime_get_tai_ns` (kernel 6.1).
    case taiClock
  }

  private let ask: @Sendable (Ability) -> Bool
  private var given: [Ability: Bool] = [:]

  /// A kernel that can do all of it.
  public init() { ask = { _ in true } }

  /// A kernel that `ask` knows; it is called each time, and remembers.
  public init(asking ask: @escaping @Sendable (Ability) -> Bool) { self.ask = ask }

  /// Whether the kernel can do something; what is set here counts instead of the kernel's answer.
  public subscript(ability: Ability) -> Bool {
    get { given[ability] ?? ask(ability) }
    set { given[ability] = newValue }
  }

  /// ``Ability/fetchingAtomics``.
  public var hasFetchingAtomics: Bool {
    get { self[.fetchingAtomics] }
    set { self[.fetchingAtomics] = newValue }
  }
  /// ``Ability/version4Instructions``.
  public var hasVersion4Instructions: Bool {
    get { self[.version4Instructions] }
    set { self[.version4Instructions] = newValue }
  }
  /// ``Ability/loop``.
  public var hasLoop: Bool {
    get { self[.loop] }
    set { self[.loop] = newValue }
  }
  /// ``Ability/forEachMapElement``.
  public var hasForEachMapElement: Bool {
    get { self[.forEachMapElement] }
    set { self[.forEachMapElement] = newValue }
  }
  /// ``Ability/attachCookie``.
  public var hasAttachCookie: Bool {
    get { self[.attachCookie] }
    set { self[.attachCookie] = newValue }
  }
  /// ``Ability/functionAddress``.
  public var hasFunctionAddress: Bool {
    get { self[.functionAddress] }
    set { self[.functionAddress] = newValue }
  }
  /// ``Ability/userFunctionAddress``.
  public var hasUserFunctionAddress: Bool {
    get { self[.userFunctionAddress] }
    set { self[.userFunctionAddress] = newValue }
  }
  /// ``Ability/typedCurrentTask``.
  public var hasTypedCurrentTask: Bool {
    get { self[.typedCurrentTask] }
    set { self[.typedCurrentTask] = newValue }
  }
  /// ``Ability/typedRawTracepoints``.
  public var hasTypedRawTracepoints: Bool {
    get { self[.typedRawTracepoints] }
    set { self[.typedRawTracepoints] = newValue }
  }
  /// ``Ability/perCPULookup``.
  public var hasPerCPULookup: Bool {
    get { self[.perCPULookup] }
    set { self[.perCPULookup] = newValue }
  }
  /// ``Ability/taiClock``.
  public var hasTAIClock: Bool {
    get { self[.taiClock] }
    set { self[.taiClock] = newValue }
  }
  /// Kernel version as major × 65536 + minor × 256 + patch; for messages only.
  public var kernelVersion: UInt32 = 0
  /// The pid namespace that pids are told in: device and inode of `/proc/self/ns/pid`; nil for the initial one.
  public var processNamespace: ProcessNamespace?
  /// CPUs that the machine may ever have.
  public var possibleCPUCount = 1

  /// A pid namespace.
  public struct ProcessNamespace: Hashable, Sendable {
    /// The device of the namespace file system.
    public var device: UInt64
    /// The namespace's inode.
    public var inode: UInt64

    /// A namespace.
    public init(device: UInt64, inode: UInt64) {
      self.device = device
      self.inode = inode
    }
  }
}
