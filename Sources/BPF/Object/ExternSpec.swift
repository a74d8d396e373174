public import BTF

/// Something that an object uses and does not have itself.
public struct ExternSpec: Hashable, Sendable {
  /// Where it is to be found.
  public enum Kind: Hashable, Sendable {
    /// A variable of the kernel (`__ksym`), or the address of any of its symbols.
    case kernelVariable
    /// A function of the kernel that is called (`__ksym`, a kfunc).
    case kernelFunction
    /// An option of the kernel's configuration, or a fact such as `LINUX_KERNEL_VERSION` (`__kconfig`).
    case configuration
    /// A function, variable or map of another object, with which this one must be linked before it can be loaded.
    case otherObject
  }

  /// Its name; an option's with `CONFIG_`.
  public var name: String
  /// Where it is to be found.
  public var kind: Kind
  /// Whether the program can do without it; then its address or value is 0.
  public var isWeak: Bool
  /// What the object takes it for: a variable's type, or a function's `BTF_KIND_FUNC`.
  ///
  /// `void` means that any symbol will do and only its address is wanted.
  public var typeID: TypeID
  /// Of an option: the first of its bytes in the value of the object's ``ObjectSpec/configurationMap``.
  public var offset: Int
  /// Of an option: its bytes.
  public var size: Int

  /// An extern; `offset` and `size` matter for options only.
  public init(name: String, kind: Kind, isWeak: Bool = false, typeID: TypeID, offset: Int = 0, size: Int = 0) {
    self.name = name
    self.kind = kind
    self.isWeak = isWeak
    self.typeID = typeID
    self.offset = offset
    self.size = size
  }
}
