import Diagnostics

extension ProgramCode {
  /// The program as `-d bytecode` shows it: the script's line above the instructions that serve it.
  func listing(beside source: SourceText) -> String {
    var text = ""
    var line = 0
    for entry in lines() {
      if let function = entry.function { text += "\(function):\n" }
      if let span = entry.span {
        let number = source.location(of: span.start).line
        if number != line {
          line = number
          text += "; \(number): \(String(decoding: source.line(number), as: UTF8.self))\n"
        }
      }
      let number = String(entry.instruction)
      text += String(repeating: " ", count: max(0, 5 - number.count)) + "\(number): \(entry.text)\n"
    }
    return text
  }
}
