/// A map whose keys are the indices from 0 up: every index below the count has a value from the start.
public protocol IndexedMap<Value>: KeyedMap, ~Copyable where Key == UInt32 {}

extension IndexedMap where Self: ~Copyable {
  /// Where the value at `index` is kept, or nil when the index is not below the count.
  @_alwaysEmitIntoClient @inline(__always)
  public borrowing func pointer(at index: UInt32) -> UnsafeMutablePointer<Value>? { pointer(for: index) }

  /// A copy of the value at `index`, or nil when the index is not below the count.
  @_alwaysEmitIntoClient @inline(__always)
  public borrowing func value(at index: UInt32) -> Value? { value(for: index) }

  /// Changes the value at `index` where it is kept; false when the index is not below the count.
  @_alwaysEmitIntoClient @inline(__always) @discardableResult
  public borrowing func withValue(at index: UInt32, _ body: (inout Value) -> Void) -> Bool {
    withValue(for: index, body)
  }

  /// Stores `value` at `index`; false when the index is not below the count.
  @_alwaysEmitIntoClient @inline(__always) @discardableResult
  public borrowing func set(_ value: Value, at index: UInt32) -> Bool { set(value, for: index) }
}
