internal import Diagnostics

/// Lets a check that fails in a function that a helper calls back end the program, not that one call.
///
/// Leaving the function only returns to the helper, and goes on behind it. So the state that is passed through the helper
/// becomes a frame on the caller's stack: the state itself, and a word that says whether a check failed. The function
/// takes the state out of it; a failed check sets the word and stops the helper; behind the helper's call the caller ends,
/// too, when the word is set. What the function calls and may fail is copied, to be inlined with the frame at hand.
///
/// Timers are no part of this: their function is called when the program is long over.
enum CallbackChecks: RewritingRule {
  /// The helpers that call back before they return, by the functions that `BPFKernel` declares for them: the number, and
  /// at which argument the function, and its own argument with the state, are.
  private static let helpers: [String: (number: Int, state: Int)] = [
    "swift_bpf_loop": (181, 1), "swift_bpf_for_each_map_elem": (164, 3), "swift_bpf_user_ringbuf_drain": (209, 1),
  ]
  private static let functionArgument = 1
  private static let stateArgument = 2

  static func apply(to rewriting: inout Rewriting) {
    var work = Work(rewriting.module)
    if rewriting.options.traps == .prove { work.ending = [:] }
    let functions = rewriting.module.functions
    rewriting.module.functions = functions.map { work.rewritten($0) } + work.copies(of: functions)
    rewriting.callbackFrames = work.frames
    rewriting.module.declarations.removeAll { helpers[$0.name] != nil }
  }

  /// Whether an instruction ends the caller of a helper when a check failed in the function.
  static func endsCaller(_ instruction: IRInstruction) -> Bool {
    instruction.text.hasPrefix("call void asm sideeffect \"if $0 == 0 goto ")
  }

  /// Whether a function is a copy with a frame as its last argument.
  static func isCopy(_ function: IRFunction) -> Bool { function.parameters.last?.name == "%swift.frame" }

  /// The lines that a failed check sets in a frame.
  static func fail(in frame: String) -> [IRInstruction] {
    [
      IRInstruction(result: "%swift.trap.word", "getelementptr inbounds i8, ptr \(frame), i64 8"),
      IRInstruction("store volatile i64 1, ptr %swift.trap.word, align 8"),
    ]
  }

  /// A call of a helper that calls back: what it is, and which function is called.
  private static func site(
    _ instruction: IRInstruction
  ) -> (call: IRCall, helper: (number: Int, state: Int), callback: String?)? {
    guard instruction.text.contains(text: "@swift_bpf_"), let call = IRCall(instruction), let symbol = call.symbol,
      let helper = helpers[symbol], call.arguments.count == 4
    else { return nil }
    return (call, helper, IRSymbol.name(call.arguments[functionArgument].value))
  }

  private struct Work {
    /// Functions in which a check can fail, or in what they call.
    private var failing: Set<String> = []
    /// Callbacks whose failure must end their callers, with their argument that is the state.
    var ending: [String: Int] = [:]
    /// The value that is the frame, by the functions that have one.
    var frames: [String: String] = [:]
    private var wanted: [String] = []
    private var count = 0

    init(_ module: IRModule) {
      var callers: [String: Set<String>] = [:]
      var callbacks: [String: Int] = [:]
      var others: Set<String> = []
      for function in module.functions {
        for instruction in function.body where instruction.text.utf8.contains(UInt8(ascii: "@")) {
          let site = CallbackChecks.site(instruction)
          let callee = instruction.operation == "call" ? site?.callback ?? IRCall(instruction)?.symbol : nil
          if callee == "llvm.trap" { failing.insert(function.name) }
          if let site, let callback = site.callback { callbacks[callback] = site.helper.state }
          var isFirst = true
          IRSymbol.forEach(in: Substring(instruction.text).utf8) { bytes in
            let symbol = String(Substring(bytes))
            if symbol == callee, isFirst {
              isFirst = false
              callers[symbol, default: []].insert(function.name)
            } else {
              others.insert(symbol)
            }
          }
        }
      }
      for global in module.globals {
        IRSymbol.forEach(in: Substring(global.initializer ?? "").utf8) { others.insert(String(Substring($0))) }
      }
      var work = Array(failing)
      while let name = work.popLast() {
        // What is called back otherwise keeps its failure to itself.
        if others.contains(name) { continue }
        for caller in callers[name] ?? [] where failing.insert(caller).inserted { work.append(caller) }
      }
      let functions = Dictionary(module.functions.map { ($0.name, $0.parameters) }) { first, _ in first }
      ending = callbacks.filter { name, state in
        let parameters = functions[name] ?? []
        return failing.contains(name) && !others.contains(name) && state < parameters.count
          && parameters[state].type == "ptr"
      }
    }

