public import BPF
public import KernelInterface
internal import LinuxSystem

/// A map's keys and values, as they are printed.
public struct MapElements {
  /// The map.
  public let map: Map
  /// The kernel's facts about it.
  public let info: MapInfo
  /// What its keys and values are; nil without type information.
  public let types: MapTypes?
  let shape: ElementShape
  let kernel: any KernelCalls

  /// Looks at a map.
  public init(of map: Map, kernel: any KernelCalls = LiveKernel()) throws(InspectorError) {
    self.map = map
    self.kernel = kernel
    do throws(BPFError) { info = try map.info() } catch { throw .library(error) }
    types = try MapTypes(info, kernel: kernel)
    shape = try ElementShape(of: map)
  }

  /// Whether values are maps.
  public var holdsMaps: Bool { info.type == .arrayOfMaps || info.type == .hashOfMaps }

  /// The value of a key, nil when it is not there.
  public func value(of key: [UInt8]) throws(InspectorError) -> [UInt8]? {
    try explaining(key) { () throws(BPFError) in try map.value(of: key) }
  }

  /// Removes an element and answers its value, nil when it is not there.
  public func take(_ key: [UInt8]) throws(InspectorError) -> [UInt8]? {
    try explaining(key) { () throws(BPFError) in try map.take(key) }
  }

  /// Writes an element; a per-CPU map gets the value for each CPU.
  public func update(_ key: [UInt8], to value: [UInt8], _ update: ElementUpdate) throws(InspectorError) {
    var stored = value
    if shape.isPerCPU {
      let padded = value + [UInt8](repeating: 0, count: max(0, shape.stride - value.count))
      stored = Array(repeatElement(padded, count: shape.cpus.count).joined())
    }
    try explaining(key) { () throws(BPFError) in try map.update(key, to: stored, update) }
  }

  /// Removes an element.
  ///
  /// - Throws: `ENOENT` when it is not there.
  public func remove(_ key: [UInt8]) throws(InspectorError) {
    let isRemoved = try explaining(key) { () throws(BPFError) in try map.remove(key) }
    if !isRemoved {
      throw explained(
        SystemCallError(call: "bpf(BPF_MAP_DELETE_ELEM)", subject: "map", errno: .noSuchFileOrDirectory), key)
    }
  }

  /// The key behind `key`, or the first.
  ///
  /// - Throws: `ENOENT` behind the last.
  public func nextKey(after key: [UInt8]?) throws(InspectorError) -> [UInt8] {
    var next = [UInt8](repeating: 0, count: max(8, shape.keySize))
    let found = Result { () throws(SystemCallError) in try copyNextKey(after: key, into: &next) }
    switch found {
    case .success(true): return Array(next.prefix(shape.keySize))
    case .success(false):
      throw .systemCall(
        SystemCallError(
          call: "bpf(BPF_MAP_GET_NEXT_KEY)",
          subject: "map '\(info.name)'\(key == nil ? ", which is empty" : ", behind its last key")",
          errno: .noSuchFileOrDirectory))
    case .failure(var error):
      error.subject = "map '\(info.name)' of type \(info.type)\(hasKeys ? "" : ", whose elements have no keys")"
      throw .systemCall(error)
    }
  }

  /// False behind the last key.
  func copyNextKey(after key: [UInt8]?, into next: inout [UInt8]) throws(SystemCallError) -> Bool {
    var result: Result<Bool, SystemCallError> = .success(false)
    next.withUnsafeMutableBytes { next in
      guard let target = next.baseAddress else { return }
      result = Result { () throws(SystemCallError) in
        guard let key else { return try kernel.nextKey(of: map.descriptor, after: nil, into: target) }
        var inner: Result<Bool, SystemCallError> = .success(false)
        key.withUnsafeBytes { key in
          inner = Result { () throws(SystemCallError) in
            try kernel.nextKey(of: map.descriptor, after: key.baseAddress, into: target)
          }
        }
        return try inner.get()
      }
    }
    return try result.get()
  }

  private var hasKeys: Bool {
    switch info.type {
    case .queue, .stack, .bloomFilter, .ringBuffer, .userRingBuffer, .arena: false
    default: true
    }
  }

  private func explaining<R>(
    _ key: [UInt8], _ body: () throws(BPFError) -> R
  ) throws(InspectorError) -> R {
    do throws(BPFError) { return try body() } catch {
      guard case .systemCall(let call) = error else { throw .library(error) }
      throw explained(call, key)
    }
  }

  private func explained(_ error: SystemCallError, _ key: [UInt8]) -> InspectorError {
    .library(.mapElement(MapElementError(error, map.spec, key: key.isEmpty ? nil : HexDigits.rows(key))))
  }
}
