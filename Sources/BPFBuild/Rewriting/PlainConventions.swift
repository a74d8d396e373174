internal import Diagnostics

/// Makes every function one in C's convention: no convention words, no attributes of parameters, results and globals
/// that speak of registers or of how another machine passes small integers.
enum PlainConventions: RewritingRule {
  static func apply(to rewriting: inout Rewriting) {
    for index in rewriting.module.functions.indices {
      var function = rewriting.module.functions[index]
      function.words = [function.isProgram ? "dso_local" : "internal"]
      function.parameters = function.parameters.map(plain)
      function.body = function.body.map(plain)
      rewriting.module.functions[index] = function
    }
    for index in rewriting.module.declarations.indices {
      var declaration = rewriting.module.declarations[index]
      declaration.signature.words.removeAll { !$0.hasPrefix("extern_weak") }
      declaration.signature.parameters = declaration.signature.parameters.map(plain)
      rewriting.module.declarations[index] = declaration
    }
  }

  private static func plain(_ parameter: IRFunction.Parameter) -> IRFunction.Parameter {
    var parameter = parameter
    parameter.attributes = kept(parameter.attributes)
    return parameter
  }

  /// Only what says how memory is passed, and what LLVM's own functions demand.
  private static func kept(_ attributes: [String]) -> [String] {
    attributes.filter {
      $0 == "immarg" || $0.hasPrefix("byval(") || $0.hasPrefix("elementtype(") || $0.hasPrefix("align ")
    }
  }

  private static func plain(_ instruction: IRInstruction) -> IRInstruction {
    var instruction = instruction
    if instruction.operation == "call", var call = IRCall(instruction) {
      for index in call.arguments.indices { call.arguments[index].attributes = kept(call.arguments[index].attributes) }
      instruction.text = call.text
    } else if instruction.text.contains(text: "swifterror") {
      // `%swifterror = alloca swifterror ptr`
      instruction.text = instruction.text.split(separator: " ").filter { $0 != "swifterror" }.joined(separator: " ")
    }
    return instruction
  }
}
