internal import Builtin

/// A number to which CPUs may add at the same time without losing anything.
///
/// The instruction is `lock *(u64 *)(r1 +0) += r2`, which every kernel has.
public protocol AtomicNumber: FixedWidthInteger, BitwiseCopyable {
  /// Adds `amount`, with wrap-around, to the number at `place`.
  static func add(_ amount: Self, to place: UnsafeMutablePointer<Self>)
}

extension UInt64: AtomicNumber {
  /// Adds `amount`, with wrap-around, to the number at `place`.
  @_alwaysEmitIntoClient @_transparent
  public static func add(_ amount: UInt64, to place: UnsafeMutablePointer<UInt64>) {
    _ = Builtin.atomicrmw_add_monotonic_Int64(place._rawValue, amount._value)
  }
}

extension Int64: AtomicNumber {
  /// Adds `amount`, with wrap-around, to the number at `place`.
  @_alwaysEmitIntoClient @_transparent
  public static func add(_ amount: Int64, to place: UnsafeMutablePointer<Int64>) {
    _ = Builtin.atomicrmw_add_monotonic_Int64(place._rawValue, amount._value)
  }
}

extension UInt32: AtomicNumber {
  /// Adds `amount`, with wrap-around, to the number at `place`.
  @_alwaysEmitIntoClient @_transparent
  public static func add(_ amount: UInt32, to place: UnsafeMutablePointer<UInt32>) {
    _ = Builtin.atomicrmw_add_monotonic_Int32(place._rawValue, amount._value)
  }
}

extension Int32: AtomicNumber {
  /// Adds `amount`, with wrap-around, to the number at `place`.
  @_alwaysEmitIntoClient @_transparent
  public static func add(_ amount: Int32, to place: UnsafeMutablePointer<Int32>) {
    _ = Builtin.atomicrmw_add_monotonic_Int32(place._rawValue, amount._value)
  }
}

extension UnsafeMutablePointer where Pointee: AtomicNumber {
  /// Adds `amount`, with wrap-around, so that nothing is lost when other CPUs do so at the same time.
  @_alwaysEmitIntoClient @inline(__always)
  public func add(_ amount: Pointee) { Pointee.add(amount, to: self) }
}

extension KeyedMap where Self: ~Copyable, Value: AtomicNumber {
  /// Adds `amount` to the value for `key`, which starts as 0; false when the map is full.
  ///
  ///     calls.add(1, for: Process.user)
  ///
  /// Nothing is lost when other CPUs do so at the same time.
  @_alwaysEmitIntoClient @inline(__always) @discardableResult
  public borrowing func add(_ amount: Value, for key: Key) -> Bool {
    if let place = pointer(for: key) {
      place.add(amount)
      return true
    }
    if insert(amount, for: key) { return true }
    // Another CPU stored the first value meanwhile, or the map is full.
    guard let place = pointer(for: key) else { return false }
    place.add(amount)
    return true
  }
}

extension IndexedMap where Self: ~Copyable, Value: AtomicNumber {
  /// Adds `amount` to the value at `index`; false when the index is not below the count.
  ///
  /// Nothing is lost when other CPUs do so at the same time.
  @_alwaysEmitIntoClient @inline(__always) @discardableResult
  public borrowing func add(_ amount: Value, at index: UInt32) -> Bool {
    guard let place = pointer(for: index) else { return false }
    place.add(amount)
    return true
  }
}
