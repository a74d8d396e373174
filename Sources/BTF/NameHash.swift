/// A hash of short names that takes eight bytes at a time.
struct NameHash {
  private var state: UInt64 = 0x9E37_79B9_7F4A_7C15

  private mutating func add(_ chunk: UInt64) {
    state = (state ^ chunk) &* 0xD6E8_FEB8_6659_FD93
    state ^= state >> 32
  }

  /// The hash of a name given as its bytes, without a terminating zero.
  static func of(_ name: UnsafeRawBufferPointer) -> UInt32 {
    var hash = NameHash()
    var offset = 0
    while offset < name.count {
      var chunk: UInt64 = 0
      for index in 0..<min(8, name.count - offset) { chunk |= UInt64(name[offset + index]) << UInt64(index * 8) }
      hash.add(chunk)
      offset += 8
    }
    return UInt32(truncatingIfNeeded: hash.state)
  }

  /// The hash of the name that begins at `offset` and ends with a zero byte before `limit`.
  static func ofString(in bytes: GraphBytes, at offset: Int, limit: Int) -> UInt32 {
    var hash = NameHash()
    var offset = offset
    while offset + 8 <= limit {
      let chunk = UInt64(littleEndian: bytes.start.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      // The lowest bit that is set marks the first zero byte.
      let zeros = (chunk &- 0x0101_0101_0101_0101) & ~chunk & 0x8080_8080_8080_8080
      if zeros == 0 {
        hash.add(chunk)
        offset += 8
        continue
      }
      let kept = UInt64(zeros.trailingZeroBitCount & ~7)
      if kept > 0 { hash.add(chunk & ((1 << kept) &- 1)) }
      return UInt32(truncatingIfNeeded: hash.state)
    }
    let rest = bytes.string(at: offset, limit: limit)
    if !rest.isEmpty {
      var chunk: UInt64 = 0
      for index in rest.indices { chunk |= UInt64(rest[index]) << UInt64(index * 8) }
      hash.add(chunk)
    }
    return UInt32(truncatingIfNeeded: hash.state)
  }
}
