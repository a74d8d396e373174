/// What happens when one of Swift's checks fails: arithmetic overflow, an index out of bounds, a `nil` that is unwrapped.
public enum TrapPolicy: String, Hashable, Sendable, CaseIterable {
  /// The program ends with a harmless result, and a counter for the place in the source goes up.
  case count
  /// The program ends with a harmless result.
  case exit
  /// The verifier must see that no check can fail; it refuses the program otherwise. *First kernel*: 6.17.
  case prove
}

/// A place where a program checks something.
public struct TrapSite: Hashable, Sendable {
  /// Where in the source.
  public var place: SourcePlace?
  /// What Swift calls the failure, as "arithmetic overflow".
  public var reason: String
}

/// Ends the program where Swift would abort the process.
///
/// Each function has one block that leaves, and every failed check goes there. With counters each check first says which
/// one it is; a piece of assembly hides from the optimiser that these are constants, so that the verifier finds one on
/// each path and knows that it lies within the table.
enum RuntimeChecks: RewritingRule {
  /// The counters, one per site, in a map of their own.
  static let counters = "swift_traps"
  /// The lines `file:line:column: reason`, in the order of the counters; also the name of their section.
  static let table = "swift_trap_sites"

  static func apply(to rewriting: inout Rewriting) {
    if rewriting.options.traps == .prove {
      for index in rewriting.module.functions.indices {
        rewriting.module.functions[index].body.removeAll(where: isMark)
      }
      return
    }
    for index in rewriting.module.functions.indices { replace(index, in: &rewriting) }
    if !rewriting.trapSites.isEmpty, rewriting.options.traps == .count { addTable(to: &rewriting) }
  }

  private static func replace(_ index: Int, in rewriting: inout Rewriting) {
    let function = rewriting.module.functions[index]
    var body: [IRInstruction] = []
    // A first block without a label has the number behind those of the parameters.
    var block = "\(function.parameters.count { $0.name.dropFirst().utf8.allSatisfy(IRCursor.isDigit) })"
    var arrivals: [(site: String, block: String)] = []
    var leaves = false
    var isAfterTrap = false
    for instruction in function.body {
      if instruction.isLabel { block = String(instruction.text.dropLast()) }
      if isMark(instruction) { continue }
      // What followed the trap is behind the jump.
      if isAfterTrap, instruction.operation == "unreachable" { continue }
      isAfterTrap = false
      guard instruction.operation == "call", IRCall(instruction)?.symbol == "llvm.trap" else {
        body.append(instruction)
        continue
      }
      leaves = true
      isAfterTrap = true
      if rewriting.options.traps == .count {
        let number = rewriting.trapSites.count
        let place = rewriting.debug.place(of: instruction)
        rewriting.trapSites.append(TrapSite(place: place, reason: rewriting.debug.reason(of: instruction)))
        let site = "%swift.trap.\(number)"
        body.append(
          IRInstruction(
            result: site, "call i64 asm sideeffect \"$0 = \(number)\", \"=r\"()", attachments: instruction.attachments))
        arrivals.append((site, block))
      }
      body.append(IRInstruction("br label %swift.trap", attachments: instruction.attachments))
    }
    guard leaves else { return }
    body.append(IRInstruction(label: "swift.trap"))
    if !arrivals.isEmpty {
      let incoming = arrivals.map { "[ \($0.site), %\($0.block) ]" }.joined(separator: ", ")
      body.append(IRInstruction(result: "%swift.trap.site", "phi i64 \(incoming)"))
      body.append(
        IRInstruction(
          result: "%swift.trap.counter", "getelementptr inbounds i64, ptr @\(counters), i64 %swift.trap.site"))
      body.append(
        IRInstruction(result: "%swift.trap.before", "atomicrmw add ptr %swift.trap.counter, i64 1 monotonic, align 8"))
    }
    let frame = rewriting.callbackFrames[function.name]
    if let frame { body += CallbackChecks.fail(in: frame) }
    // A helper that calls back stops at 1.
    let answer = frame == nil ? result(inSection: function.section ?? "") : 1
    body.append(
      IRInstruction(
        "call void asm sideeffect \"r0 = \(answer)\\0Aexit\", \"~{r0}\"() #\(PlainAttributes.noReturn)"))
    body.append(IRInstruction("unreachable"))
    rewriting.module.functions[index].body = body
  }

  /// Swift marks each trap so that LLVM does not merge them.
  private static func isMark(_ instruction: IRInstruction) -> Bool {
    instruction.text.hasPrefix("call void asm sideeffect \"\", \"n\"(")
  }

  /// What a program answers that gave up: 0 passes for most kinds, as an XDP program aborts and a filter lets through.
  ///
  /// Some cgroup hooks may only answer 1 (`check_return_code` in the kernel's `kernel/bpf/verifier.c`).
  static func result(inSection section: String) -> Int {
    for prefix in ["cgroup/recvmsg", "cgroup/getpeername", "cgroup/getsockname"] where section.hasPrefix(prefix) {
      return 1
    }
    return 0
  }

  private static func addTable(to rewriting: inout Rewriting) {
    let count = rewriting.trapSites.count
    let word = rewriting.debug.scalar("UInt64")
    let array = rewriting.debug.array(of: word, count: count, elementSize: 8)
    let expression = rewriting.debug.variable(counters, type: array, line: 1)
    var counts = IRGlobal(
      name: counters, type: "[\(count) x i64]", initializer: "zeroinitializer", section: ".data.\(counters)",
      alignment: 8)
    counts.debugExpression = .written(expression)
    let lines = rewriting.trapSites.map { site in
      let place = site.place.map { "\(rewriting.debug.files.name(of: $0.file)):\($0.line):\($0.column)" } ?? "?:0:0"
      return "\(place): \(site.reason)\n"
    }
    let text = lines.joined()
    rewriting.module.globals.append(counts)
    rewriting.module.globals.append(
      IRGlobal(
        name: "_\(table)", isConstant: true, type: "[\(text.utf8.count) x i8]",
        initializer: "c\(MetadataNode.quoted(text))", section: table, alignment: 1))
    for symbol in [counters, "_\(table)"] {
      rewriting.names[symbol] = symbol
      rewriting.module.pinned.append(symbol)
    }
  }
}
