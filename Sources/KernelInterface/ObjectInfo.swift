internal import LinuxSystem

/// The bytes of one of the kernel's `struct bpf_…_info`, zero where this kernel wrote nothing.
struct ObjectInfoBytes {
  var bytes: [UInt8]

  func number<Number: FixedWidthInteger>(_ type: Number.Type, at offset: Int) -> Number {
    guard offset >= 0, offset + MemoryLayout<Number>.size <= bytes.count else { return 0 }
    return bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: type) }
  }

  /// Text of a fixed field, up to its NUL.
  func text(at offset: Int, count: Int) -> String {
    String(decoding: bytes.dropFirst(offset).prefix(count).prefix { $0 != 0 }, as: UTF8.self)
  }
}

extension KernelCalls {
  /// Asks for `size` bytes of an object's facts (`BPF_OBJ_GET_INFO_BY_FD`); `prepare` writes what the kernel reads, such
  /// as addresses of arrays, which must live until the call is over.
  func objectInfo(
    _ object: borrowing OwnedDescriptor, size: Int, subject: String,
    prepare: (UnsafeMutableRawBufferPointer) -> Void = { _ in }
  ) throws(SystemCallError) -> ObjectInfoBytes {
    var bytes = [UInt8](repeating: 0, count: size)
    let answer = object.withNumber { number in
      bytes.withUnsafeMutableBytes { info in
        prepare(info)
        var attribute = BPFAttribute()
        attribute.set(number, at: 0)  // info.bpf_fd
        attribute.set(UInt32(clamping: info.count), at: 4)  // info.info_len
        attribute.set(UnsafeRawPointer(info.baseAddress), at: 8)  // info.info
        return bpf(.objectGetInfo, &attribute)
      }
    }
    try SystemCallError.check(answer, "bpf(BPF_OBJ_GET_INFO_BY_FD)", on: subject)
    return ObjectInfoBytes(bytes: bytes)
  }
}
