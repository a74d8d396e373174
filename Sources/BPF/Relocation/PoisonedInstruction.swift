/// An instruction that depends on something that the kernel does not have.
///
/// Programs ask first, as by `bpf_core_field_exists`; the branch that does so is dead code, and the verifier
/// drops it. Where a program does not ask, the verifier refuses it with `invalid func unknown#195896080`, and this
/// value says what it really lacks.
public struct PoisonedInstruction: Hashable, Sendable {
  /// The number of a helper that no kernel has, libbpf's (`0xbad2310` reads "bad relo").
  public static let helper: Int32 = 0xbad_2310

  /// Why the instruction must not run.
  public enum Reason: Hashable, Sendable {
    /// The kernel has no such field, type or value.
    case missing
    /// The kernel's field has another size, and reading it in that size would give another number.
    case accessSize(original: Int, target: Int)
  }

  /// Its slot in the program.
  public var instruction: Int
  /// What it needs: `struct task_struct.mm.exe_file`.
  public var path: String
  /// What the relocation asks for, by libbpf's word: `byte_off`.
  public var kind: String
  /// The function that it stands in.
  public var function: String?
  /// The source line that it comes from.
  public var place: SourcePlace?
  /// Why it must not run.
  public var reason: Reason
}

extension PoisonedInstruction: CustomStringConvertible {
  /// What the program needs and the kernel lacks, with the place in the source: the remedy is to ask first.
  public var description: String {
    let fact =
      switch reason {
      case .missing: "the kernel has no \(path)"
      case .accessSize(let original, let target):
        "\(path) has \(target) bytes in the kernel, and the program takes it for a signed number or a structure of "
          + "\(original)"
      }
    let spot = function.map { " in function '\($0)'" } ?? ""
    return "\(fact) (CO-RE relocation <\(kind)>\(spot)\(place.map { ", \($0)" } ?? ""))"
  }
}
