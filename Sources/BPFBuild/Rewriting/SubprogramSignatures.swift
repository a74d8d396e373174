internal import Diagnostics

/// Names subprograms so that BTF takes them, and inlines those that cannot be functions of their own.
///
/// A subprogram returns one register and takes five; what returns more, or takes more, has to disappear into its callers.
/// So has one with a check that can fail: leaving a subprogram only returns to its caller, and a failed check must end the
/// program. Functions that the kernel calls back stay what they are (``CallbackChecks``).
enum SubprogramSignatures: RewritingRule {
  static func apply(to rewriting: inout Rewriting) {
    let failing = rewriting.options.traps == .prove ? [] : failingFunctions(rewriting.module)
    var inlined: Set<String> = []
    for index in rewriting.module.functions.indices where !rewriting.module.functions[index].isProgram {
      var function = rewriting.module.functions[index]
      let subprogram = rewriting.debug.subprogram(of: function)
      let name = subprogram.name ?? function.name
      let words = function.attributes.flatMap { rewriting.module.attributeGroups[$0] } ?? ""
      let isKeptApart = words.split(separator: " ").contains("noinline")
      let returnsMuch =
        function.result.hasPrefix("{") || function.result.hasPrefix("[") || function.result.hasPrefix("<")
      if returnsMuch || function.parameters.count > 5 {
        if isKeptApart {
          rewriting.report(
            .unsuitableSubprogram(
              name, returnsMuch ? "returns more than one register" : "takes more than five registers of arguments",
              at: subprogram.place))
        }
        function.attributes = PlainAttributes.alwaysInline
      } else if failing.contains(function.name) {
        if isKeptApart { rewriting.report(.inlinedForItsChecks(name, at: subprogram.place)) }
        function.attributes = PlainAttributes.alwaysInline
      }
      if function.attributes == PlainAttributes.alwaysInline { inlined.insert(function.name) }
      _ = rewriting.name(function.name, like: name)
      rewriting.module.functions[index] = function
    }
    for index in rewriting.module.functions.indices {
      rewriting.module.functions[index].body = rewriting.module.functions[index].body.map { plain($0, inlined) }
    }
  }

  /// The call of a function that disappears, without attributes of its own: `noinline` there would count for more.
  private static func plain(_ instruction: IRInstruction, _ inlined: Set<String>) -> IRInstruction {
    guard instruction.operation == "call", var call = IRCall(instruction), let symbol = call.symbol,
      inlined.contains(symbol), !call.suffix.isEmpty
    else { return instruction }
    var instruction = instruction
    call.suffix = ""
    instruction.text = call.text
    return instruction
  }

  /// Functions with a check that can fail, in them or in what they call; without those that are called back.
  private static func failingFunctions(_ module: IRModule) -> Set<String> {
    var callers: [String: Set<String>] = [:]
    var failing: Set<String> = []
    var calledBack: Set<String> = []
    let names = Set(module.functions.map(\.name))
    for function in module.functions {
      if function.body.contains(where: CallbackChecks.endsCaller) { failing.insert(function.name) }
      for instruction in function.body where instruction.text.utf8.contains(UInt8(ascii: "@")) {
        let callee = instruction.operation == "call" ? IRCall(instruction)?.symbol : nil
        if callee == "llvm.trap" { failing.insert(function.name) }
        var others = 0
        IRSymbol.forEach(in: Substring(instruction.text).utf8) { bytes in
          let symbol = String(Substring(bytes))
          guard names.contains(symbol) else { return }
          // The first mention of the callee is the call itself; any other takes the address.
          if symbol == callee, others == 0 {
            others = 1
            callers[symbol, default: []].insert(function.name)
          } else {
            calledBack.insert(symbol)
          }
        }
      }
    }
    for global in module.globals {
      IRSymbol.forEach(in: Substring(global.initializer ?? "").utf8) { calledBack.insert(String(Substring($0))) }
    }
    var work = Array(failing)
    while let name = work.popLast() {
      if calledBack.contains(name) { continue }
      for caller in callers[name] ?? [] where failing.insert(caller).inserted { work.append(caller) }
    }
    return failing.subtracting(calledBack)
  }
}

extension BuildProblem {
  fileprivate static func inlinedForItsChecks(_ name: String, at place: SourcePlace?) -> Self {
    BuildProblem(
      "inlined-for-its-checks",
      "the function '\(name)' is inlined all the same: a check in it can fail, and must end the "
        + "program", at: place,
      hints: ["use operators that wrap (&+) and indices that are known to be in range, or build with --prove"],
      severity: .warning)
  }
}
