/// What a CO-RE relocation comes to on the kernel that it was resolved for.
public struct COREResolution: Hashable, Sendable {
  /// What the instruction's constant becomes.
  public enum Outcome: Hashable, Sendable {
    /// A number; of an enum's negative value, its bit pattern.
    case value(UInt64)
    /// The kernel has no such field, type or value: the instruction must never run.
    case missing
  }

  /// The relocation.
  public var relocation: CORERelocation
  /// The access by its names: `struct task_struct.mm.exe_file`.
  public var path: String
  /// What the instruction holds before, as the object's own types have it.
  public var originalValue: UInt64
  /// Whether the compiler can have written nothing else than ``originalValue``.
  ///
  /// It cannot be told for the integer in which a bit-field is read, and for ids of types.
  public var isOriginalValueCertain: Bool
  /// What the instruction's constant becomes.
  public var outcome: Outcome
  /// Bytes of the field in the object's own types, for a field's offset; else nil.
  public var originalAccessSize: Int?
  /// Bytes of the field in the kernel, for a field's offset; else nil.
  public var accessSize: Int?
  /// Whether a load or store of the other size means the same: of pointers, and of unsigned integers.
  public var isAccessSizeAdjustable: Bool

  /// Where the kernel's types have it: `[123] struct task_struct.mm (0:40 @ offset 2336) of vmlinux`; nil when they
  /// do not, and when no kernel was asked.
  public var targetDescription: String?

  /// A resolution of the given parts.
  public init(
    relocation: CORERelocation, path: String, originalValue: UInt64, isOriginalValueCertain: Bool = true,
    outcome: Outcome, originalAccessSize: Int? = nil, accessSize: Int? = nil, isAccessSizeAdjustable: Bool = true
  ) {
    self.relocation = relocation
    self.path = path
    self.originalValue = originalValue
    self.isOriginalValueCertain = isOriginalValueCertain
    self.outcome = outcome
    self.originalAccessSize = originalAccessSize
    self.accessSize = accessSize
    self.isAccessSizeAdjustable = isAccessSizeAdjustable
  }
}
