internal import KernelInterface
internal import LinuxSystem

/// A keyed map whose elements can be removed; those of arrays cannot.
public protocol KeyedMapWithRemoval: KeyedMap {}

extension KeyedMapWithRemoval {
  /// Removes a key; false when there is no such key.
  ///
  /// - Throws: ``BPFError/mapElement(_:)``.
  @discardableResult
  public func removeValue(for key: Key) throws(BPFError) -> Bool {
    try call(key) { key throws(SystemCallError) in try map.kernel.deleteElement(of: map.descriptor, key: key) }
  }

  /// Removes a key and answers its value, with nothing between; nil when there is no such key.
  ///
  /// *First kernel*: 5.14 for hash maps.
  ///
  /// - Throws: ``BPFError/mapElement(_:)``.
  public func take(_ key: Key) throws(BPFError) -> Value? {
    try read(key) { (key, value) throws(SystemCallError) in
      try map.kernel.takeElement(of: map.descriptor, key: key, value: value)
    }
  }

  /// Removes all elements.
  ///
  /// An element that a program writes meanwhile may stay.
  ///
  /// - Throws: ``BPFError/systemCall(_:)``.
  public func removeAll() throws(BPFError) { try map.removeAll() }

  /// Removes all elements and answers what they were.
  ///
  /// An element that a program writes meanwhile is either in the answer or stays.
  ///
  /// - Throws: ``BPFError/systemCall(_:)``.
  public func drain() throws(BPFError) -> MapSnapshot<Key, Coding> {
    try MapSnapshot(of: map, valueCoding, removing: true)
  }
}
