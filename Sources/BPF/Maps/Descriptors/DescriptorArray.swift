internal import KernelInterface
public import LinuxSystem

/// Perf events, cgroups or AF_XDP sockets by index, which user space puts in and takes out, but cannot read.
///
/// A perf event goes out again when the descriptor of the map that put it in is closed, unless the map was created with
/// `BPF_F_PRESERVE_ELEMS`. `BPF_MAP_TYPE_PERF_EVENT_ARRAY` (*first kernel* 4.3), `BPF_MAP_TYPE_CGROUP_ARRAY` (4.8),
/// `BPF_MAP_TYPE_XSKMAP` (4.18).
public struct DescriptorArray: TypedMap {
  /// The map itself.
  public let map: Map
  private let elements: ByteElements<UInt32>

  /// Takes a map that is there already.
  ///
  /// - Throws: ``BPFError/mapMismatch(_:)``.
  public init(_ map: Map) throws(BPFError) {
    try map.require([.perfEventArray, .cgroupArray, .xskMap])
    elements = try ByteElements(map)
    self.map = map
  }

  /// How many places there are.
  public var count: Int { map.spec.maxEntries }

  /// Puts what a descriptor is open on at an index: a perf event, a cgroup's directory, or an AF_XDP socket.
  ///
  /// - Throws: ``BPFError/mapElement(_:)``: `EBADF` or `EINVAL` for a descriptor of another kind.
  public func set(_ descriptor: borrowing OwnedDescriptor, at index: Int) throws(BPFError) {
    let index = try map.index(index)
    try descriptor.withNumber { number throws(BPFError) in
      try elements.set(elements.bytes(descriptor: number), for: index)
    }
  }

  /// Takes away what is at an index; false when there is nothing.
  ///
  /// - Throws: ``BPFError/mapElement(_:)``.
  @discardableResult
  public func remove(at index: Int) throws(BPFError) -> Bool { try elements.removeValue(for: map.index(index)) }
}
