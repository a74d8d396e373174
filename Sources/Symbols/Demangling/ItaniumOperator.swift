/// The tables of the Itanium C++ ABI: operators, built-in types and abbreviations.
struct ItaniumOperator {
  enum Arity { case unary, binary, ternary, other }

  let text: String
  let arity: Arity

  /// The operator of two letters (ABI, 5.1.3.1, "Operator encodings"); the text is that of its function's name.
  static func named(_ first: UInt8, _ second: UInt8) -> ItaniumOperator? {
    table[UInt16(first) << 8 | UInt16(second)]
  }

  private static let table: [UInt16: ItaniumOperator] = {
    var table: [UInt16: ItaniumOperator] = [:]
    func add(_ arity: Arity, _ rows: KeyValuePairs<String, String>) {
      for (letters, text) in rows {
        let bytes = Array(letters.utf8)
        table[UInt16(bytes[0]) << 8 | UInt16(bytes[1])] = ItaniumOperator(text: "operator" + text, arity: arity)
      }
    }
    add(
      .unary,
      ["ps": "+", "ng": "-", "ad": "&", "de": "*", "co": "~", "nt": "!", "pp": "++", "mm": "--", "aw": " co_await"])
    add(
      .binary,
      [
        "pl": "+", "mi": "-", "ml": "*", "dv": "/", "rm": "%", "an": "&", "or": "|", "eo": "^", "aS": "=", "pL": "+=",
        "mI": "-=", "mL": "*=", "dV": "/=", "rM": "%=", "aN": "&=", "oR": "|=", "eO": "^=", "ls": "<<", "rs": ">>",
        "lS": "<<=", "rS": ">>=", "eq": "==", "ne": "!=", "lt": "<", "gt": ">", "le": "<=", "ge": ">=", "ss": "<=>",
        "aa": "&&", "oo": "||", "cm": ",", "pm": "->*", "ix": "[]",
      ])
    add(.ternary, ["qu": "?"])
    add(.other, ["nw": " new", "na": " new[]", "dl": " delete", "da": " delete[]", "cl": "()", "pt": "->"])
    return table
  }()

  /// The built-in type of one letter (ABI, 5.1.5.2).
  static func builtinType(_ letter: UInt8) -> String? {
    switch letter {
    case UInt8(ascii: "v"): "void"
    case UInt8(ascii: "w"): "wchar_t"
    case UInt8(ascii: "b"): "bool"
    case UInt8(ascii: "c"): "char"
    case UInt8(ascii: "a"): "signed char"
    case UInt8(ascii: "h"): "unsigned char"
    case UInt8(ascii: "s"): "short"
    case UInt8(ascii: "t"): "unsigned short"
    case UInt8(ascii: "i"): "int"
    case UInt8(ascii: "j"): "unsigned int"
    case UInt8(ascii: "l"): "long"
    case UInt8(ascii: "m"): "unsigned long"
    case UInt8(ascii: "x"): "long long"
    case UInt8(ascii: "y"): "unsigned long long"
    case UInt8(ascii: "n"): "__int128"
    case UInt8(ascii: "o"): "unsigned __int128"
    case UInt8(ascii: "f"): "float"
    case UInt8(ascii: "d"): "double"
    case UInt8(ascii: "e"): "long double"
    case UInt8(ascii: "g"): "__float128"
    case UInt8(ascii: "z"): "..."
    default: nil
    }
  }

  /// The built-in type of `D` and one letter.
  static func extendedBuiltinType(_ letter: UInt8) -> String? {
    switch letter {
    case UInt8(ascii: "d"): "decimal64"
    case UInt8(ascii: "e"): "decimal128"
    case UInt8(ascii: "f"): "decimal32"
    case UInt8(ascii: "h"): "half"
    case UInt8(ascii: "i"): "char32_t"
    case UInt8(ascii: "s"): "char16_t"
    case UInt8(ascii: "u"): "char8_t"
    case UInt8(ascii: "a"): "auto"
    case UInt8(ascii: "c"): "decltype(auto)"
    case UInt8(ascii: "n"): "decltype(nullptr)"
    default: nil
    }
  }

  /// How a literal of a built-in type ends, for those whose type is not written in front.
  static func literalSuffix(_ letter: UInt8) -> String? {
    switch letter {
    case UInt8(ascii: "i"): ""
    case UInt8(ascii: "j"): "u"
    case UInt8(ascii: "l"): "l"
    case UInt8(ascii: "m"): "ul"
    case UInt8(ascii: "x"): "ll"
    case UInt8(ascii: "y"): "ull"
    default: nil
    }
  }

  /// The abbreviations of `std` names (ABI, 5.1.8).
  static func abbreviation(_ letter: UInt8) -> ItaniumNode? {
    func stream(_ short: String, _ long: String) -> ItaniumNode {
      .abbreviation("std::\(short)", base: long, full: "std::\(long)<char, std::char_traits<char> >")
    }
    return switch letter {
    case UInt8(ascii: "a"): .abbreviation("std::allocator", base: "allocator", full: "std::allocator")
    case UInt8(ascii: "b"): .abbreviation("std::basic_string", base: "basic_string", full: "std::basic_string")
    case UInt8(ascii: "s"):
      .abbreviation(
        "std::string", base: "basic_string",
        full: "std::basic_string<char, std::char_traits<char>, std::allocator<char> >")
    case UInt8(ascii: "i"): stream("istream", "basic_istream")
    case UInt8(ascii: "o"): stream("ostream", "basic_ostream")
    case UInt8(ascii: "d"): stream("iostream", "basic_iostream")
    default: nil
    }
  }
}
