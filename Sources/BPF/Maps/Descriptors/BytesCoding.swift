/// Values that are so many bytes, for maps of which the kernel reads something else than it gives.
struct BytesCoding: ValueCoding {
  let byteCount: Int

  func byteCount(of value: [UInt8]) -> Int { value.count }

  func write(_ value: [UInt8], to destination: UnsafeMutableRawPointer) {
    value.withUnsafeBytes { bytes in
      if let base = bytes.baseAddress { destination.copyMemory(from: base, byteCount: bytes.count) }
    }
  }

  func read(from source: UnsafeRawPointer) -> [UInt8] {
    Array(UnsafeRawBufferPointer(start: source, count: byteCount))
  }
}

/// The elements of a map with typed keys and plain bytes as values; what the typed wrappers of descriptors stand on.
struct ByteElements<Key: BitwiseCopyable>: KeyedMapWithRemoval {
  let map: Map
  let keyLayout: ByteLayout<Key>
  let valueCoding: BytesCoding

  init(_ map: Map) throws(BPFError) {
    self.map = map
    keyLayout = try map.keyLayout(Key.self)
    valueCoding = BytesCoding(byteCount: map.storedValueSize)
  }

  /// The first bytes of two numbers in a row, as many as the map's values have.
  func bytes(_ first: UInt32, _ second: UInt32 = 0) -> [UInt8] {
    let all = withUnsafeBytes(of: (first, second)) { Array($0) }
    return Array((all + Array(repeating: 0, count: max(0, valueCoding.byteCount - 8))).prefix(valueCoding.byteCount))
  }

  /// A descriptor as the kernel takes it: 4 bytes, or 8 in the machine's byte order.
  func bytes(descriptor: CInt) -> [UInt8] {
    valueCoding.byteCount == 8
      ? withUnsafeBytes(of: UInt64(UInt32(bitPattern: descriptor))) { Array($0) }
      : bytes(UInt32(bitPattern: descriptor))
  }

  /// The number at a place of a value; 0 behind its end.
  static func number(_ bytes: [UInt8], _ place: Int) -> UInt32 {
    guard bytes.count >= (place + 1) * 4 else { return 0 }
    return bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: place * 4, as: UInt32.self) }
  }
}
