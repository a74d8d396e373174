public import KernelInterface
internal import LinuxSystem

/// A map that has a value for a key, or for an index.
///
///     let counts = try HashMap<UInt32, UInt64>(name: "counts", maxEntries: 1024)
///     try counts.set(1, for: 42)
///     try counts.value(for: 42)                        // 1
///     try counts.forEach { user, count in print(user, count) }
public protocol KeyedMap<Key, Value>: TypedMap {
  /// What a value is found by.
  associatedtype Key: BitwiseCopyable
  /// What a key stands for.
  associatedtype Value
  /// How values lie in memory.
  associatedtype Coding: ValueCoding where Coding.Value == Value

  /// How keys lie in memory.
  var keyLayout: ByteLayout<Key> { get }
  /// How values lie in memory.
  var valueCoding: Coding { get }
}

extension KeyedMap {
  /// The value of a key, nil when there is no such key.
  ///
  /// In a prefix trie, the value of the longest prefix that the key falls under. `flags` may hold the value's lock.
  ///
  /// - Throws: ``BPFError/mapElement(_:)``.
  public func value(for key: Key, _ flags: ElementFlags = []) throws(BPFError) -> Value? {
    try read(key) { (key, value) throws(SystemCallError) in
      try map.kernel.lookUpElement(of: map.descriptor, key: key, value: value, flags)
    }
  }

  /// Whether there is such a key.
  ///
  /// - Throws: ``BPFError/mapElement(_:)``.
  public func contains(_ key: Key) throws(BPFError) -> Bool { try value(for: key) != nil }

  /// Writes the value of a key: whether it is there or not, only when it is not, or only when it is.
  ///
  /// - Throws: ``BPFError/mapElement(_:)``: `E2BIG` when the map is full or the index beyond it, `EEXIST` or `ENOENT`
  ///   when `update` does not allow it; ``BPFError/wrongSize(map:expected:given:)`` for values of another number of CPUs.
  public func set(
    _ value: Value, for key: Key, _ update: ElementUpdate = .any, _ flags: ElementFlags = []
  ) throws(BPFError) {
    try withBytes(of: value) { value throws(BPFError) in
      try call(key) { key throws(SystemCallError) in
        try map.kernel.updateElement(of: map.descriptor, key: key, value: value, update, flags)
      }
    }
  }

  /// Writes the value of a key that is not there yet; false when it is.
  ///
  /// - Throws: as ``set(_:for:_:_:)``.
  @discardableResult
  public func insert(_ value: Value, for key: Key) throws(BPFError) -> Bool {
    try setting(value, key, .onlyNew, unless: .fileExists)
  }

  /// Writes the value of a key that is there; false when it is not.
  ///
  /// - Throws: as ``set(_:for:_:_:)``.
  @discardableResult
  public func replace(_ value: Value, for key: Key) throws(BPFError) -> Bool {
    try setting(value, key, .onlyExisting, unless: .noSuchFileOrDirectory)
  }

  private func setting(
    _ value: Value, _ key: Key, _ update: ElementUpdate, unless errno: SystemErrno
  ) throws(BPFError) -> Bool {
    do throws(BPFError) {
      try set(value, for: key, update)
      return true
    } catch {
      if case .mapElement(let element) = error, element.errno == errno { return false }
      throw error
    }
  }

  /// Lends the bytes of a value, which the map must take as many of.
  func withBytes<R>(of value: Value, _ body: (UnsafeRawPointer) throws(BPFError) -> R) throws(BPFError) -> R {
    let given = valueCoding.byteCount(of: value)
    guard given == valueCoding.byteCount else {
      throw .wrongSize(map: name, expected: valueCoding.byteCount, given: given)
    }
    let bytes = UnsafeMutableRawPointer.allocate(byteCount: max(1, given), alignment: 16)
    defer { bytes.deallocate() }
    valueCoding.write(value, to: bytes)
    return try body(UnsafeRawPointer(bytes))
  }

  /// Runs a call with the bytes of a key; its error names the key.
  func call<R>(_ key: Key, _ body: (UnsafeRawPointer) throws(SystemCallError) -> R) throws(BPFError) -> R {
    do throws(SystemCallError) { return try keyLayout.withBytes(of: key, body) } catch {
      throw map.elementError(error, key: "\(key)")
    }
  }

  func read(
    _ key: Key, _ body: (UnsafeRawPointer, UnsafeMutableRawPointer) throws(SystemCallError) -> Bool
  ) throws(BPFError) -> Value? {
    let bytes = UnsafeMutableRawPointer.allocate(byteCount: max(1, valueCoding.byteCount), alignment: 16)
    defer { bytes.deallocate() }
    let isFound = try call(key) { key throws(SystemCallError) in try body(key, bytes) }
    return isFound ? valueCoding.read(from: bytes) : nil
  }
}

extension Map {
  /// A refused element of this map.
  func elementError(_ error: SystemCallError, key: String?) -> BPFError {
    .mapElement(MapElementError(error, spec, key: key))
  }
}
