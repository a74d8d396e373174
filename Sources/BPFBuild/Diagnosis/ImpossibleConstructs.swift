internal import Diagnostics

/// Refuses what no kernel program can do, at the line that does it.
///
/// The embedded runtime's functions tell what Swift would have done with them: allocate, count references, initialise on
/// first use. A program that reaches one of them cannot be built.
enum ImpossibleConstructs: RewritingRule {
  static func apply(to rewriting: inout Rewriting) {
    let callers = Callers(rewriting.module)
    let hashes = rewriting.module.functions.contains { $0.name.contains(text: "s6HasherV") }
    var found: [(construct: ImpossibleConstruct, place: SourcePlace?)] = []
    for function in rewriting.module.functions where !isRuntime(function.name) {
      func note(_ construct: ImpossibleConstruct, _ instruction: IRInstruction) {
        found.append((construct, callers.place(of: instruction, in: function.name, rewriting.debug)))
      }
      function.forEachSymbol { symbol, instruction in
        guard var construct = RuntimeFunction.construct(symbol) else { return }
        // Hashing starts with a random number.
        if construct == .randomNumber, hashes { construct = .hashing }
        note(construct, instruction)
      }
      for instruction in function.body {
        if let construct = construct(instruction) { note(construct, instruction) }
      }
    }
    // One construct of Swift often needs several things of the runtime: the one that says most is told.
    // What has no place belongs to something that has one.
    let isLocated = found.contains { $0.place != nil }
    var told: Set<SourcePlace> = []
    for item in found.sorted(by: { $0.construct.rank < $1.construct.rank }) where item.place != nil || !isLocated {
      let line = SourcePlace(file: item.place?.file ?? "", line: item.place?.line ?? 0, column: 0)
      if told.insert(line).inserted { rewriting.report(.impossible(item.construct, at: item.place)) }
    }
    if found.isEmpty { refuseRecursion(&rewriting) }
  }

  /// What lies inside the runtime is told where the program calls it.
  private static func isRuntime(_ symbol: String) -> Bool {
    RuntimeFunction.construct(symbol) != nil || symbol.hasPrefix("swift_")
  }

  private static func construct(_ instruction: IRInstruction) -> ImpossibleConstruct? {
    switch instruction.operation {
    case "fadd", "fsub", "fmul", "fdiv", "frem", "fneg", "fcmp", "fptosi", "fptoui", "sitofp", "uitofp", "fpext",
      "fptrunc":
      return .floatingPoint
    case "mul", "udiv", "urem", "sdiv", "srem":
      return instruction.text.contains(text: " i128 ") ? .wideInteger : nil
    case "call":
      guard let call = IRCall(instruction), let symbol = call.symbol, call.arguments.count >= 3 else { return nil }
      let copies = ["llvm.memcpy.", "llvm.memmove.", "llvm.memset."].contains { symbol.hasPrefix($0) }
      return copies && Int(call.arguments[2].value) == nil ? .copyOfUnknownSize : nil
    default: return nil
    }
  }

  /// Who calls whom, to find the line of the program from which a function of a library was reached.
  private struct Callers {
    private var calls: [String: [(caller: String, instruction: IRInstruction)]] = [:]

    init(_ module: IRModule) {
      for function in module.functions {
        function.forEachSymbol { symbol, instruction in
          calls[symbol, default: []].append((function.name, instruction))
        }
      }
    }

    func place(of instruction: IRInstruction, in function: String, _ debug: DebugInformation) -> SourcePlace? {
      if let place = debug.place(of: instruction) { return place }
      var seen: Set<String> = [function]
      var work = [function]
      while !work.isEmpty {
        for call in calls[work.removeFirst()] ?? [] {
          if let place = debug.place(of: call.instruction) { return place }
          if seen.insert(call.caller).inserted { work.append(call.caller) }
        }
      }
      return nil
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
