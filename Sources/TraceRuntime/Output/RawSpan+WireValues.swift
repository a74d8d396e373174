import TraceCompiler

/// An integer as it was read: its bits at full width, and whether the highest one is a sign.
struct WireInteger: Hashable, Sendable {
  /// The value, extended to 64 bits by its sign or by zeros.
  var bits: UInt64
  /// Whether the value is signed.
  var isSigned: Bool

  /// The value as a signed number, wrapped around where it is above the highest one.
  var signed: Int64 { Int64(bitPattern: bits) }
  /// Whether the value is below zero.
  var isNegative: Bool { isSigned && signed < 0 }
}

/// Reads of what programs wrote. A read outside the bytes gives nil, whatever the offset: an event may be cut short
/// or damaged, and must not take the tracer down.
extension RawSpan {
  /// Whether `count` bytes lie at `offset`.
  func holds(_ count: Int, at offset: Int) -> Bool {
    offset >= 0 && count >= 0 && count <= byteCount && offset <= byteCount - count
  }

  /// An unsigned integer of 1, 2, 4 or 8 bytes.
  func unsignedInteger(at offset: Int, byteCount: Int = 8) -> UInt64? {
    guard holds(byteCount, at: offset) else { return nil }
    // The guard makes the unchecked loads safe.
    switch byteCount {
    case 8: return unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self)
    case 4: return UInt64(unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt32.self))
    case 2: return UInt64(unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt16.self))
    case 1: return UInt64(unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt8.self))
    default: return nil
    }
  }

  /// A signed integer of 1, 2, 4 or 8 bytes.
  func signedInteger(at offset: Int, byteCount: Int = 8) -> Int64? {
    unsignedInteger(at: offset, byteCount: byteCount).map {
      Int64(bitPattern: $0.extended(from: byteCount * 8, isSigned: true))
    }
  }

  /// Calls `body` with `count` bytes at `offset`; nil when they are not all there.
  func withBytes<R>(at offset: Int, count: Int, _ body: (UnsafeRawBufferPointer) -> R) -> R? {
    guard holds(count, at: offset) else { return nil }
    return withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[offset..<(offset + count)])) }
  }

  /// A copy of `count` bytes at `offset`; nil when they are not all there.
  func bytes(at offset: Int, count: Int) -> [UInt8]? {
    withBytes(at: offset, count: count) { Array($0) }
  }

  /// The integer in a field of an integer-like type, bit-fields included; nil for other types and outside the bytes.
  func integer(of type: WireType, at offset: Int, bits: WireField.BitRange? = nil) -> WireInteger? {
    guard let (byteCount, isSigned) = type.integerShape else { return nil }
    guard var value = unsignedInteger(at: offset, byteCount: byteCount) else { return nil }
    guard let bits else {
      return WireInteger(bits: value.extended(from: byteCount * 8, isSigned: isSigned), isSigned: isSigned)
    }
    guard bits.offset >= 0, bits.offset < 64, bits.count > 0 else { return nil }
    value >>= UInt64(bits.offset)
    return WireInteger(bits: value.extended(from: bits.count, isSigned: isSigned), isSigned: isSigned)
  }
}

extension UInt64 {
  /// The lowest `bitCount` bits, extended to 64 by their sign or by zeros.
  func extended(from bitCount: Int, isSigned: Bool) -> UInt64 {
    guard bitCount > 0, bitCount < 64 else { return self }
    let unused = UInt64(64 - bitCount)
    let shifted = self << unused
    return isSigned ? UInt64(bitPattern: Int64(bitPattern: shifted) >> Int64(unused)) : shifted >> unused
  }
}

extension WireType {
  /// Size and signedness of types that are one integer; nil for the others.
  var integerShape: (byteCount: Int, isSigned: Bool)? {
    switch self {
    case .boolean: (1, false)
    case .integer(let byteCount, let isSigned), .enumeration(let byteCount, let isSigned, _, _): (byteCount, isSigned)
    case .pointer, .kernelSymbol, .userSymbol, .timestamp, .probeName, .cgroupPath: (8, false)
    case .username: (4, false)
    default: nil
    }
  }
}
