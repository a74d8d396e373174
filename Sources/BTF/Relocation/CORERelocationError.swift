/// A CO-RE relocation that cannot be resolved, whichever way its program would run.
///
/// A field or type that the kernel does not have is no error: see ``COREResolution/Outcome/missing``.
public struct CORERelocationError: Error, Hashable, Sendable {
  /// The relocation at fault; of several that contradict each other, the one where it showed.
  public var relocation: CORERelocation
  /// Its access by its names, as far as it has one: `struct task_struct.mm.exe_file`.
  public var path: String
  /// What is wrong.
  public var reason: Reason

  /// What is wrong.
  public enum Reason: Error, Hashable, Sendable {
    /// The access string is none, or leads nowhere in the object's own types.
    case badAccess(String)
    /// The object's own type has no name by which the kernel's could be found.
    case unnamedType
    /// A bit-field that spans more than eight bytes.
    case bitFieldTooWide
    /// The object's or the kernel's type is malformed.
    case malformed(BTFError)
    /// The kernel has several types of that name, and the answer differs between them.
    case ambiguous(type: String, answers: [Candidate])
    /// The kernel has several types of that name, and none of them serves all accesses of the object.
    case inconsistent(type: String, other: String, candidates: [Candidate])
  }

  /// One of the kernel's types that bear the local type's name.
  public struct Candidate: Hashable, Sendable {
    /// The type, by id, name and BTF: `[123] struct foo of vmlinux`.
    public var type: String
    /// What the relocation's constant is there; nil when the type does not serve it.
    public var value: UInt64?
  }
}

extension CORERelocationError: CustomStringConvertible {
  /// The access, and why it cannot be resolved.
  public var description: String { "CO-RE relocation <\(relocation.kind.name)> of \(path): \(reason)" }
}

extension CORERelocationError.Reason: CustomStringConvertible {
  /// The fact as a clause without a capital letter or a full stop.
  public var description: String {
    switch self {
    case .badAccess(let access): "'\(access)' leads nowhere in the object's own types"
    case .unnamedType: "a type without a name cannot be found in the kernel"
    case .bitFieldTooWide: "the bit-field does not lie within eight bytes"
    case .malformed(let error): "\(error)"
    case .ambiguous(let type, let answers):
      "the kernel has \(answers.count) types that \(type) can mean, with different answers: \(Self.list(answers))"
    case .inconsistent(let type, let other, let candidates):
      "the kernel has \(candidates.count) types that \(type) can mean, "
        + "and none has both this and \(other): \(Self.list(candidates))"
    }
  }

  private static func list(_ candidates: [CORERelocationError.Candidate]) -> String {
    candidates.map { candidate in
      "\(candidate.type): \(candidate.value.map { "\(Int64(bitPattern: $0))" } ?? "missing")"
    }
    .joined(separator: ", ")
  }
}
