/// Gives programs the form that the kernel calls: one context pointer in, a number out, and the function's own name.
///
/// `Void` becomes the result 0. What a program cannot be is told at its declaration.
enum ProgramEntries: RewritingRule {
  static func apply(to rewriting: inout Rewriting) {
    for index in rewriting.module.functions.indices where rewriting.module.functions[index].isProgram {
      var function = rewriting.module.functions[index]
      let subprogram = rewriting.debug.subprogram(of: function)
      let name = subprogram.name ?? function.name
      if let reason = refusal(of: function) {
        rewriting.report(.unsuitableProgram(name, reason, at: subprogram.place))
      }
      if function.result == "void" {
        function.result = "i32"
        for line in function.body.indices where function.body[line].text == "ret void" {
          function.body[line].text = "ret i32 0"
        }
      }
      rewriting.module.pinned.append(function.name)
      _ = rewriting.name(function.name, like: name)
      rewriting.module.functions[index] = function
    }
    if rewriting.module.functions.isEmpty { rewriting.report(.noPrograms) }
  }

  private static func refusal(of function: IRFunction) -> String? {
    switch function.result {
    case "void", "i1", "i8", "i16", "i32", "i64": break
    case "ptr": return "returns a pointer"
    default: return "returns more than one register"
    }
    // The mangled name of a function that throws ends in `K`, `YKF` or `KF` for its kind.
    if function.parameters.count > 1, function.name.hasPrefix("$e"), function.name.hasSuffix("KF") {
      return "throws, and nobody calls it who could catch"
    }
    if function.parameters.isEmpty { return "takes no context" }
    if function.parameters.count > 1 { return "takes more than one register of arguments" }
    return function.parameters[0].type == "ptr" ? nil : "takes a number and not a context"
  }
}
