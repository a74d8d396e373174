public import KernelInterface
internal import LinuxSystem

/// A network interface of the calling thread's network.
///
///     let interface = try NetworkInterface(named: "eth0")
///     let link = try program.attach(toXDPOf: interface)
///
/// Numbers and names belong to one network; `NetworkNamespace.run` looks at another.
public struct NetworkInterface: Hashable, Sendable, CustomStringConvertible {
  /// Its number.
  public let index: UInt32
  /// Its name.
  public let name: String

  /// The name.
  public var description: String { name }

  /// The interface of a name.
  ///
  /// - Throws: `ENODEV` when there is none.
  public init(named name: String, kernel: any KernelCalls = LiveKernel()) throws(BPFError) {
    self.init(try BPFError.route(kernel) { socket throws(NetlinkError) in try socket.interface(named: name) })
  }

  /// The interface of a number.
  ///
  /// - Throws: `ENODEV` when there is none.
  public init(index: UInt32, kernel: any KernelCalls = LiveKernel()) throws(BPFError) {
    self.init(try BPFError.route(kernel) { socket throws(NetlinkError) in try socket.interface(index: index) })
  }

  /// All interfaces, in the order of their numbers.
  ///
  /// - Throws: ``BPFError/netlink(_:)``.
  public static func all(kernel: any KernelCalls = LiveKernel()) throws(BPFError) -> [NetworkInterface] {
    try BPFError.route(kernel) { socket throws(NetlinkError) in try socket.interfaces() }.map(Self.init)
  }

  init(_ record: InterfaceRecord) {
    index = record.index
    name = record.name
  }
}

extension BPFError {
  /// Opens a route socket for one conversation, and makes its errors this room's.
  static func route<R>(
    _ kernel: any KernelCalls, _ body: (borrowing RouteSocket) throws(NetlinkError) -> R
  ) throws(BPFError) -> R {
    let socket = try wrap { () throws(SystemCallError) in try RouteSocket(kernel) }
    do throws(NetlinkError) { return try body(socket) } catch { throw .netlink(error) }
  }
}
