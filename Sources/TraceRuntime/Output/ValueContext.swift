/// What the bytes of a value do not say themselves: names of addresses, users and probes, frames of stacks, the time.
///
/// One implementation asks the live system, another one, in tests, a script. Answers may be kept by the implementation:
/// formatting asks for the same thing again and again.
public protocol ValueContext: AnyObject {
  /// The return addresses of a stack, innermost first; nil when the script's stack map has none under this hash.
  func frames(ofStack hash: UInt64, count: Int) -> [UInt64]?
  /// What lies at an address of the kernel.
  func kernelSymbol(at address: UInt64) -> SymbolicAddress
  /// What lies at an address of a process, by its id in the initial pid namespace.
  func userSymbol(at address: UInt64, inProcess process: UInt32) -> SymbolicAddress
  /// Where in which file an address of a process comes from.
  func fileAddress(at address: UInt64, inProcess process: UInt32) -> FileAddress?
  /// A user's name; nil for an id without one.
  func userName(of id: UInt32) -> String?
  /// The full name of a probe by its index in the script's list.
  func probeName(at index: UInt64) -> String?
  /// The path of a cgroup below the cgroup2 mount; nil for an id that is gone.
  func cgroupPath(of id: UInt64) -> String?
  /// Wall-clock nanoseconds since 1970 for a moment of the boot clock (`CLOCK_BOOTTIME`).
  func wallClock(atBootTime nanoseconds: UInt64) -> Int64
  /// The current wall-clock time, in nanoseconds since 1970.
  func currentTime() -> Int64
  /// A wall-clock time of nanoseconds since 1970 in a strftime(3) format, in the local time zone.
  func timeText(at nanoseconds: Int64, format: String) -> String
}

/// An address as people read it.
public struct SymbolicAddress: Hashable, Sendable {
  /// The address.
  public var address: UInt64
  /// The symbol that it lies in; nil when none is known.
  public var name: String?
  /// Bytes from the symbol's start.
  public var offset: UInt64
  /// The file or kernel module that it lies in, where known.
  public var module: String?

  /// An address with what is known about it.
  public init(address: UInt64, name: String? = nil, offset: UInt64 = 0, module: String? = nil) {
    self.address = address
    self.name = name
    self.offset = offset
    self.module = module
  }
}

/// A place in a file, as `build_id` stacks name it.
public struct FileAddress: Hashable, Sendable {
  /// The build id of the file.
  public var buildID: [UInt8]
  /// Bytes from the start of the file.
  public var offset: UInt64

  /// A place in a file.
  public init(buildID: [UInt8], offset: UInt64) {
    self.buildID = buildID
    self.offset = offset
  }
}
