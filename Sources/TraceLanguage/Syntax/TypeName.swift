public import Diagnostics

/// A type as the script writes it: `uint64`, `struct task_struct *`, `string[64]`, `int8[4]`, `typeof($x)`.
public struct TypeName: Sendable {
  /// What is left when pointers and dimensions are taken off.
  public indirect enum Base: Sendable {
    /// A type of the language, a type alias, or C words such as `unsigned long`, joined by single spaces.
    case named(String)
    /// `struct s`, `union u`, `enum e`.
    case tagged(CTag, String)
    /// `string[N]`, `buffer[N]`, `inet[N]`: a type whose number is its size in bytes, not a dimension.
    case sized(String, UInt64)
    /// `typeof(e)`, `typeof(type)`.
    case typeOf(TypeOperand)
    /// `(a, b)`: a tuple of types.
    case tuple([TypeName])
  }

  /// What stands behind the base; applied from left to right.
  public enum Suffix: Sendable, Hashable {
    /// `*`: a pointer to what is on the left.
    case pointer
    /// `[N]`: an array of what is on the left; `[]` takes its length from the value.
    case array(UInt64?)
  }

  /// What it is built on.
  public var base: Base
  /// Pointers and dimensions, in order.
  public var suffixes: [Suffix]
  /// Where it stands.
  public var span: SourceSpan

  /// A type built on `base`.
  public init(_ base: Base, suffixes: [Suffix] = [], span: SourceSpan) {
    self.base = base
    self.suffixes = suffixes
    self.span = span
  }
}
