/// The argument of `bpf(2)`: `union bpf_attr` as bytes, filled at the kernel's own offsets.
///
/// It is as long as Linux 6.18's, whatever the kernel: an older one takes a longer union when what it does not know is
/// zero, and a newer one takes what is missing for zero (`bpf_check_uarg_tail_zero` in `kernel/bpf/syscall.c`).
/// The offsets stand where they are used, each with the field's name; a test compares them with the running kernel's
/// types.
public struct BPFAttribute: Sendable {
  /// Bytes of `union bpf_attr`.
  public static let size = 168

  private var words = InlineArray<21, UInt64>(repeating: 0)

  /// All zero.
  public init() {}

  /// Lends the bytes.
  @inline(__always)
  public mutating func withUnsafeMutableBytes<R>(_ body: (UnsafeMutableRawBufferPointer) -> R) -> R {
    Swift.withUnsafeMutableBytes(of: &words, body)
  }

  /// Writes a number at a field's offset.
  @inline(__always)
  public mutating func set<Number: FixedWidthInteger>(_ number: Number, at offset: Int) {
    withUnsafeMutableBytes { $0.storeBytes(of: number, toByteOffset: offset, as: Number.self) }
  }

  /// Writes an address at a field's offset; what it points to must live until the call is over.
  @inline(__always)
  mutating func set(_ address: UnsafeRawPointer?, at offset: Int) {
    set(UInt64(UInt(bitPattern: address)), at: offset)
  }

  /// Writes an object's name (`BPF_OBJ_NAME_LEN` = 16 bytes with the closing NUL).
  mutating func set(_ name: ObjectName, at offset: Int) {
    withUnsafeMutableBytes { bytes in
      for (index, byte) in name.bytes.enumerated() { bytes[offset + index] = byte }
    }
  }

  /// Reads a number at a field's offset.
  public func get<Number: FixedWidthInteger>(_ type: Number.Type, at offset: Int) -> Number {
    withUnsafeBytes(of: words) { $0.loadUnaligned(fromByteOffset: offset, as: type) }
  }
}

/// A name as the kernel takes it for programs and maps: at most 15 letters, digits, `_` and `.`.
///
///     ObjectName("tracepoint:syscalls:sys_enter_openat").description    // "tracepoint_sysc"
///
/// Source: `bpf_obj_name_cpy` in `kernel/bpf/syscall.c`.
public struct ObjectName: Hashable, Sendable, CustomStringConvertible {
  let bytes: [UInt8]

  /// Makes any text a name: other characters become `_`, and what is too long is cut.
  public init(_ text: String) {
    bytes = text.utf8.prefix(15).map { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"):
        byte
      default: UInt8(ascii: "_")
      }
    }
  }

  /// The name as text.
  public var description: String { String(decoding: bytes, as: UTF8.self) }
}
