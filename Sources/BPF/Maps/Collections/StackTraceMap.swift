internal import KernelInterface

/// Stacks that programs took with `bpf_get_stackid`, by the number it answered.
///
///     let stacks = try StackTraceMap(object.map(named: "stacks"))
///     for address in try stacks.addresses(of: id) ?? [] { … }
///
/// `BPF_MAP_TYPE_STACK_TRACE`. *First kernel*: 4.6; as build ids and offsets 4.17.
public struct StackTraceMap: TypedMap {
  /// A place in a file: `struct bpf_stack_build_id`.
  public struct Place: Hashable, Sendable {
    /// The first 20 bytes of the file's build id; empty when the kernel found none.
    public var buildID: [UInt8]
    /// Bytes from the beginning of the file; without a build id, the address.
    public var offset: UInt64
  }

  /// The map itself.
  public let map: Map
  private let elements: ByteElements<UInt32>

  /// Takes a map that is there already.
  ///
  /// - Throws: ``BPFError/mapMismatch(_:)``.
  public init(_ map: Map) throws(BPFError) {
    try map.require([.stackTrace])
    elements = try ByteElements(map)
    self.map = map
  }

  /// Whether it holds places in files rather than addresses (`BPF_F_STACK_BUILD_ID`).
  public var hasBuildIDs: Bool { map.spec.flags.contains(.stackBuildID) }

  /// The addresses of a stack, innermost first; nil when there is no such stack.
  ///
  /// - Throws: ``BPFError/mapMismatch(_:)`` when the map ``hasBuildIDs``.
  public func addresses(of id: UInt32) throws(BPFError) -> [UInt64]? {
    if hasBuildIDs { throw .mapMismatch(MapMismatch(map: name, .flag("BPF_F_STACK_BUILD_ID"))) }
    return try elements.value(for: id).map { bytes in
      let all = bytes.withUnsafeBytes { bytes in
        (0..<bytes.count / 8).map { bytes.loadUnaligned(fromByteOffset: $0 * 8, as: UInt64.self) }
      }
      return Array(all.prefix { $0 != 0 })
    }
  }

  /// The places of a stack, innermost first; nil when there is no such stack.
  ///
  /// - Throws: ``BPFError/mapMismatch(_:)`` unless the map ``hasBuildIDs``.
  public func places(of id: UInt32) throws(BPFError) -> [Place]? {
    if !hasBuildIDs { throw .mapMismatch(MapMismatch(map: name, .missingFlag("BPF_F_STACK_BUILD_ID"))) }
    return try elements.value(for: id).map { bytes in
      bytes.withUnsafeBytes { bytes in
        (0..<bytes.count / 32).compactMap { index in
          // A status: 0 for the end, 1 for a build id, 2 for an address.
          let status = bytes.loadUnaligned(fromByteOffset: index * 32, as: Int32.self)
          guard status == 1 || status == 2 else { return nil }
          return Place(
            buildID: status == 1 ? Array(bytes[index * 32 + 4..<index * 32 + 24]) : [],
            offset: bytes.loadUnaligned(fromByteOffset: index * 32 + 24, as: UInt64.self))
        }
      }
    }
  }

  /// Forgets a stack; false when there is no such stack.
  ///
  /// - Throws: ``BPFError/mapElement(_:)``.
  @discardableResult
  public func remove(_ id: UInt32) throws(BPFError) -> Bool { try elements.removeValue(for: id) }

  /// The numbers of all stacks.
  ///
  /// - Throws: ``BPFError/systemCall(_:)``.
  public func ids() throws(BPFError) -> [UInt32] { try elements.keys() }
}
