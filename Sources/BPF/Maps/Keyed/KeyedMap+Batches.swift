public import KernelInterface
internal import LinuxSystem

/// Many elements with one call.
extension KeyedMap {
  /// Writes many elements, in their order.
  ///
  /// Some of them may have been written when this throws. *Complexity*: one call for 1024 elements where the kernel and
  /// the type of map have batches (Linux 5.6), else a call for each.
  ///
  /// - Throws: ``BPFError/mapElement(_:)``, which names the key that was refused;
  ///   ``BPFError/wrongSize(map:expected:given:)`` for values of another number of CPUs.
  public func set(
    contentsOf elements: some Sequence<(key: Key, value: Value)>, _ update: ElementUpdate = .any
  ) throws(BPFError) {
    var batch = Batch(keySize: keyLayout.byteCount, valueSize: valueCoding.byteCount)
    for (key, value) in elements {
      let given = valueCoding.byteCount(of: value)
      guard given == valueCoding.byteCount else {
        throw .wrongSize(map: name, expected: valueCoding.byteCount, given: given)
      }
      batch.append { keys, values in
        keyLayout.write(key, to: keys)
        valueCoding.write(value, to: values)
      }
      if batch.isFull { try write(&batch, update) }
    }
    try write(&batch, update)
  }

  private func write(_ batch: inout Batch, _ update: ElementUpdate) throws(BPFError) {
    try batch.forEachRun { keys, values, count, isSingle in
      if !isSingle {
        return map.kernel.updateBatch(of: map.descriptor, keys: keys, values: values, count: count, update)
      }
      do throws(SystemCallError) {
        try map.kernel.updateElement(of: map.descriptor, key: keys, value: values, update)
        return (1, nil)
      } catch {
        return (0, error)
      }
    } failing: { key, error throws(BPFError) in
      throw map.elementError(error, key: "\(keyLayout.read(from: key))")
    }
  }
}

extension KeyedMapWithRemoval {
  /// Removes many keys; answers how many of them were there.
  ///
  /// *Complexity*: one call for 1024 keys where the kernel and the type of map have batches (Linux 5.6), else a call
  /// for each.
  ///
  /// - Throws: ``BPFError/mapElement(_:)``, which names the key that was refused; those before it are gone.
  @discardableResult
  public func removeValues(for keys: some Sequence<Key>) throws(BPFError) -> Int {
    var batch = Batch(keySize: keyLayout.byteCount, valueSize: 0)
    var removed = 0
    for key in keys {
      batch.append { bytes, _ in keyLayout.write(key, to: bytes) }
      if batch.isFull { removed += try remove(&batch) }
    }
    return try removed + remove(&batch)
  }

  private func remove(_ batch: inout Batch) throws(BPFError) -> Int {
    var missing = 0
    let total = batch.count
    try batch.forEachRun { keys, _, count, isSingle in
      if !isSingle { return map.kernel.deleteBatch(of: map.descriptor, keys: keys, count: count) }
      do throws(SystemCallError) {
        let isThere = try map.kernel.deleteElement(of: map.descriptor, key: keys)
        missing += isThere ? 0 : 1
        return (1, nil)
      } catch {
        return (0, error)
      }
    } failing: { key, error throws(BPFError) in
      guard error.errno == .noSuchFileOrDirectory else {
        throw map.elementError(error, key: "\(keyLayout.read(from: key))")
      }
      missing += 1
    }
    return total - missing
  }
}

/// Keys and values in a row, before they are written.
private struct Batch {
  let keySize: Int
  let valueSize: Int
  private var keys: [UInt8]
  private var values: [UInt8]
  private(set) var count = 0
  /// Whether the kernel was found to have no batches for this map.
  private var isSingle = false
  private static let capacity = 1024

  init(keySize: Int, valueSize: Int) {
    self.keySize = keySize
    self.valueSize = valueSize
    keys = Array(repeating: 0, count: Self.capacity * keySize)
    values = Array(repeating: 0, count: Self.capacity * valueSize)
  }

  var isFull: Bool { count == Self.capacity }

  mutating func append(_ write: (UnsafeMutableRawPointer, UnsafeMutableRawPointer) -> Void) {
    let place = count
    keys.withUnsafeMutableBytes { keys in
      values.withUnsafeMutableBytes { values in
        guard let key = keys.baseAddress else { return }
        write(key + place * keySize, values.baseAddress.map { $0 + place * valueSize } ?? key)
      }
    }
    count += 1
  }

  /// Has all elements written by `body`, which tells how many it did, and empties the batch.
  ///
  /// What it refuses goes to `failing`; when that returns, the next element's turn comes.
  mutating func forEachRun(
    _ body: (UnsafeRawPointer, UnsafeRawPointer, Int, _ isSingle: Bool) -> (done: Int, error: SystemCallError?),
    failing: (_ key: UnsafeRawPointer, SystemCallError) throws(BPFError) -> Void
  ) throws(BPFError) {
    var next = 0
    defer { count = 0 }
    while next < count {
      let result = keys.withUnsafeBytes { keys in
        values.withUnsafeBytes { values -> (done: Int, error: SystemCallError?) in
          guard let key = keys.baseAddress else { return (count - next, nil) }
          let value = values.baseAddress.map { $0 + next * valueSize } ?? key
          return body(key + next * keySize, value, isSingle ? 1 : count - next, isSingle)
        }
      }
      next += result.done
      guard let error = result.error else { continue }
      if !isSingle, result.done == 0,
        [.invalidArgument, .notSupported, .notSupportedByKernel].contains(error.errno)
      {
        isSingle = true
        continue
      }
      var failure: Result<Void, BPFError> = .success(())
      keys.withUnsafeBytes { keys in
        guard let key = keys.baseAddress else { return }
        failure = Result { () throws(BPFError) in try failing(key + next * keySize, error) }
      }
      try failure.get()
      next += 1
    }
  }
}
