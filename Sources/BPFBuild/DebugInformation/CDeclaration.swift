/// A function of the kernel as C declares it: `struct task_struct *bpf_task_from_pid(s32 pid)`.
///
/// Types are structures, unions and enumerations by their names, integers, `void`, and pointers to these. Qualifiers and
/// the names of parameters are read and mean nothing, as to the loaders that compare the types with the kernel's.
struct CDeclaration: Hashable, Sendable {
  /// What a type is without its pointers.
  enum Base: Hashable, Sendable {
    case void
    /// An integer, by the name of Swift's.
    case integer(String)
    /// `struct`, `union` or `enum`, and the name behind it.
    case named(tag: String, name: String)
  }

  struct CType: Hashable, Sendable {
    var base: Base
    /// How many pointers lead to it.
    var pointers = 0
  }

  /// Why a text is no declaration.
  struct Malformed: Error, CustomStringConvertible {
    let description: String
  }

  var name: String
  var result: CType
  var parameters: [CType]

  /// Result and parameters, which is what callers and the kernel must agree on.
  var types: [CType] { [result] + parameters }

  init(_ text: String) throws(Malformed) {
    var words = Self.words(text)[...]
    (result, name) = try Self.declarator(&words)
    if name.isEmpty { throw Malformed(description: "has no name") }
    parameters = []
    guard words.popFirst() == "(" else { throw Malformed(description: "has no parameters in parentheses") }
    if words.first == "void", words.dropFirst().first == ")" { words = words.dropFirst() }
    while let next = words.first, next != ")" {
      let (type, _) = try Self.declarator(&words)
      if type == CType(base: .void) { throw Malformed(description: "has a parameter of type void") }
      parameters.append(type)
      if words.first == "," { words = words.dropFirst() }
    }
    guard words.popFirst() == ")" else { throw Malformed(description: "has no closing parenthesis") }
    if words.first == ";" { words = words.dropFirst() }
    if let more = words.first { throw Malformed(description: "goes on with '\(more)'") }
    if parameters.count > 5 { throw Malformed(description: "takes more than five arguments") }
  }

  /// Reads a type, and the name behind it, if there is one.
  private static func declarator(_ words: inout ArraySlice<String>) throws(Malformed) -> (CType, name: String) {
    var names: [String] = []
    var tag: String?
    var type = CType(base: .void)
    var name = ""
    while let word = words.first {
      if word == "*" {
        type.pointers += 1
      } else if !isName(word) {
        break
      } else if ["struct", "union", "enum"].contains(word), names.isEmpty {
        tag = word
      } else if !["const", "volatile", "restrict", "extern"].contains(word) {
        // Behind a pointer, behind a tag's name, and behind words that make a type, comes the declared name.
        let isName =
          type.pointers > 0 || (tag != nil && !names.isEmpty) || (!names.isEmpty && !integerWords.contains(word))
        if isName {
          if !name.isEmpty { throw Malformed(description: "has '\(word)' behind the name '\(name)'") }
          name = word
        } else {
          names.append(word)
        }
      }
      words = words.dropFirst()
    }
    guard let first = names.first else { throw Malformed(description: "lacks a type") }
    if let tag {
      type.base = .named(tag: tag, name: first)
    } else if names == ["void"] {
      type.base = .void
    } else if let integer = integer(names) {
      type.base = .integer(integer)
    } else {
      throw Malformed(
        description:
          "names the type '\(names.joined(separator: " "))', which is none of C's integers; write struct, union "
          + "or enum in front of it, or the type that it stands for")
    }
    return (type, name)
  }

  private static let integerWords: Set<String> = ["unsigned", "signed", "long", "int", "short", "char"]

  /// Swift's name for an integer type of C or of the kernel.
  private static func integer(_ words: [String]) -> String? {
    switch words.count == 1 ? words[0] : "" {
    case "bool", "_Bool": return "Bool"
    case "u8", "__u8", "uint8_t": return "UInt8"
    case "s8", "__s8", "int8_t": return "Int8"
    case "u16", "__u16", "__be16", "__le16", "uint16_t": return "UInt16"
    case "s16", "__s16", "int16_t": return "Int16"
    case "u32", "__u32", "__be32", "__le32", "__wsum", "uint32_t", "gfp_t", "uid_t", "gid_t": return "UInt32"
    case "s32", "__s32", "int32_t", "pid_t": return "Int32"
    case "u64", "__u64", "__be64", "__le64", "uint64_t", "size_t", "uintptr_t": return "UInt64"
    case "s64", "__s64", "int64_t", "ssize_t", "loff_t": return "Int64"
    default: break
    }
    guard !words.isEmpty, words.allSatisfy(integerWords.contains) else { return nil }
    let sign = words.contains("unsigned") ? "U" : ""
    if words.contains("char") { return sign + "Int8" }
    if words.contains("short") { return sign + "Int16" }
    return sign + (words.contains("long") ? "Int64" : "Int32")
  }

  private static func isName(_ word: String) -> Bool {
    word.utf8.first.map { IRCursor.isNameByte($0) && !IRCursor.isDigit($0) } ?? false
  }

  /// Names, and all else character by character, without spaces.
  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    var name: [UInt8] = []
    for byte in text.utf8 {
      if IRCursor.isNameByte(byte), byte != UInt8(ascii: "-"), byte != UInt8(ascii: "."), byte != UInt8(ascii: "$") {
        name.append(byte)
        continue
      }
      if !name.isEmpty { words.append(String(decoding: name, as: UTF8.self)) }
      name = []
      if byte != UInt8(ascii: " "), byte != UInt8(ascii: "\n"), byte != UInt8(ascii: "\t") {
        words.append(String(decoding: [byte], as: UTF8.self))
      }
    }
    if !name.isEmpty { words.append(String(decoding: name, as: UTF8.self)) }
    return words
  }
}
