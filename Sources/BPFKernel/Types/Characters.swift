/// Bytes of text that ends with a 0, as `char name[N]` in C.
public typealias Characters<let count: Int> = InlineArray<count, UInt8>

extension InlineArray where Element == UInt8 {
  /// Copies text of the present process's memory here, cut to fit; the number of bytes with the 0 at the end, or a
  /// negative error number.
  ///
  /// `bpf_probe_read_user_str`.
  @_alwaysEmitIntoClient @inline(__always) @discardableResult
  public mutating func readUserString(_ text: UnsafeRawPointer?) -> Int {
    let size = UInt32(truncatingIfNeeded: count)
    return withUnsafeMutableBytes(of: &self) { bpf_probe_read_user_str($0.baseAddress, size, text) }
  }

  /// Copies text of the kernel's memory here, cut to fit; the number of bytes with the 0 at the end, or a negative
  /// error number.
  ///
  /// `bpf_probe_read_kernel_str`.
  @_alwaysEmitIntoClient @inline(__always) @discardableResult
  public mutating func readKernelString(_ text: UnsafeRawPointer?) -> Int {
    let size = UInt32(truncatingIfNeeded: count)
    return withUnsafeMutableBytes(of: &self) { bpf_probe_read_kernel_str($0.baseAddress, size, text) }
  }

  /// Constant text, cut to fit, and zeros.
  @_alwaysEmitIntoClient @inline(__always)
  public init(_ text: StaticString) {
    self.init(repeating: 0)
    let byteCount = min(text.utf8CodeUnitCount, count)
    withUnsafeMutableBytes(of: &self) {
      $0.baseAddress.unsafelyUnwrapped.copyMemory(from: text.utf8Start, byteCount: byteCount)
    }
  }
}
