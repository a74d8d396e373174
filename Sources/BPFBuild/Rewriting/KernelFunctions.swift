internal import Diagnostics

/// Makes externs of the kernel's functions that the programs call by their declarations.
///
/// `BPFKernel.KernelFunction` passes its declaration, a constant text, to functions that nobody defines. Each call becomes
/// one of the declared function itself, which lies in the section `.ksyms` and has its types in BTF, as libbpf's `__ksym`
/// makes it. One that the programs ask about may be missing: it is weak.
enum KernelFunctions: RewritingRule {
  private static let question = "swift_bpf_function_exists"
  private static let callPrefix = "swift_bpf_call"

  /// A function that was met, and where first.
  private struct Function {
    var declaration: CDeclaration
    var text: String
    var isWeak = false
  }

  static func apply(to rewriting: inout Rewriting) {
    var known: [String: Function] = [:]
    var count = 0
    for index in rewriting.module.functions.indices {
      let body = rewriting.module.functions[index].body
      guard body.contains(where: { $0.text.contains(text: "@swift_bpf_") }) else { continue }
      var output: [IRInstruction] = []
      for instruction in body {
        if instruction.text.contains(text: "@swift_bpf_"), let call = IRCall(instruction),
          let symbol = call.symbol, symbol == question || symbol.hasPrefix(callPrefix)
        {
          output += replaced(call, instruction, body, &known, &count, &rewriting)
        } else {
          output.append(instruction)
        }
      }
      rewriting.module.functions[index].body = output
    }
    rewriting.module.declarations.removeAll { $0.name == question || $0.name.hasPrefix(callPrefix) }
    for (name, function) in known.sorted(by: { $0.key < $1.key }) { declare(name, function, &rewriting) }
  }

  private static func replaced(
    _ call: IRCall, _ instruction: IRInstruction, _ body: [IRInstruction], _ known: inout [String: Function],
    _ count: inout Int, _ rewriting: inout Rewriting
  ) -> [IRInstruction] {
    let place = rewriting.debug.place(of: instruction)
    guard let first = call.arguments.first,
      let text = KernelAccess.text(first.value, in: body, rewriting.module.globals)
    else {
      rewriting.report(.questionNotConstant(at: place))
      return [instruction]
    }
    let declaration: CDeclaration
    do throws(CDeclaration.Malformed) { declaration = try CDeclaration(text) } catch {
      rewriting.report(.unreadableDeclaration(text, error, at: place))
      return [instruction]
    }
    var function = known[declaration.name] ?? Function(declaration: declaration, text: text)
    if function.declaration.types != declaration.types {
      rewriting.report(.differentDeclarations(text, function.text, at: place))
    }
    function.isWeak = function.isWeak || call.symbol == question
    known[declaration.name] = function
    let symbol = IRSymbol.text(declaration.name)
    var new = instruction
    if call.symbol == question {
      count += 1
      let truth = "%swift.function.\(count)"
      var test = instruction
      test.result = truth
      test.text = "icmp ne ptr \(symbol), null"
      new.text = "zext i1 \(truth) to i64"
      return [test, new]
    }
    let arguments = Array(call.arguments.dropFirst())
    if arguments.count != declaration.parameters.count {
      rewriting.report(.wrongArguments(text, arguments.count, declaration.parameters.count, at: place))
    }
    new.text = IRCall(type: call.type, callee: symbol, arguments: arguments).text
    return [new]
  }

  private static func declare(_ name: String, _ function: Function, _ rewriting: inout Rewriting) {
    let parameters = function.declaration.parameters.map { _ in "i64" }.joined(separator: ", ")
    let linkage = function.isWeak ? "extern_weak" : "dso_local"
    let line = "declare \(linkage) i64 \(IRSymbol.text(name))(\(parameters)) section \".ksyms\""
    guard var declaration = IRDeclaration(line: line) else { return }
    // A function of the program that has the same name gets another one.
    _ = rewriting.name(name, like: name)
    let node = rewriting.debug.extern(function.declaration)
    declaration.attachments = [MetadataAttachment(kind: "dbg", node: .written(node))]
    rewriting.module.declarations.append(declaration)
  }
}

extension DebugInformation {
  /// The subprogram of a function that only the kernel has.
  fileprivate mutating func extern(_ declaration: CDeclaration) -> Int {
    let types = ([declaration.result] + declaration.parameters).map { type($0) }
    let signature = writer.add("!DISubroutineType(types: !\(writer.list(types)))")
    let file = file(mainFile)
    return writer.add(
      "!DISubprogram(name: \"\(declaration.name)\", scope: !\(file), file: !\(file), line: 1, type: !\(signature), "
        + "flags: DIFlagPrototyped, spFlags: DISPFlagOptimized)")
  }

  /// The written node of a type in C; nil for `void`.
  private mutating func type(_ type: CDeclaration.CType) -> Int? {
    var node: Int?
    switch type.base {
    case .void: node = nil
    case .integer(let name): node = scalar(name)
    case .named(let tag, let name): node = namedType("\(tag) \(name)")
    }
    for _ in 0..<type.pointers { node = pointer(to: node) }
    return node
  }
}

extension BuildProblem {
  fileprivate static func unreadableDeclaration(
    _ text: String, _ error: CDeclaration.Malformed, at place: SourcePlace?
  ) -> Self {
    BuildProblem(
      "kernel-function-declaration", "the declaration '\(text)' \(error)", at: place,
      hints: ["write it as C does: struct task_struct *bpf_task_from_pid(s32 pid)"])
  }

  fileprivate static func differentDeclarations(_ text: String, _ other: String, at place: SourcePlace?) -> Self {
    BuildProblem(
      "kernel-function-differs", "the declaration '\(text)' differs from another one of the same function: '\(other)'",
      at: place, hints: ["declare it once, and use that everywhere"])
  }

  fileprivate static func wrongArguments(_ text: String, _ count: Int, _ expected: Int, at place: SourcePlace?) -> Self
  {
    BuildProblem(
      "kernel-function-arguments",
      "'\(text)' is called with \(count) argument\(count == 1 ? "" : "s") and takes \(expected)", at: place,
      hints: ["pass as many as the declaration has"])
  }
}
