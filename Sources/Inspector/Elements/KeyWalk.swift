internal import BPF
internal import KernelInterface
internal import LinuxSystem

/// A walk from key to key over a map that is not read in batches, and whose values may each be unreadable.
struct KeyWalk {
  /// A value, or why it cannot be read.
  enum Outcome {
    case value([UInt8])
    case error(SystemErrno)
  }

  private let elements: MapElements
  private let first: [UInt8]?

  /// Looks for the first key.
  ///
  /// - Throws: for maps that have no keys, and without the right to look.
  init(over elements: MapElements) throws(InspectorError) {
    self.elements = elements
    do throws(InspectorError) { first = try elements.nextKey(after: nil) } catch {
      guard case .systemCall(let call) = error, call.errno == .noSuchFileOrDirectory else { throw error }
      first = nil
    }
  }

  /// Calls `body` with each key, until it answers false.
  ///
  /// A map without order starts again when the key from which it should go on was removed; keys that were given
  /// already are passed over then. What vanishes before it was read is not given.
  func forEach(_ body: ([UInt8], Outcome) -> Bool) throws(InspectorError) {
    guard var key = first else { return }
    let shape = elements.shape
    var seen: Set<[UInt8]> = []
    var value = [UInt8](repeating: 0, count: max(8, shape.storedSize))
    var next = [UInt8](repeating: 0, count: max(8, shape.keySize))
    var steps = 0
    while steps <= elements.info.maxEntries.multipliedReportingOverflow(by: 2).partialValue {
      steps += 1
      if elements.isIndexed || seen.insert(key).inserted {
        switch read(key, into: &value) {
        case .success(true):
          if !body(key, .value(Array(value.prefix(shape.storedSize)))) { return }
        case .success(false): break
        case .failure(let error): if !body(key, .error(error.errno)) { return }
        }
      }
      let found = Result { () throws(SystemCallError) in try elements.copyNextKey(after: key, into: &next) }
      switch found {
      case .success(true): key = Array(next.prefix(shape.keySize))
      case .success(false): return
      case .failure(let error): throw .systemCall(error)
      }
    }
  }

  private func read(_ key: [UInt8], into value: inout [UInt8]) -> Result<Bool, SystemCallError> {
    key.withUnsafeBytes { key in
      value.withUnsafeMutableBytes { value in
        Result { () throws(SystemCallError) in
          guard let target = value.baseAddress else { return false }
          return try elements.kernel.lookUpElement(
            of: elements.map.descriptor, key: key.baseAddress, value: target)
        }
      }
    }
  }
}

extension MapElements {
  /// Whether keys are places in an array, which are gone through in their order.
  var isIndexed: Bool {
    switch info.type {
    case .array, .perCPUArray, .programArray, .perfEventArray, .cgroupArray, .arrayOfMaps, .deviceMap, .socketMap,
      .cpuMap, .xskMap, .reusePortSocketArray, .instructionArray:
      true
    default: false
    }
  }

  /// Whether the kernel copies many elements at once, each of which can be read.
  var isReadInBatches: Bool {
    switch info.type {
    case .hash, .lruHash, .perCPUHash, .lruPerCPUHash, .hashOfMaps, .resizableHash, .array, .perCPUArray: true
    default: false
    }
  }
}
