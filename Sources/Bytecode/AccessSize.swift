/// How many bytes a load or a store moves.
///
/// The raw value is the opcode's size bits in their place. Their order is not that of the sizes: compare ``byteCount``.
///
///     AccessSize(byteCount: 4)                 // .word
///     "r0 = *(\(AccessSize.word) *)(r1 +8)"    // "r0 = *(u32 *)(r1 +8)"
///
/// Codes: RFC 9669, section 5. Names: `bpf_ldst_string` in the kernel's `kernel/bpf/disasm.c`.
public enum AccessSize: UInt8, CaseIterable, Sendable, CustomStringConvertible {
  /// Four bytes, `BPF_W`.
  case word = 0x00
  /// Two bytes, `BPF_H`.
  case halfWord = 0x08
  /// One byte, `BPF_B`.
  case byte = 0x10
  /// Eight bytes, `BPF_DW`.
  case doubleWord = 0x18

  /// The size that moves `byteCount` bytes, or nil when no single instruction does.
  public init?(byteCount: Int) {
    switch byteCount {
    case 1: self = .byte
    case 2: self = .halfWord
    case 4: self = .word
    case 8: self = .doubleWord
    default: return nil
    }
  }

  /// 1, 2, 4 or 8.
  public var byteCount: Int {
    switch self {
    case .byte: 1
    case .halfWord: 2
    case .word: 4
    case .doubleWord: 8
    }
  }

  /// As text, for messages and listings.
  public var description: String { "u\(byteCount * 8)" }
}
