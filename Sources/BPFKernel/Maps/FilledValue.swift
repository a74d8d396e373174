/// The value that `fill` writes to memory that starts as zeros, or nil when it answers with an error.
@_alwaysEmitIntoClient @inline(__always)
func filled<T: BitwiseCopyable>(_ fill: (UnsafeMutableRawPointer) -> Int) -> T? {
  withUnsafeTemporaryAllocation(byteCount: MemoryLayout<T>.stride, alignment: MemoryLayout<T>.alignment) { buffer in
    let memory = buffer.baseAddress.unsafelyUnwrapped
    memory.initializeMemory(as: UInt8.self, repeating: 0, count: MemoryLayout<T>.stride)
    guard fill(memory) == 0 else { return nil }
    return memory.assumingMemoryBound(to: T.self).pointee
  }
}
