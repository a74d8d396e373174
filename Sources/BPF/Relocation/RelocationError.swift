public import BTF
public import Bytecode

/// A CO-RE relocation that a program cannot be given: where it stands, what it is for and why.
public struct RelocationError: Error, Hashable, Sendable {
  /// The function that it stands in.
  public var function: String?
  /// The source line that it comes from.
  public var place: SourcePlace?
  /// What it is for: `struct task_struct.mm.exe_file`.
  public var path: String
  /// What it asks for, by libbpf's word: `byte_off`.
  public var kind: String
  /// Why.
  public var reason: Reason

  /// Why a relocation cannot be done.
  public enum Reason: Error, Hashable, Sendable {
    /// The kernel's types give no answer, or several.
    case unresolvable(CORERelocationError.Reason)
    /// The relocation names an instruction that is not there.
    case outsideOfCode(slot: Int, count: Int)
    /// The instruction is none that bears a constant.
    case wrongInstruction(Instruction)
    /// The instruction does not bear the constant that the object's own types have.
    case unexpectedValue(found: UInt64, expected: UInt64)
    /// The instruction has no room for the kernel's constant.
    case valueTooLarge(UInt64, room: String)
  }
}

extension RelocationError: CustomStringConvertible {
  /// The relocation, its place and the reason.
  public var description: String {
    let spot = function.map { " in function '\($0)'" } ?? ""
    return "CO-RE relocation <\(kind)> of \(path)\(spot)\(place.map { " (\($0))" } ?? ""): \(reason)"
  }
}

extension RelocationError.Reason: CustomStringConvertible {
  /// The fact as a clause without a capital letter or a full stop.
  public var description: String {
    switch self {
    case .unresolvable(let reason): "\(reason)"
    case .outsideOfCode(let slot, let count): "it names instruction \(slot) of \(count)"
    case .wrongInstruction(let instruction): "'\(instruction)' bears no constant that could be relocated"
    case .unexpectedValue(let found, let expected):
      "the instruction bears \(Int64(bitPattern: found)), where the object's own types have "
        + "\(Int64(bitPattern: expected))"
    case .valueTooLarge(let value, let room): "the kernel's \(Int64(bitPattern: value)) does not fit into \(room)"
    }
  }
}
