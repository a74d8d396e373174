/// Divides signed numbers by dividing their magnitudes and giving the result its sign.
///
/// The instruction set has signed division from v4 on.
enum SignedDivision: RewritingRule {
  static func apply(to rewriting: inout Rewriting) {
    if rewriting.options.instructionSet >= .v4 { return }
    var count = 0
    for index in rewriting.module.functions.indices {
      var body: [IRInstruction] = []
      for instruction in rewriting.module.functions[index].body {
        if let lines = expansion(of: instruction, number: count) {
          body += lines
          count += 1
        } else {
          body.append(instruction)
        }
      }
      rewriting.module.functions[index].body = body
    }
  }

  private static func expansion(of instruction: IRInstruction, number: Int) -> [IRInstruction]? {
    var cursor = IRCursor(instruction.text)
    let isRemainder = cursor.skip("srem ")
    guard isRemainder || cursor.skip("sdiv ") else { return nil }
    _ = cursor.skip("exact ")
    guard let type = cursor.type(), let bits = Int(type.dropFirst()), cursor.skip(" ") else { return nil }
    let dividend = cursor.value()
    guard cursor.skip(", ") else { return nil }
    let divisor = cursor.value()
    let name = "%signed.\(number)"
    var lines: [IRInstruction] = []
    func add(_ value: String, _ text: String) {
      lines.append(IRInstruction(result: "\(name).\(value)", text, attachments: instruction.attachments))
    }
    /// The magnitude is `(x ^ sign) - sign` for a sign of 0 or all ones.
    func magnitude(_ value: String, of operand: String) {
      add("sign\(value)", "ashr \(type) \(operand), \(bits - 1)")
      add("flip\(value)", "xor \(type) \(operand), \(name).sign\(value)")
      add("size\(value)", "sub \(type) \(name).flip\(value), \(name).sign\(value)")
    }
    magnitude("x", of: dividend)
    magnitude("y", of: divisor)
    add("result", "\(isRemainder ? "urem" : "udiv") \(type) \(name).sizex, \(name).sizey")
    if !isRemainder { add("sign", "xor \(type) \(name).signx, \(name).signy") }
    let sign = isRemainder ? "\(name).signx" : "\(name).sign"
    add("flip", "xor \(type) \(name).result, \(sign)")
    lines.append(
      IRInstruction(
        result: instruction.result, "sub \(type) \(name).flip, \(sign)", attachments: instruction.attachments))
    return lines
  }
}
