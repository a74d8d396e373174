/// A value of a type, read from bytes.
///
/// The tree keeps what the type says, so that each kind of output can print it in its own way; ``description`` prints
/// as bpftrace does.
public indirect enum TypedValue: Hashable, Sendable {
  case integer(Int128)
  /// An unsigned integer beyond `Int128`.
  case unsigned(UInt128)
  case boolean(Bool)
  case float(Double)
  /// An enum's value; no name where no enumerator has it.
  case enumerator(name: String?, value: Int128)
  case pointer(UInt64)
  /// An array of `char`: all its bytes, those after a terminating zero included.
  case characters([UInt8])
  case array([TypedValue])
  /// A struct or union; an empty name marks an anonymous member.
  case structure([Field])

  /// A member's value.
  public struct Field: Hashable, Sendable {
    /// Empty for an anonymous struct or union.
    public var name: String
    /// What the member holds.
    public var value: TypedValue

    /// A member's name and value.
    public init(name: String, value: TypedValue) {
      self.name = name
      self.value = value
    }
  }
}

extension TypedValue: CustomStringConvertible {
  /// The value as bpftrace prints it.
  ///
  /// Integers are decimal, pointers `0x…`, enums their names, characters text up to the first zero, arrays `[1,2]`,
  /// structs `{ .a = 1, .b = x }` with the members of anonymous ones among the others.
  public var description: String {
    var text = ""
    write(to: &text)
    return text
  }

  private func write(to text: inout String) {
    switch self {
    case .integer(let value): text += String(value)
    case .unsigned(let value): text += String(value)
    case .boolean(let value): text += value ? "true" : "false"
    case .float(let value): text += String(value)
    case .enumerator(let name, let value): text += name ?? String(value)
    case .pointer(let value): text += "0x" + String(value, radix: 16)
    case .characters(let bytes): text += String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    case .array(let elements):
      text += "["
      for (index, element) in elements.enumerated() {
        if index > 0 { text += "," }
        element.write(to: &text)
      }
      text += "]"
    case .structure(let fields):
      text += "{"
      var isFirst = true
      Self.write(fields, to: &text, isFirst: &isFirst)
      text += isFirst ? "}" : " }"
    }
  }

  private static func write(_ fields: [Field], to text: inout String, isFirst: inout Bool) {
    for field in fields {
      if field.name.isEmpty, case .structure(let inner) = field.value {
        write(inner, to: &text, isFirst: &isFirst)
        continue
      }
      text += isFirst ? " ." : ", ."
      isFirst = false
      text += field.name + " = "
      field.value.write(to: &text)
    }
  }
}
