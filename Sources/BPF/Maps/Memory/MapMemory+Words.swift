internal import Synchronization

/// Values in a map's memory. Those of 1, 2, 4 and 8 bytes at a multiple of themselves are read and written in one
/// piece, so that nobody sees half of one; a write comes after those before it, a read before those after it.
extension MapMemory {
  /// Reads the value at an offset, all of which must be within the memory.
  func load<T: BitwiseCopyable>(_ type: T.Type, at offset: Int) -> T {
    let place = address(offset, MemoryLayout<T>.size)
    switch wordSize(T.self, offset) {
    case 1: return Self.bits(of: place.assumingMemoryBound(to: Atomic<UInt8>.self).pointee.load(ordering: .acquiring))
    case 2: return Self.bits(of: place.assumingMemoryBound(to: Atomic<UInt16>.self).pointee.load(ordering: .acquiring))
    case 4: return Self.bits(of: place.assumingMemoryBound(to: Atomic<UInt32>.self).pointee.load(ordering: .acquiring))
    case 8: return Self.bits(of: place.assumingMemoryBound(to: Atomic<UInt64>.self).pointee.load(ordering: .acquiring))
    default: return place.loadUnaligned(as: T.self)
    }
  }

  /// Writes the value at an offset, all of which must be within the memory.
  func store<T: BitwiseCopyable>(_ value: T, _ layout: ByteLayout<T>, at offset: Int) {
    let place = address(offset, MemoryLayout<T>.size)
    switch wordSize(T.self, offset) {
    case 1:
      place.assumingMemoryBound(to: Atomic<UInt8>.self).pointee.store(
        Self.bytes(of: value, layout), ordering: .releasing)
    case 2:
      place.assumingMemoryBound(to: Atomic<UInt16>.self).pointee.store(
        Self.bytes(of: value, layout), ordering: .releasing)
    case 4:
      place.assumingMemoryBound(to: Atomic<UInt32>.self).pointee.store(
        Self.bytes(of: value, layout), ordering: .releasing)
    case 8:
      place.assumingMemoryBound(to: Atomic<UInt64>.self).pointee.store(
        Self.bytes(of: value, layout), ordering: .releasing)
    default: layout.write(value, to: place)
    }
  }

  /// Adds to the number at an offset in one piece, wrapping around; answers what was there before.
  func add<Number: FixedWidthInteger & BitwiseCopyable>(_ number: Number, at offset: Int) -> Number? {
    let place = address(offset, MemoryLayout<Number>.size)
    switch wordSize(Number.self, offset) {
    case 4:
      return Number(
        truncatingIfNeeded: place.assumingMemoryBound(to: Atomic<UInt32>.self).pointee
          .wrappingAdd(UInt32(truncatingIfNeeded: number), ordering: .acquiringAndReleasing).oldValue)
    case 8:
      return Number(
        truncatingIfNeeded: place.assumingMemoryBound(to: Atomic<UInt64>.self).pointee
          .wrappingAdd(UInt64(truncatingIfNeeded: number), ordering: .acquiringAndReleasing).oldValue)
    default: return nil
    }
  }

  private func wordSize<T>(_ type: T.Type, _ offset: Int) -> Int {
    let size = MemoryLayout<T>.size
    return [1, 2, 4, 8].contains(size) && offset % size == 0 ? size : 0
  }

  private func address(_ offset: Int, _ count: Int) -> UnsafeMutableRawPointer {
    precondition(offset >= 0 && count <= bytes.count && offset <= bytes.count - count, "beyond the map's memory")
    return bytes.baseAddress.unsafelyUnwrapped + offset
  }

  /// A value's bytes as a number of the same size, padding as zeroes.
  private static func bytes<T: BitwiseCopyable, Word: BitwiseCopyable>(of value: T, _ layout: ByteLayout<T>) -> Word {
    layout.withBytes(of: value) { $0.loadUnaligned(as: Word.self) }
  }

  /// The same bytes as another type of the same size.
  private static func bits<From: BitwiseCopyable, To: BitwiseCopyable>(of value: From) -> To {
    Swift.withUnsafeBytes(of: value) { $0.loadUnaligned(as: To.self) }
  }
}
