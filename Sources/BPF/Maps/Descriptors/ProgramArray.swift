internal import KernelInterface
public import LinuxSystem

/// Programs by index, for tail calls.
///
///     let stages = try ProgramArray(object.map(named: "stages"))
///     try stages.set(program, at: 0)
///     try stages.programID(at: 0)
///
/// Who holds only the map does not keep it filled: when its last descriptor and pin go, the kernel empties it, so that
/// programs that call each other do not live for ever. `BPF_MAP_TYPE_PROG_ARRAY`. *First kernel*: 4.2; reading 4.17.
public struct ProgramArray: TypedMap {
  /// The map itself.
  public let map: Map
  private let elements: ByteElements<UInt32>

  /// Takes a map that is there already.
  ///
  /// - Throws: ``BPFError/mapMismatch(_:)``.
  public init(_ map: Map) throws(BPFError) {
    try map.require([.programArray])
    elements = try ByteElements(map)
    self.map = map
  }

  /// How many places there are.
  public var count: Int { map.spec.maxEntries }

  /// Puts a program at an index.
  ///
  /// - Throws: ``BPFError/mapElement(_:)``: `EINVAL` for a program of another type than those that use the map.
  public func set(_ program: Program, at index: Int) throws(BPFError) { try set(program.descriptor, at: index) }

  /// Puts a program at an index, by its descriptor.
  ///
  /// - Throws: as ``set(_:at:)-(Program,_)``.
  public func set(_ program: borrowing OwnedDescriptor, at index: Int) throws(BPFError) {
    let index = try map.index(index)
    try program.withNumber { number throws(BPFError) in
      try elements.set(elements.bytes(descriptor: number), for: index)
    }
  }

  /// The number of the program at an index, nil where there is none.
  ///
  /// - Throws: ``BPFError/mapElement(_:)``.
  public func programID(at index: Int) throws(BPFError) -> UInt32? {
    try elements.value(for: map.index(index)).map { ByteElements<UInt32>.number($0, 0) }
  }

  /// Takes the program at an index away; false when there is none.
  ///
  /// - Throws: ``BPFError/mapElement(_:)``.
  @discardableResult
  public func remove(at index: Int) throws(BPFError) -> Bool { try elements.removeValue(for: map.index(index)) }
}
