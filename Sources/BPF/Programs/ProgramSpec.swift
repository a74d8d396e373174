public import Bytecode
public import KernelInterface

/// What a program is to be like, before any kernel is involved.
///
/// Its instructions name maps by their places in a list, which loading exchanges for descriptors.
public struct ProgramSpec: Hashable, Sendable {
  /// Type information: functions, lines and the types they use.
  public struct TypeInformation: Hashable, Sendable {
    /// BTF as the kernel takes it.
    public var btf: [UInt8]
    /// `struct bpf_func_info` of each function.
    public var functions: ProgramLoad.InfoRecords
    /// `struct bpf_line_info`.
    public var lines: ProgramLoad.InfoRecords?

    /// Types with the records that refer to them.
    public init(btf: [UInt8], functions: ProgramLoad.InfoRecords, lines: ProgramLoad.InfoRecords? = nil) {
      self.btf = btf
      self.functions = functions
      self.lines = lines
    }
  }

  /// What inspection tools show; the kernel keeps 15 characters.
  public var name: String
  /// The kind of program.
  public var type: ProgramType
  /// Where it is meant for, for the types whose rules depend on that.
  public var expectedAttachType: AttachType?
  /// Instructions, and where they name maps.
  public var code: Assembly
  /// Its licence; "GPL" opens the helpers that the kernel keeps for GPL-compatible programs.
  public var license: String
  /// How it is checked and run.
  public var flags: ProgramLoad.Flags
  /// The kernel's type that it attaches to: a function, or the type of a tracepoint.
  public var attachTypeID: UInt32
  /// Type information, with which the verifier shows source lines.
  public var types: TypeInformation?

  /// A program for the given place.
  public init(
    name: String, type: ProgramType, expectedAttachType: AttachType? = nil, code: Assembly, license: String = "GPL",
    flags: ProgramLoad.Flags = [], attachTypeID: UInt32 = 0, types: TypeInformation? = nil
  ) {
    self.name = name
    self.type = type
    self.expectedAttachType = expectedAttachType
    self.code = code
    self.license = license
    self.flags = flags
    self.attachTypeID = attachTypeID
    self.types = types
  }
}
