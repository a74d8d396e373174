internal import KernelInterface
internal import LinuxSystem

/// All elements of a map, in the kernel's order.
extension Map {
  /// How many elements are asked for at once.
  private static let batchCapacity = 1024
  /// How often a batch is asked for again that the kernel gave up because elements went meanwhile.
  private static let interruptionLimit = 1000

  /// Calls `body` with each key and its value: ``MapSpec/keySize`` and ``Map/storedValueSize`` bytes that live until
  /// it returns.
  ///
  /// Programs may write meanwhile: elements that come or go during the walk may be seen or not; no element that stays
  /// is left out, and none is given twice, except when an older kernel's walk had to start again because its place had
  /// been removed.
  ///
  /// *Complexity*: one call for 1024 elements (Linux 5.6); where the kernel or the type of map has no batches, two calls
  /// for each element.
  ///
  /// - Throws: ``BPFError/systemCall(_:)``; elements before it have been given.
  public func forEach(_ body: (_ key: RawSpan, _ value: RawSpan) -> Void) throws(BPFError) {
    try forEachBatch(removing: false) { keys, values, count in give(keys, values, count, to: body) }
  }

  /// Removes all elements; `body` gets those that were there.
  ///
  /// An element that a program writes meanwhile is either given or stays.
  ///
  /// - Throws: ``BPFError/systemCall(_:)``; elements before it have been given and are gone.
  public func removeAll(_ body: (_ key: RawSpan, _ value: RawSpan) -> Void = { _, _ in }) throws(BPFError) {
    try forEachBatch(removing: true) { keys, values, count in give(keys, values, count, to: body) }
  }

  /// Calls `body` with so many keys and values in a row, ``MapSpec/keySize`` and ``storedValueSize`` bytes each, until
  /// it answers false; they live until it returns.
  ///
  /// What programs write meanwhile is seen as by ``forEach(_:)``.
  ///
  /// - Throws: ``BPFError/systemCall(_:)``; elements before it have been given.
  public func forEachBatch(
    _ body: (_ keys: RawSpan, _ values: RawSpan, _ count: Int) -> Bool
  ) throws(BPFError) {
    func give(_ keys: UnsafeRawPointer, _ values: UnsafeRawPointer, _ count: Int) -> Bool {
      body(
        UnsafeRawBufferPointer(start: keys, count: count * spec.keySize).bytes,
        UnsafeRawBufferPointer(start: values, count: count * storedValueSize).bytes, count)
    }
    if spec.type.hasBatches, try batches(removing: false, give) { return }
    try walk { key, value in give(key, value, 1) ? .keep : .stop }
  }

  /// Calls `body` with so many keys and values in a row: ``MapSpec/keySize`` and ``storedValueSize`` bytes each.
  @usableFromInline
  func forEachBatch(
    removing: Bool, _ body: (_ keys: UnsafeRawPointer, _ values: UnsafeRawPointer, _ count: Int) -> Void
  ) throws(BPFError) {
    if removing, spec.type == .resizableHash { return try removeRepeatedly(body) }
    if spec.type.hasBatches, spec.type.isHash || !removing {
      let isDone = try batches(removing: removing) { keys, values, count in
        body(keys, values, count)
        return true
      }
      if isDone { return }
    }
    try walk { key, value in
      body(key, value, 1)
      return removing ? .remove : .keep
    }
  }

  /// A hash that shrinks as elements go moves others past the walk, which has to begin again until it finds none.
  private func removeRepeatedly(_ body: (UnsafeRawPointer, UnsafeRawPointer, Int) -> Void) throws(BPFError) {
    var total = 0
    var found = 0
    repeat {
      found = 0
      try walk { key, value in
        body(key, value, 1)
        found += 1
        return .remove
      }
      total += found
      // Programs that add elements all the time do not make this endless.
    } while found > 0 && total < 2 &* spec.maxEntries
  }

  private func give(
    _ keys: UnsafeRawPointer, _ values: UnsafeRawPointer, _ count: Int, to body: (RawSpan, RawSpan) -> Void
  ) {
    let keySize = spec.keySize
    let valueSize = storedValueSize
    for index in 0..<count {
      body(
        UnsafeRawBufferPointer(start: keys + index * keySize, count: keySize).bytes,
        UnsafeRawBufferPointer(start: values + index * valueSize, count: valueSize).bytes)
    }
  }

