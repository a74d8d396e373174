/// Refuses what no kernel program can do, at the line that does it.
///
/// The embedded runtime's functions tell what Swift would have done with them: allocate, count references, initialise on
/// first use. A program that reaches one of them cannot be built.
enum ImpossibleConstructs: RewritingRule {
  static func apply(to rewriting: inout Rewriting) {
    let declared = Set(rewriting.module.declarations.map(\.name))
    for function in rewriting.module.functions where !isRuntime(function.name) {
      function.forEachSymbol { symbol, instruction in
        if let construct = RuntimeFunction.construct(symbol) {
          rewriting.report(.impossible(construct, at: rewriting.debug.place(of: instruction)))
        }
      }
      for instruction in function.body { inspect(instruction, declared, &rewriting) }
    }
    refuseRecursion(&rewriting)
  }

  /// What lies inside the runtime is told where the program calls it.
  private static func isRuntime(_ symbol: String) -> Bool {
    RuntimeFunction.construct(symbol) != nil || symbol.hasPrefix("swift_")
  }

  private static func inspect(_ instruction: IRInstruction, _ declared: Set<String>, _ rewriting: inout Rewriting) {
    switch instruction.operation {
    case "fadd", "fsub", "fmul", "fdiv", "frem", "fneg", "fcmp", "fptosi", "fptoui", "sitofp", "uitofp", "fpext",
      "fptrunc":
      rewriting.report(.impossible(.floatingPoint, at: rewriting.debug.place(of: instruction)))
    case "call":
      guard let call = IRCall(instruction), let symbol = call.symbol else { return }
      for name in ["llvm.memcpy.", "llvm.memmove.", "llvm.memset."] where symbol.hasPrefix(name) {
        if call.arguments.count >= 3, Int(call.arguments[2].value) == nil {
          rewriting.report(.impossible(.copyOfUnknownSize, at: rewriting.debug.place(of: instruction)))
        }
      }
    default: return
    }
  }

  /// A function that calls itself, at once or through others; a call in the last place becomes a jump and is let through.
  private static func refuseRecursion(_ rewriting: inout Rewriting) {
    var calls: [String: [(callee: String, instruction: IRInstruction)]] = [:]
    for function in rewriting.module.functions {
      for (index, instruction) in function.body.enumerated() where instruction.operation == "call" {
        guard let callee = IRCall(instruction)?.symbol else { continue }
        let isLast = index + 1 < function.body.count && function.body[index + 1].operation == "ret"
        if callee == function.name, isLast { continue }
        calls[function.name, default: []].append((callee, instruction))
      }
    }
    var done: Set<String> = []
    var path: [String] = []
    func visit(_ name: String) {
      if done.contains(name) { return }
      path.append(name)
      for call in calls[name] ?? [] {
        if path.contains(call.callee) {
          rewriting.report(.impossible(.recursion, at: rewriting.debug.place(of: call.instruction)))
        } else {
          visit(call.callee)
        }
      }
      path.removeLast()
      done.insert(name)
    }
    for function in rewriting.module.functions { visit(function.name) }
  }
}
