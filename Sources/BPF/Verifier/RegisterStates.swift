internal import Diagnostics

/// What a verifier's log last said of each register.
struct RegisterStates: Hashable, Sendable {
  /// "R7" to "map_value(ks=4,vs=8)".
  private(set) var known: [String: String] = [:]

  /// Takes a whole state, "R1=ctx() R10=fp0 fp-8=mmmm????", for all that is known.
  mutating func replace(by state: some StringProtocol) {
    known = [:]
    merge(state)
  }

  /// Takes the registers that a state names, "R0_w=scalar() R6=ctx()", and leaves the others.
  mutating func merge(_ state: some StringProtocol) {
    for word in Self.words(state) {
      guard word.hasPrefix("R"), let equals = word.firstIndex(of: "=") else { continue }
      // Up to 6.17 "_w" says that it was written to in this state, "_r" that it was read.
      let name = word[..<equals].prefix { $0 != "_" }
      guard Int(name.dropFirst()) != nil else { continue }
      known[String(name)] = String(word[equals...].dropFirst())
    }
  }

  /// Forgets the registers that an instruction writes to: "(bf) r7 = r0", "(0f) r7 += r1", "(85) call …".
  mutating func forgetResults(of instruction: String) {
    guard let behind = instruction.firstRange(ofText: ") ") else { return }
    let text = instruction[behind.upperBound...]
    if text.hasPrefix("call ") {
      for number in 0...5 { known["R\(number)"] = nil }
    } else if text.first == "r" || text.first == "w" {
      let number = text.dropFirst().prefix { $0.isASCII && $0.isNumber }
      let rest = text.dropFirst(1 + number.count)
      if rest.hasPrefix(" "), rest.prefix(6).contains("=") { known["R\(number)"] = nil }
    }
  }

  /// Splits at blanks outside parentheses.
  private static func words(_ state: some StringProtocol) -> [String] {
    var words: [String] = []
    var word = ""
    var depth = 0
    for character in state {
      if character == " ", depth == 0 {
        if !word.isEmpty { words.append(word) }
        word = ""
        continue
      }
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      word.append(character)
    }
    if !word.isEmpty { words.append(word) }
    return words
  }
}