  /// False when the kernel has no batches for this map; nothing has been given then.
  ///
  /// It ends when `body` answers false.
  private func batches(
    removing: Bool, _ body: (UnsafeRawPointer, UnsafeRawPointer, Int) -> Bool
  ) throws(BPFError) -> Bool {
    var capacity = max(1, min(Self.batchCapacity, spec.maxEntries))
    let keySize = max(1, spec.keySize)
    let valueSize = max(1, storedValueSize)
    var keys = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity * keySize, alignment: 8)
    var values = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity * valueSize, alignment: 8)
    let position = UnsafeMutableRawBufferPointer.allocate(byteCount: max(8, keySize), alignment: 8)
    defer {
      keys.deallocate()
      values.deallocate()
      position.deallocate()
    }
    var isFirst = true
    var interruptions = 0
    while true {
      guard let keyBase = keys.baseAddress, let valueBase = values.baseAddress, let place = position.baseAddress else {
        return false
      }
      let batch: MapBatch
      do throws(SystemCallError) {
        batch = try kernel.copyBatch(
          of: descriptor, removing: removing, isFirst: isFirst, position: place, keys: keyBase, values: valueBase,
          capacity: capacity)
      } catch {
        // One bucket is more than fits.
        if error.errno == .noSpace, capacity < spec.maxEntries {
          capacity = min(spec.maxEntries, capacity * 4)
          keys.deallocate()
          values.deallocate()
          keys = .allocate(byteCount: capacity * keySize, alignment: 8)
          values = .allocate(byteCount: capacity * valueSize, alignment: 8)
          continue
        }
        if isFirst, [.invalidArgument, .notSupportedByKernel, .notSupported].contains(error.errno) { return false }
        // Elements went while they were copied.
        if error.errno == .interrupted, interruptions < Self.interruptionLimit {
          interruptions += 1
          continue
        }
        return try throwing(.failure(error))
      }
      if batch.count > 0, !body(keyBase, valueBase, batch.count) { return true }
      if batch.isLast { return true }
      isFirst = false
    }
  }

  /// What becomes of an element, and of the walk.
  private enum Step { case keep, remove, stop }

  /// Goes from key to key.
  private func walk(_ body: (UnsafeRawPointer, UnsafeRawPointer) -> Step) throws(BPFError) {
    let key = UnsafeMutableRawBufferPointer.allocate(byteCount: max(8, spec.keySize), alignment: 8)
    let next = UnsafeMutableRawBufferPointer.allocate(byteCount: max(8, spec.keySize), alignment: 8)
    let value = UnsafeMutableRawBufferPointer.allocate(byteCount: max(8, storedValueSize), alignment: 8)
    defer {
      key.deallocate()
      next.deallocate()
      value.deallocate()
    }
    guard let keyBase = key.baseAddress, let nextBase = next.baseAddress, let valueBase = value.baseAddress else {
      return
    }
    do throws(SystemCallError) {
      var found = try kernel.nextKey(of: descriptor, after: nil, into: keyBase)
      // A walk whose place was removed starts again; this bounds what a busy map can make of that.
      var steps = 0
      while found, steps < 2 &* spec.maxEntries {
        steps += 1
        // The next key is asked for before the present one is removed.
        found = try kernel.nextKey(of: descriptor, after: keyBase, into: nextBase)
        if try kernel.lookUpElement(of: descriptor, key: keyBase, value: valueBase) {
          switch body(keyBase, valueBase) {
          case .keep: break
          case .remove: try kernel.deleteElement(of: descriptor, key: keyBase)
          case .stop: return
          }
        }
        keyBase.copyMemory(from: nextBase, byteCount: spec.keySize)
      }
    } catch {
      try throwing(Result<Void, SystemCallError>.failure(error))
    }
  }
}

extension MapType {
  /// Whether any kernel copies maps of this type in batches: hashes and arrays from 5.6 on, prefix tries and per-CPU
  /// arrays from 5.13 on, arrays of maps from 5.18 on (`map_lookup_batch` of their operations in `kernel/bpf`).
  var hasBatches: Bool {
    switch self {
    case .array, .perCPUArray, .longestPrefixTrie, .arrayOfMaps: true
    default: isHash
    }
  }

  var isHash: Bool {
    switch self {
    case .hash, .lruHash, .perCPUHash, .lruPerCPUHash, .hashOfMaps, .resizableHash: true
    default: false
    }
  }
}
