/// The bytes of a graph, which live elsewhere, with their byte order.
///
/// Reads are not checked: the graph's first pass has checked every record, and all that is read lies in a record.
/// `@unchecked Sendable`: nobody writes through this pointer, and the graph keeps the owner of the memory alive.
struct GraphBytes: @unchecked Sendable {
  let start: UnsafeRawPointer
  let count: Int
  var isSwapped = false

  @inline(__always) func byte(at offset: Int) -> UInt8 { start.load(fromByteOffset: offset, as: UInt8.self) }

  @inline(__always) func halfWord(at offset: Int) -> UInt16 {
    let raw = start.loadUnaligned(fromByteOffset: offset, as: UInt16.self)
    return isSwapped ? raw.byteSwapped : raw
  }

  @inline(__always) func word(at offset: Int) -> UInt32 {
    let raw = start.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
    return isSwapped ? raw.byteSwapped : raw
  }

  /// The bytes of the string at `offset`, without its zero byte, which stands before `limit`.
  func string(at offset: Int, limit: Int) -> UnsafeRawBufferPointer {
    var end = offset
    while end < limit, byte(at: end) != 0 { end += 1 }
    return UnsafeRawBufferPointer(start: start + offset, count: end - offset)
  }
}

/// Memory of its own for a graph that was given an array.
final class OwnedBytes: @unchecked Sendable {
  // Written once, here; nothing can change it afterwards.
  let buffer: UnsafeRawBufferPointer

  init(copying bytes: [UInt8]) {
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 8)
    memory.copyBytes(from: bytes)
    buffer = UnsafeRawBufferPointer(memory)
  }

  deinit { buffer.deallocate() }
}
