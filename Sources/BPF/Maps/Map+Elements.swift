public import KernelInterface
internal import LinuxSystem

/// One element at a time. A value is ``Map/storedValueSize`` bytes: in per-CPU maps the values of all CPUs, in the order
/// of `CPUList.possible()`.
extension Map {
  /// The value of a key, nil when there is no such key.
  ///
  /// - Throws: ``BPFError/wrongSize(map:expected:given:)``; ``BPFError/systemCall(_:)``: `ENOTSUPP` for a type of map
  ///   that cannot be read so.
  public func value(of key: [UInt8]) throws(BPFError) -> [UInt8]? {
    try read(key) { (key, value) throws(SystemCallError) in
      try kernel.lookUpElement(of: descriptor, key: key, value: value)
    }
  }

  /// Removes a key and answers its value, nil when there is no such key.
  ///
  /// *First kernel*: 5.14 for hash maps.
  ///
  /// - Throws: as ``value(of:)``.
  public func take(_ key: [UInt8]) throws(BPFError) -> [UInt8]? {
    try read(key) { (key, value) throws(SystemCallError) in
      try kernel.takeElement(of: descriptor, key: key, value: value)
    }
  }

  /// Writes an element.
  ///
  /// - Throws: ``BPFError/systemCall(_:)``: `E2BIG` when the map is full; `EEXIST` or `ENOENT` when `update` does not
  ///   allow it.
  public func update(_ key: [UInt8], to value: [UInt8], _ update: ElementUpdate = .any) throws(BPFError) {
    try checkKey(key)
    try checkSize(value.count, storedValueSize)
    var result: Result<Void, SystemCallError> = .success(())
    key.withUnsafeBytes { key in
      value.withUnsafeBytes { value in
        // An empty value has an address all the same, for the kernel copies nothing from there.
        var nothing: UInt8 = 0
        withUnsafePointer(to: &nothing) { nothing in
          result = Result { () throws(SystemCallError) in
            try kernel.updateElement(
              of: descriptor, key: Self.address(key), value: value.baseAddress ?? UnsafeRawPointer(nothing), update)
          }
        }
      }
    }
    try throwing(result)
  }

  /// Removes a key; false when there is no such key.
  ///
  /// - Throws: ``BPFError/wrongSize(map:expected:given:)``; ``BPFError/systemCall(_:)``: `EINVAL` for a type of map
  ///   whose elements cannot be removed; `EPERM` when the map is frozen.
  @discardableResult
  public func remove(_ key: [UInt8]) throws(BPFError) -> Bool {
    try checkKey(key)
    var result: Result<Bool, SystemCallError> = .success(false)
    key.withUnsafeBytes { key in
      result = Result { () throws(SystemCallError) in
        try kernel.deleteElement(of: descriptor, key: Self.address(key))
      }
    }
    return try throwing(result)
  }

  private func read(
    _ key: [UInt8], _ body: (UnsafeRawPointer?, UnsafeMutableRawPointer) throws(SystemCallError) -> Bool
  ) throws(BPFError) -> [UInt8]? {
    try checkKey(key)
    var value = [UInt8](repeating: 0, count: max(1, storedValueSize))
    var result: Result<Bool, SystemCallError> = .success(false)
    key.withUnsafeBytes { key in
      value.withUnsafeMutableBytes { value in
        guard let address = value.baseAddress else { return }
        result = Result { () throws(SystemCallError) in try body(Self.address(key), address) }
      }
    }
    guard try throwing(result) else { return nil }
    if storedValueSize == 0 { value.removeAll() }
    return value
  }

  /// A queue's elements have no keys, and the kernel wants no address of one.
  private static func address(_ key: UnsafeRawBufferPointer) -> UnsafeRawPointer? {
    key.isEmpty ? nil : key.baseAddress
  }

  private func checkKey(_ key: [UInt8]) throws(BPFError) { try checkSize(key.count, spec.keySize) }

  private func checkSize(_ given: Int, _ expected: Int) throws(BPFError) {
    if given != expected { throw .wrongSize(map: spec.name, expected: expected, given: given) }
  }

  /// The error names this map, which the layer below does not know by name.
  func throwing<R>(_ result: Result<R, SystemCallError>) throws(BPFError) -> R {
    switch result {
    case .success(let value): return value
    case .failure(var error):
      error.subject = "map '\(spec.name)'"
      throw .systemCall(error)
    }
  }
}
