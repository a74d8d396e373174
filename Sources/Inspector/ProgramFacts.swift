public import KernelInterface
public import LinuxSystem

/// What is shown of a program.
public struct ProgramFacts: ShownObject {
  /// What kind of object it is.
  public static let kind = ObjectKind.program
  /// The kernel's own facts.
  public var info: ProgramInfo
  /// Bytes that are charged for it, from its descriptor's `fdinfo`; nil when that does not tell.
  public var memory: UInt64?
  /// What its author wrote down about it.
  var metadata = ProgramMetadata()
  /// Where it is pinned, when that was looked for.
  public var pins: [String] = []
  /// Who has a descriptor of it.
  public var holders: [Holders.Process] = []

  /// The object's number.
  public var id: UInt32 { info.id }

  /// Asks the kernel about an open program.
  public init(_ program: borrowing OwnedDescriptor, kernel: any KernelCalls = LiveKernel()) throws(InspectorError) {
    info = try InspectorError.wrap { () throws(SystemCallError) in try kernel.programInfo(program) }
    info.name = ProgramName.full(of: program, info, kernel)
    metadata = ProgramMetadata(of: info, kernel)
    memory = DescriptorFacts(program).number("memlock")
  }

  /// Its type; a number alone for one that is newer than this table.
  var typeText: String { info.type.description }

  /// When it was loaded, in seconds since 1970.
  var loadedAt: Int64 {
    (SystemClock.boot.offsetToRealtime + Int64(clamping: info.loadTime)) / 1_000_000_000
  }
}
