public import KernelInterface

/// A map whose keys and values have Swift types.
public protocol TypedMap: Sendable {
  /// The map itself, with its descriptor, its facts and its elements as bytes.
  var map: Map { get }

  /// Takes a map that is there already: of an object, pinned, or found by id.
  ///
  /// - Throws: ``BPFError/mapMismatch(_:)`` when its type or the sizes of its keys or values do not fit.
  init(_ map: Map) throws(BPFError)
}

extension TypedMap {
  /// The map's name, cut to 15 bytes where it came from the kernel.
  public var name: String { map.spec.name }

  /// Opens a pinned map.
  ///
  /// - Throws: as ``Map/init(pinnedAt:kernel:)``, and ``BPFError/mapMismatch(_:)``.
  public init(pinnedAt path: String, kernel: any KernelCalls = LiveKernel()) throws(BPFError) {
    try self.init(Map(pinnedAt: path, kernel: kernel))
  }
}

extension Map {
  /// Refuses other types than those that the wrapper is for.
  func require(_ types: [MapType]) throws(BPFError) {
    if !types.contains(spec.type) {
      throw .mapMismatch(MapMismatch(map: spec.name, .type(spec.type, expected: types)))
    }
  }

  /// The layout of a key, when keys are as long and their padding is known.
  func keyLayout<Key>(_ type: Key.Type) throws(BPFError) -> ByteLayout<Key> {
    let layout = ByteLayout<Key>()
    if layout.byteCount != spec.keySize {
      throw .mapMismatch(
        MapMismatch(map: spec.name, .keySize(spec.keySize, type: "\(type)", byteCount: layout.byteCount)))
    }
    if let doubt = layout.doubt {
      throw .mapMismatch(MapMismatch(map: spec.name, .unclearPadding(reason: doubt)))
    }
    return layout
  }

  /// The layout of a value, when values are as long.
  func valueLayout<Value>(_ type: Value.Type) throws(BPFError) -> ByteLayout<Value> {
    let layout = ByteLayout<Value>()
    try requireValues(of: layout.byteCount, type)
    return layout
  }

  /// The layout of the values of all CPUs, when one of them is as long.
  func perCPULayout<Value>(_ type: Value.Type) throws(BPFError) -> PerCPULayout<Value> {
    let layout = PerCPULayout<Value>(cpuCount: valuesPerKey)
    try requireValues(of: layout.element.byteCount, type)
    return layout
  }

  private func requireValues(of byteCount: Int, _ type: Any.Type) throws(BPFError) {
    if byteCount != spec.valueSize {
      throw .mapMismatch(
        MapMismatch(map: spec.name, .valueSize(spec.valueSize, type: "\(type)", byteCount: byteCount)))
    }
  }
}
