/// Makes a script that shows a fault smaller, line by line.
enum ScriptReduction {
  /// The script without every line, and every block of lines, that is not needed for `isFaulty` to hold.
  static func reduce(_ text: String, while isFaulty: (String) -> Bool) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      var index = lines.count - 1
      while index > 0 {
        for candidate in candidates(lines, at: index) where candidate != lines {
          if isFaulty(candidate.joined(separator: "\n")) {
            lines = candidate
            hasChanged = true
            break
          }
        }
        index = min(index, lines.count) - 1
      }
    }
    return lines.joined(separator: "\n")
  }

  /// Without the line; where a block begins, without the block, or without its braces alone.
  private static func candidates(_ lines: [String], at index: Int) -> [[String]] {
    guard lines.indices.contains(index) else { return [] }
    let indentation = lines[index].prefix { $0 == " " }.count
    if lines[index].hasSuffix("{") {
      guard let end = lines.indices.first(where: { $0 > index && lines[$0].prefix { $0 == " " }.count <= indentation })
      else { return [] }
      var without = lines
      without.removeSubrange(index...end)
      var unwrapped = lines
      unwrapped.remove(at: end)
      unwrapped.remove(at: index)
      return [without, unwrapped]
    }
    var without = lines
    without.remove(at: index)
    return [without]
  }
}
