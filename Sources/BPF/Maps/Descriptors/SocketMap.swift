public import KernelInterface
public import LinuxSystem

/// Sockets by index or by key, to which programs redirect data or connections.
///
///     let listeners = try SocketMap<UInt32>(object.map(named: "listeners"))
///     try listeners.set(socket, for: 0)
///     try listeners.cookie(for: 0)
///
/// A closed socket goes out by itself. `BPF_MAP_TYPE_SOCKMAP` (*first kernel* 4.14) and
/// `BPF_MAP_TYPE_REUSEPORT_SOCKARRAY` (4.19), whose keys are `UInt32`, and `BPF_MAP_TYPE_SOCKHASH` (4.18).
public struct SocketMap<Key: BitwiseCopyable>: TypedMap {
  /// The map itself.
  public let map: Map
  private let elements: ByteElements<Key>

  /// Takes a map that is there already.
  ///
  /// - Throws: ``BPFError/mapMismatch(_:)``.
  public init(_ map: Map) throws(BPFError) {
    try map.require([.socketMap, .socketHash, .reusePortSocketArray])
    elements = try ByteElements(map)
    self.map = map
  }

  /// Puts a socket at a key.
  ///
  /// - Throws: ``BPFError/mapElement(_:)``: `EOPNOTSUPP` for a socket in a state or of a protocol that such maps do not
  ///   take, `ENOTSOCK`, `EBADF`.
  public func set(_ socket: borrowing OwnedDescriptor, for key: Key, _ update: ElementUpdate = .any) throws(BPFError) {
    try socket.withNumber { number throws(BPFError) in
      try elements.set(elements.bytes(descriptor: number), for: key, update)
    }
  }

  /// The cookie of the socket at a key (`SO_COOKIE`), nil where there is none.
  ///
  /// - Throws: ``BPFError/mapElement(_:)``: `ENOSPC` unless the map was created with values of 8 bytes. *First kernel*:
  ///   5.8 for socket maps.
  public func cookie(for key: Key) throws(BPFError) -> UInt64? {
    try elements.value(for: key).flatMap { bytes in
      bytes.count == 8 ? bytes.withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) } : nil
    }
  }

  /// Takes a socket away; false when there is none.
  ///
  /// - Throws: ``BPFError/mapElement(_:)``.
  @discardableResult
  public func removeValue(for key: Key) throws(BPFError) -> Bool {
    do throws(BPFError) {
      return try elements.removeValue(for: key)
    } catch {
      // An empty place of a sockmap (`__sock_map_delete` in net/core/sock_map.c).
      if map.spec.type == .socketMap, case .mapElement(let element) = error, element.errno == .invalidArgument,
        element.call == "bpf(BPF_MAP_DELETE_ELEM)"
      {
        return false
      }
      throw error
    }
  }
}