    /// A function with its calls of helpers, and with a frame in place of the state when it is called back.
    mutating func rewritten(_ function: IRFunction) -> IRFunction {
      var function = function
      guard let position = ending[function.name] else { return body(function, frame: nil) }
      let frame = function.parameters[position].name
      frames[function.name] = frame
      for line in function.body.indices {
        function.body[line].text = Self.replacing(frame, by: "%swift.state", in: function.body[line].text)
      }
      let first = function.body.first?.isLabel == true ? 1 : 0
      function.body.insert(IRInstruction(result: "%swift.state", "load ptr, ptr \(frame), align 8"), at: first)
      return body(function, frame: frame)
    }

    /// The functions that callbacks call and that may fail, with the frame as a last argument.
    mutating func copies(of functions: [IRFunction]) -> [IRFunction] {
      var copies: [IRFunction] = []
      var done: Set<String> = []
      while let name = wanted.popLast() {
        guard done.insert(name).inserted, var copy = functions.first(where: { $0.name == name }) else { continue }
        copy.name = Self.copyName(name)
        copy.parameters.append(IRFunction.Parameter(type: "ptr", attributes: [], name: "%swift.frame"))
        copy.attributes = PlainAttributes.alwaysInline
        frames[copy.name] = "%swift.frame"
        copies.append(body(copy, frame: "%swift.frame"))
      }
      return copies
    }

    private static func copyName(_ name: String) -> String { "\(name).called.back" }

    private mutating func body(_ function: IRFunction, frame: String?) -> IRFunction {
      var function = function
      let result = RuntimeChecks.result(inSection: function.section ?? "")
      var slots: [IRInstruction] = []
      var output: [IRInstruction] = []
      for instruction in function.body {
        if let site = CallbackChecks.site(instruction) {
          output += call(site.call, site.helper, site.callback, instruction, frame, result, &slots)
        } else if frame != nil, instruction.operation == "call", var call = IRCall(instruction),
          let symbol = call.symbol, failing.contains(symbol), ending[symbol] == nil
        {
          wanted.append(symbol)
          call.callee = IRSymbol.text(Self.copyName(symbol))
          call.arguments.append(IRCall.Argument("ptr \(frame ?? "")"))
          var instruction = instruction
          instruction.text = call.text
          output.append(instruction)
        } else {
          output.append(instruction)
        }
      }
      output.insert(contentsOf: slots, at: output.first?.isLabel == true ? 1 : 0)
      function.body = output
      return function
    }

    private mutating func call(
      _ call: IRCall, _ helper: (number: Int, state: Int), _ callback: String?, _ instruction: IRInstruction,
      _ frame: String?, _ result: Int, _ slots: inout [IRInstruction]
    ) -> [IRInstruction] {
      var call = call
      call.callee = "inttoptr (i64 \(helper.number) to ptr)"
      var answer = instruction
      guard let callback, ending[callback] != nil else {
        answer.text = call.text
        return [answer]
      }
      let name = "%swift.frame.\(count)"
      count += 1
      func line(_ result: String?, _ text: String) -> IRInstruction {
        IRInstruction(result: result, text, attachments: instruction.attachments)
      }
      slots.append(IRInstruction(result: name, "alloca { ptr, i64 }, align 8"))
      let state = call.arguments[CallbackChecks.stateArgument].value
      call.arguments[CallbackChecks.stateArgument].value = name
      answer.text = call.text
      // Behind the jump: two instructions, or three with the caller's own frame.
      let end =
        frame.map {
          "\"if $0 == 0 goto +3\\0A*(u64 *)($1 + 8) = $0\\0Ar0 = 1\\0Aexit\", \"r,r,~{r0},~{memory}\"(i64 \(name).failed, ptr \($0))"
        } ?? "\"if $0 == 0 goto +2\\0Ar0 = \(result)\\0Aexit\", \"r,~{r0}\"(i64 \(name).failed)"
      return [
        line(nil, "store ptr \(state), ptr \(name), align 8"),
        line("\(name).word", "getelementptr inbounds i8, ptr \(name), i64 8"),
        line(nil, "store i64 0, ptr \(name).word, align 8"), answer,
        line("\(name).failed", "load volatile i64, ptr \(name).word, align 8"),
        line(nil, "call void asm sideeffect \(end)"),
      ]
    }

    /// The text with a value named otherwise.
    private static func replacing(_ value: String, by other: String, in text: String) -> String {
      var output = ""
      var rest = Substring(text)
      while let place = rest.firstRange(ofText: value)?.lowerBound {
        let end = rest.utf8.index(place, offsetBy: value.utf8.count)
        let isWhole = end == rest.utf8.endIndex || !IRCursor.isNameByte(rest.utf8[end])
        output += rest[..<place] + (isWhole ? other : value)
        rest = rest[end...]
      }
      return output + rest
    }
  }
}
