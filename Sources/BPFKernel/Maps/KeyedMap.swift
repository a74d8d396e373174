/// A map that finds values by keys.
///
/// The verbs are those of the library for user space. Keys and values are laid out by their types' stride.
public protocol KeyedMap<Key, Value>: KernelMap, ~Copyable {
  associatedtype Key: BitwiseCopyable
  associatedtype Value: BitwiseCopyable
}

extension KeyedMap where Self: ~Copyable {
  /// Where the value for `key` is kept, or nil when the map has none.
  ///
  /// What is written there is seen at once by every CPU and by user space. `bpf_map_lookup_elem`.
  @_alwaysEmitIntoClient @inline(__always)
  public borrowing func pointer(for key: Key) -> UnsafeMutablePointer<Value>? {
    withPadded(key) { bpf_map_lookup_elem(raw, $0) }?.assumingMemoryBound(to: Value.self)
  }

  /// A copy of the value for `key`, or nil when the map has none.
  @_alwaysEmitIntoClient @inline(__always)
  public borrowing func value(for key: Key) -> Value? { pointer(for: key)?.pointee }

  /// Whether the map has a value for `key`.
  @_alwaysEmitIntoClient @inline(__always)
  public borrowing func contains(_ key: Key) -> Bool { pointer(for: key) != nil }

  /// Changes the value for `key` where it is kept; false when the map has none.
  ///
  ///     if !calls.withValue(for: Process.id, { $0 &+= 1 }) { calls.insert(1, for: Process.id) }
  @_alwaysEmitIntoClient @inline(__always) @discardableResult
  public borrowing func withValue(for key: Key, _ body: (inout Value) -> Void) -> Bool {
    guard let place = pointer(for: key) else { return false }
    body(&place.pointee)
    return true
  }

  /// Stores `value` for `key`, whether or not the map has one; false when it is full.
  ///
  /// `bpf_map_update_elem`.
  @_alwaysEmitIntoClient @inline(__always) @discardableResult
  public borrowing func set(_ value: Value, for key: Key) -> Bool {
    withPadded(key) { key in withPadded(value) { bpf_map_update_elem(raw, key, $0, 0) } } == 0
  }

  /// Stores `value` for `key` unless the map has one (`BPF_NOEXIST`); false when it has, or is full.
  @_alwaysEmitIntoClient @inline(__always) @discardableResult
  public borrowing func insert(_ value: Value, for key: Key) -> Bool {
    withPadded(key) { key in withPadded(value) { bpf_map_update_elem(raw, key, $0, 1) } } == 0
  }

  /// Stores `value` for `key` if the map has one already (`BPF_EXIST`); false when it has not.
  @_alwaysEmitIntoClient @inline(__always) @discardableResult
  public borrowing func replace(_ value: Value, for key: Key) -> Bool {
    withPadded(key) { key in withPadded(value) { bpf_map_update_elem(raw, key, $0, 2) } } == 0
  }
}

/// A map whose elements can be removed.
public protocol KeyedMapWithRemoval<Key, Value>: KeyedMap, ~Copyable {}

extension KeyedMapWithRemoval where Self: ~Copyable {
  /// Removes the value for `key`; false when the map has none.
  ///
  /// `bpf_map_delete_elem`.
  @_alwaysEmitIntoClient @inline(__always) @discardableResult
  public borrowing func removeValue(for key: Key) -> Bool {
    withPadded(key) { bpf_map_delete_elem(raw, $0) } == 0
  }

  /// A copy of the value for `key`; storing nil removes it.
  @_alwaysEmitIntoClient public subscript(key: Key) -> Value? {
    @inline(__always) get { value(for: key) }
    @inline(__always) nonmutating set {
      if let newValue { set(newValue, for: key) } else { removeValue(for: key) }
    }
  }

  /// A copy of the value for `key`, or `initial` when the map has none; what is changed is stored.
  ///
  /// A value that is there is written back where it is kept, without another search:
  ///
  ///     calls[Process.id, default: 0] &+= 1
  @_alwaysEmitIntoClient public subscript(key: Key, default initial: @autoclosure () -> Value) -> Value {
    @inline(__always) get { value(for: key) ?? initial() }
    @inline(__always) nonmutating _modify {
      let place = pointer(for: key)
      var value = place?.pointee ?? initial()
      yield &value
      if let place { place.pointee = value } else { set(value, for: key) }
    }
  }
}
