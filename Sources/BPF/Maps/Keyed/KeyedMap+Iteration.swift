internal import KernelInterface

/// All elements of a typed map, in the kernel's order.
///
/// Programs may write meanwhile: elements that come or go during the walk may be seen or not.
///
/// *Complexity*: one call for 1024 elements where the kernel and the type of map have batches (hash and array maps from
/// Linux 5.6, per-CPU arrays from 5.13), else two calls for each element.
extension KeyedMap {
  /// Calls `body` with each key and its value.
  ///
  /// - Throws: ``BPFError/systemCall(_:)``.
  @inlinable
  public func forEach(_ body: (Key, Value) -> Void) throws(BPFError) {
    let coding = valueCoding
    let keySize = map.spec.keySize
    let valueSize = map.storedValueSize
    try map.forEachBatch(removing: false) { keys, values, count in
      for index in 0..<count {
        body(
          (keys + index &* keySize).loadUnaligned(as: Key.self), coding.read(from: values + index &* valueSize))
      }
    }
  }

  /// A copy of all elements.
  ///
  ///     for (user, count) in try counts.elements() { print(user, count) }
  ///
  /// - Throws: ``BPFError/systemCall(_:)``.
  public func elements() throws(BPFError) -> MapSnapshot<Key, Coding> {
    try MapSnapshot(of: map, valueCoding, removing: false)
  }

  /// All keys.
  ///
  /// - Throws: ``BPFError/systemCall(_:)``.
  public func keys() throws(BPFError) -> [Key] {
    var found: [Key] = []
    let keySize = map.spec.keySize
    try map.forEachBatch(removing: false) { keys, _, count in
      for index in 0..<count { found.append((keys + index * keySize).loadUnaligned(as: Key.self)) }
    }
    return found
  }

  /// How many elements there are.
  ///
  /// *Complexity*: that of a walk, for the kernel does not tell; of an array, none.
  ///
  /// - Throws: ``BPFError/systemCall(_:)``.
  public func count() throws(BPFError) -> Int {
    if map.spec.type == .array || map.spec.type == .perCPUArray { return map.spec.maxEntries }
    var total = 0
    try map.forEachBatch(removing: false) { _, _, count in total += count }
    return total
  }
}

/// A copy of a map's elements at one time.
public struct MapSnapshot<Key: BitwiseCopyable, Coding: ValueCoding>: RandomAccessCollection, Sendable {
  /// A key and its value.
  public typealias Element = (key: Key, value: Coding.Value)

  @usableFromInline let keys: [UInt8]
  @usableFromInline let values: [UInt8]
  @usableFromInline let coding: Coding
  @usableFromInline let keySize: Int
  @usableFromInline let valueSize: Int

  /// 0.
  public let startIndex = 0
  /// How many elements there are.
  public let endIndex: Int

  init(of map: Map, _ coding: Coding, removing: Bool) throws(BPFError) {
    var keys: [UInt8] = []
    var values: [UInt8] = []
    var total = 0
    let keySize = map.spec.keySize
    let valueSize = map.storedValueSize
    try map.forEachBatch(removing: removing) { newKeys, newValues, count in
      keys.append(contentsOf: UnsafeRawBufferPointer(start: newKeys, count: count * keySize))
      values.append(contentsOf: UnsafeRawBufferPointer(start: newValues, count: count * valueSize))
      total += count
    }
    self.keys = keys
    self.values = values
    self.coding = coding
    self.keySize = keySize
    self.valueSize = valueSize
    endIndex = total
  }

  /// The element at a place, which means nothing beyond this copy.
  @inlinable
  public subscript(position: Int) -> (key: Key, value: Coding.Value) {
    precondition(position >= 0 && position < endIndex, "there is no element \(position) of \(endIndex)")
    let key = keys.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: position * keySize, as: Key.self) }
    let value = values.withUnsafeBytes { bytes in
      // The base address of bytes that hold an element is never nil.
      coding.read(from: bytes.baseAddress.unsafelyUnwrapped + position * valueSize)
    }
    return (key, value)
  }
}
