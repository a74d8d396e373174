/// Leaves only attributes that mean something to the BPF backend.
///
/// Quoted attributes speak of the machine that Swift was told to compile for and would override `-mcpu`; a stack protector
/// and unwind tables need a runtime; `minsize` and `optsize` make LLVM keep calls.
enum PlainAttributes: RewritingRule {
  /// A group for calls that do not return.
  static let noReturn = 900
  /// A group for functions that must disappear.
  static let alwaysInline = 901
  /// A group for calls that only give a value.
  static let pure = 902

  static func apply(to rewriting: inout Rewriting) {
    rewriting.module.attributeGroups = rewriting.module.attributeGroups.mapValues(plain)
    rewriting.module.attributeGroups[noReturn] = "noreturn nounwind"
    rewriting.module.attributeGroups[alwaysInline] = "alwaysinline nounwind"
    rewriting.module.attributeGroups[pure] = "nounwind willreturn memory(none)"
  }

  static func plain(_ words: String) -> String {
    var cursor = IRCursor(words)
    var kept: [String] = []
    cursor.skipSpaces()
    while !cursor.isAtEnd {
      if cursor.quoted() != nil {
        if cursor.skip("=") { _ = cursor.quoted() }
      } else {
        var word = cursor.word()
        if cursor.next == UInt8(ascii: "("), let brackets = cursor.bracketed() { word += brackets }
        if word.isEmpty { break }
        if !dropped(word) { kept.append(word) }
      }
      cursor.skipSpaces()
    }
    // A group without words is a syntax error.
    return kept.isEmpty ? "nounwind" : kept.joined(separator: " ")
  }

  private static func dropped(_ word: String) -> Bool {
    switch word {
    case "ssp", "sspstrong", "sspreq", "minsize", "optsize", "swiftself", "swifterror": true
    default: word.hasPrefix("uwtable") || word.hasPrefix("presplitcoroutine")
    }
  }
}
