internal import KernelInterface
internal import LinuxSystem

/// The values of a map as memory of this process: no call is needed to read or write them.
///
/// Works for arrays that were created with `BPF_F_MMAPABLE`, as data sections of objects are, and for arenas. Programs
/// and other processes see writes at once, and so are theirs seen: what is read twice may differ.
///
/// *First kernel*: 5.5; arenas 6.9.
public final class MapMemory: @unchecked Sendable {
  // Sendable: address and size never change; what is there is shared with the kernel in any case, and words are read
  // and written whole.

  /// The map, whose memory lives at least as long.
  public let map: Map
  /// Whether the memory can be written to.
  public let isWritable: Bool
  /// Bytes from one of an array's values to the next.
  public let stride: Int
  /// The memory, in whole pages.
  let bytes: UnsafeMutableRawBufferPointer

  /// Maps the values of a map into memory.
  ///
  /// A map that is frozen can be mapped for reading; one that is mapped for writing cannot be frozen. An arena is mapped
  /// where its creation said, and anywhere else where that said nothing.
  ///
  /// - Throws: ``BPFError/mapMismatch(_:)`` for another type, or a map without the flag; ``BPFError/systemCall(_:)``
  ///   with `EPERM` when the map is frozen, `ENOMEM`.
  public init(_ map: Map, isWritable: Bool = true) throws(BPFError) {
    try map.require([.array, .arena])
    guard map.spec.flags.contains(.mappable) else {
      throw .mapMismatch(MapMismatch(map: map.spec.name, .missingFlag("BPF_F_MMAPABLE")))
    }
    let page = MemoryPage.size
    let isArena = map.spec.type == .arena
    // The kernel keeps an array's values at multiples of 8 bytes (`array_map_alloc` in kernel/bpf/arraymap.c).
    let stride = isArena ? page : (map.spec.valueSize + 7) & ~7
    let (size, overflow) = stride.multipliedReportingOverflow(by: map.spec.maxEntries)
    let length = overflow ? 0 : (size + page - 1) & ~(page - 1)
    var address: UnsafeMutableRawPointer?
    if isArena { address = UnsafeMutableRawPointer(bitPattern: UInt(truncatingIfNeeded: map.spec.extra)) }
    let answer = map.descriptor.withNumber { number in
      map.kernel.map(&address, length: length, isWritable ? .readWrite : .read, fixed: false, of: number, offset: 0)
    }
    try BPFError.wrap { () throws(SystemCallError) in
      _ = try SystemCallError.check(answer, "mmap", on: "map '\(map.spec.name)'")
    }
    guard let address else {
      throw .systemCall(SystemCallError(call: "mmap", subject: "map '\(map.spec.name)'", errno: .noMemory))
    }
    self.map = map
    self.isWritable = isWritable
    self.stride = stride
    bytes = UnsafeMutableRawBufferPointer(start: address, count: length)
  }

  deinit {
    if let base = bytes.baseAddress { _ = map.kernel.unmap(base, length: bytes.count) }
  }

  /// Lends the memory, whole pages of it; writing to memory for reading ends the process.
  ///
  /// - Throws: what `body` throws.
  public func withUnsafeBytes<R, E: Error>(
    _ body: (UnsafeMutableRawBufferPointer) throws(E) -> R
  ) throws(E) -> R { try body(bytes) }
}
