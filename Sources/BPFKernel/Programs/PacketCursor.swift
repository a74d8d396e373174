#if hasFeature(Embedded)
  /// How a context names a place in a packet: 32 bits, which the kernel replaces by the address when it loads them.
  public typealias PacketAddress = UInt32
#else
  /// How a context names a place in a packet: in the simulation, by its address.
  public typealias PacketAddress = UInt
#endif

/// Goes through a packet and hands out typed pointers only to bytes that are in it.
///
///     var packet = context.packet
///     guard let ethernet = packet.take(EthernetHeader.self), ethernet.pointee.type == .ipv4,
///       let ip = packet.take(IPv4Header.self)
///     else { return .pass }
@frozen
public struct PacketCursor {
  @usableFromInline var next: UInt
  @usableFromInline var end: UInt

  /// The bytes from `next` up to `end`, which is not among them.
  @_alwaysEmitIntoClient @_transparent
  public init(_ next: UInt, _ end: UInt) {
    self.next = next
    self.end = end
  }

  /// A pointer to the next bytes as a `T`, and goes past them; nil, and stays, when fewer bytes are left.
  @_alwaysEmitIntoClient @inline(__always)
  public mutating func take<T: BitwiseCopyable>(_ type: T.Type = T.self) -> UnsafeMutablePointer<T>? {
    let after = next &+ UInt(bitPattern: MemoryLayout<T>.size)
    if after > end { return nil }
    defer { next = after }
    return UnsafeMutablePointer(bitPattern: next)
  }

  /// Goes past `count` bytes; false, and stays, when fewer are left, or when they are 16384 or more.
  ///
  /// The verifier follows no packet pointer further than 64 KiB, wherever it may go.
  @_alwaysEmitIntoClient @inline(__always)
  public mutating func skip(_ count: UInt) -> Bool {
    let count = opaque(count)
    if count >= 16384 { return false }
    let after = next &+ count
    if after > end { return false }
    next = after
    return true
  }
}
