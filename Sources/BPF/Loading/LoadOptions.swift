public import KernelInterface
internal import LinuxSystem

/// How an object is loaded.
public struct LoadOptions: Sendable {
  /// Where maps that are pinned by name are looked for and pinned: a folder of a `bpf` file system, which is made when
  /// it is not there.
  public var pinFolder = "/sys/fs/bpf"
  /// A file with the types of a kernel, in place of the running kernel's, for CO-RE relocations.
  public var kernelTypesPath: String?
  /// A `bpf` file system whose delegated rights loading rests on (BPF tokens, Linux 6.9); nil for the one that the
  /// environment names in `LIBBPF_BPF_TOKEN_PATH`, and none without.
  ///
  /// Where a path is given, a token that cannot be made is an error.
  public var tokenPath: String?
  /// Options in the form of a `.config`, which take precedence over the kernel's for `__kconfig` variables.
  public var configuration = ""
  /// When the verifier's log is asked for, in place of what each program says.
  public var log: VerifierLogRequest?
  /// Maps that are used in place of the object's own, by the names of the latter.
  ///
  /// Type and sizes must be the same. The contents stay as they are.
  public var maps: [String: Map] = [:]
  /// Programs that programs of the object are to replace (`freplace`) or trace, by the names of the latter.
  public var targetPrograms: [String: Program] = [:]
  /// A network device that the object is for; nil for none.
  public var device: DeviceBinding?

  /// How an object belongs to a network device.
  public struct DeviceBinding: Hashable, Sendable {
    /// The device's number.
    public var index: UInt32
    /// Whether the device itself runs the programs and keeps the maps; else programs run on the CPU and may ask the
    /// device for metadata of its packets (`BPF_F_XDP_DEV_BOUND_ONLY`, Linux 6.3).
    public var isOffloaded: Bool

    /// A binding to the device of that number.
    public init(index: UInt32, isOffloaded: Bool) {
      self.index = index
      self.isOffloaded = isOffloaded
    }
  }

  /// The defaults.
  public init() {}

  /// The file system that a token is asked of.
  var effectiveTokenPath: String? {
    tokenPath ?? Environment.value(of: "LIBBPF_BPF_TOKEN_PATH").flatMap { $0.isEmpty ? nil : $0 }
  }
}
