/// Returns 0 where Swift returns anything at all.
///
/// A path that throws leaves the result undefined; the verifier refuses a program that ends with an unset register.
enum DefinedReturns: RewritingRule {
  static func apply(to rewriting: inout Rewriting) {
    for index in rewriting.module.functions.indices {
      for line in rewriting.module.functions[index].body.indices {
        var cursor = IRCursor(rewriting.module.functions[index].body[line].text)
        guard cursor.skip("ret "), let type = cursor.type(), cursor.skip(" ") else { continue }
        let value = cursor.remaining
        guard value == "undef" || value == "poison" else { continue }
        let zero = type.hasPrefix("i") ? "0" : type == "ptr" ? "null" : "zeroinitializer"
        rewriting.module.functions[index].body[line].text = "ret \(type) \(zero)"
      }
    }
  }
}
