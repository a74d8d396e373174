internal import CLinux

extension OwnedDescriptor {
  /// Closes disowned numbers from several threads at once, and returns when all are closed.
  ///
  /// Worth it where the kernel waits inside `close(2)`, as it does for probes, and the waits overlap. The threads do
  /// nothing else and end here; where none can be made, this thread does the work.
  public static func close(disowned numbers: [CInt], threads: Int) {
    guard let count = CInt(exactly: numbers.count), count > 0 else { return }
    numbers.withUnsafeBytes { bytes in
      clinux_parallel(
        count, CInt(clamping: max(1, threads)),
        { context, index in
          guard let context else { return }
          _ = clinux_close(context.load(fromByteOffset: Int(index) * MemoryLayout<CInt>.stride, as: CInt.self))
        }, UnsafeMutableRawPointer(mutating: bytes.baseAddress))
    }
  }
}
