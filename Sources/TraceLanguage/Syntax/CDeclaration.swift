public import Diagnostics

/// What the C section before the probes may declare.
public enum CDeclaration: Sendable {
  /// `struct s { … };`, `union u { … };`, or `struct s;` alone.
  case structure(CStructure)
  /// `enum e { … };`.
  case enumeration(CEnumeration)
  /// `typedef type name;`.
  case typeAlias(name: Name, type: CType, span: SourceSpan)
  /// `#define NAME …`.
  case define(CDefine)
  /// `#include <…>`.
  case include(CInclude)
}

/// The word before a tag.
public enum CTag: String, Sendable, Hashable {
  /// `struct`
  case structure = "struct"
  /// `union`
  case union = "union"
  /// `enum`
  case enumeration = "enum"
}

/// A C type, read inside out: `char *names[4]` is an array of 4 pointers to char.
public indirect enum CType: Sendable, Hashable {
  /// `void`
  case void
  /// `_Bool`
  case boolean
  /// A type of the C language by its words, such as `unsigned long`; sizes as on 64-bit Linux.
  case integer(name: String, byteCount: Int, isSigned: Bool)
  /// `float` or `double`: has a size and no arithmetic.
  case floatingPoint(name: String, byteCount: Int)
  /// A type alias, of the script or of the kernel: `u32`, `pid_t`.
  case named(String)
  /// `struct s`, `union u`, `enum e` by tag.
  case tagged(CTag, String)
  /// A struct or union with its fields, where it is used.
  case structure(CStructure)
  /// An enum with its values, where it is used.
  case enumeration(CEnumeration)
  /// A pointer.
  case pointer(CType)
  /// An array; nil is a flexible one.
  case array(CType, count: UInt64?)
  /// A function; only ever behind a pointer.
  case function

  /// Whether the type's fields or values are given here, between braces.
  var isDefinition: Bool {
    switch self {
    case .structure(let structure): structure.fields != nil
    case .enumeration: true
    default: false
    }
  }
}

/// A struct or union of the C section.
public struct CStructure: Sendable, Hashable {
  /// `struct` or `union`.
  public var kind: CTag
  /// The tag; nil for one without.
  public var tag: Name?
  /// The fields; nil when it is only announced (`struct s;`).
  public var fields: [CField]?
  /// Whether `__attribute__((packed))` was given: no padding, alignment 1.
  public var isPacked: Bool
  /// The bytes of `__attribute__((aligned(N)))`.
  public var alignment: Int?
  /// Where it stands.
  public var span: SourceSpan
}

/// A field of a C struct or union.
public struct CField: Sendable, Hashable {
  /// The name; nil for an anonymous struct or union, whose fields are reached directly, or for padding bits.
  public var name: Name?
  /// Its type.
  public var type: CType
  /// How many bits of a bit-field; 0 ends the storage unit.
  public var bitWidth: Int?
  /// The bytes of `__attribute__((aligned(N)))`.
  public var alignment: Int?
  /// Where it stands.
  public var span: SourceSpan
}

/// A C enum.
public struct CEnumeration: Sendable, Hashable {
  /// A constant and its value.
  public struct Constant: Sendable, Hashable {
    /// The name.
    public var name: Name
    /// The value, counted up from the one before where none was given.
    public var value: Int64
  }

  /// The tag; nil for one without.
  public var tag: Name?
  /// The constants in order.
  public var constants: [Constant]
  /// Where it stands.
  public var span: SourceSpan
}

/// `#define NAME …`.
public struct CDefine: Sendable {
  /// What stands for the name.
  public enum Value: Sendable, Hashable {
    /// Nothing.
    case none
    /// A number; negative ones as their 64-bit pattern.
    case integer(UInt64)
    /// A quoted text.
    case string(StringLiteral)
    /// Anything else, as written: a type, or an expression over names that are not known here.
    case text(String)
    /// The text behind the parameters of `#define NAME(a, b) …`.
    case functionLike(String)
  }

  /// The name.
  public var name: Name
  /// What it stands for.
  public var value: Value
  /// Where it stands.
  public var span: SourceSpan
}

/// `#include <path>` or `#include "path"`.
public struct CInclude: Sendable {
  /// The path without its delimiters.
  public var path: String
  /// Whether it stood between angle brackets.
  public var isSystem: Bool
  /// Where it stands.
  public var span: SourceSpan
}
