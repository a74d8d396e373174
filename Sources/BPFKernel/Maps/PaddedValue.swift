/// Lends memory that holds `value`, as many bytes long as its type's stride, with every byte of padding 0.
///
/// The kernel reads keys and values to their last byte: padding of chance would make two keys of one.
@_alwaysEmitIntoClient @inline(__always)
func withPadded<T: BitwiseCopyable, R>(_ value: T, _ body: (UnsafeMutableRawPointer) -> R) -> R {
  withUnsafeTemporaryAllocation(byteCount: MemoryLayout<T>.stride, alignment: MemoryLayout<T>.alignment) { buffer in
    let memory = buffer.baseAddress.unsafelyUnwrapped
    memory.initializeMemory(as: UInt8.self, repeating: 0, count: MemoryLayout<T>.stride)
    memory.assumingMemoryBound(to: T.self).initialize(to: value)
    return body(memory)
  }
}
