public import BTF
public import ELF

/// What an object file holds, before any kernel is involved: maps, programs, the functions they call, and types.
///
/// Everything can be changed before it is loaded: sizes of maps, initial values of variables, which programs load.
///
///     var object = try ObjectSpec(path: "counter.bpf.o")
///     object.maps.map(\.name)          // ["counts", "counter.bss"]
///     object.programs.map(\.name)      // ["count_calls"]
///     let code = try object.linked(object.programs[0])
///
/// It is what libbpf's `bpf_object` is after `bpf_object__open`.
public struct ObjectSpec: Sendable {
  /// The file's name up to the first dot; maps of data sections begin with it, as in "counter.bss".
  public var name: String
  /// How the object's integers are stored.
  ///
  /// Only objects of this machine's order can be loaded.
  public var byteOrder: ByteOrder
  /// The licence of its programs; "" when it has none.
  public var license: String
  /// The kernel that kprobes of kernels before 5.0 want to be built for (`version` section).
  public var kernelVersion: UInt32?
  /// Its maps: those that the source defines, then those of the data sections.
  public var maps: [MapSpec]
  /// Its entry programs.
  public var programs: [ObjectProgram]
  /// All functions, those of the programs included.
  public var functions: [FunctionSpec]
  /// What it expects the kernel to have.
  public var externs: [ExternSpec]
  /// Its type information (`.BTF`); data sections have their sizes, and variables their offsets filled in.
  public var types: TypeGraph?
  /// Where its programs check something, when they are written in Swift, in the order of the counters.
  public var checkSites: [CheckSite] = []

  /// An object of the given parts.
  public init(
    name: String, byteOrder: ByteOrder = .host, license: String = "", kernelVersion: UInt32? = nil,
    maps: [MapSpec] = [], programs: [ObjectProgram] = [], functions: [FunctionSpec] = [], externs: [ExternSpec] = [],
    types: TypeGraph? = nil
  ) {
    self.name = name
    self.byteOrder = byteOrder
    self.license = license
    self.kernelVersion = kernelVersion
    self.maps = maps
    self.programs = programs
    self.functions = functions
    self.externs = externs
    self.types = types
  }

  /// The map whose value holds the options of the kernel's configuration that the object uses; nil when it uses none.
  public var configurationMap: MapSpec? { maps.first { $0.dataSection == ".kconfig" } }
}
