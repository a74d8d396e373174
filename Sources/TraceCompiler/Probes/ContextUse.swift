import TraceLanguage

/// What a probe's body asks of the place where it runs; found by looking at the words alone.
struct ContextUse {
  /// Fields of `args` that are named.
  private(set) var argumentFields: Set<String> = []
  /// Whether `args` stands for itself.
  private(set) var usesWholeArguments = false
  /// Whether `arg0`… stand somewhere.
  private(set) var usesNumberedArguments = false
  /// Whether `retval` does.
  private(set) var usesReturnValue = false
  /// Whether `probe` does.
  private(set) var usesProbeName = false
  /// Whether `func` does.
  private(set) var usesFunction = false
  /// Whether `ctx` or `reg()` do: the registers of one certain kind of program.
  private(set) var usesRawContext = false

  init(of probe: Probe) {
    var fields: Set<String> = []
    var arguments = 0
    var namedArguments = 0
    SyntaxWalk.expressions(of: probe) { expression in
      switch expression.kind {
      case .member(let base, _, let name):
        if case .identifier("args") = base.kind {
          fields.insert(name.text)
          namedArguments += 1
        }
      case .identifier(let name): note(name, &arguments)
      case .call(let call): note(call.name.text, &arguments)
      default: break
      }
    }
    argumentFields = fields
    usesWholeArguments = arguments > namedArguments
  }

  private mutating func note(_ name: String, _ wholeArguments: inout Int) {
    if BuiltinVariable.argumentIndex(of: name) != nil { usesNumberedArguments = true }
    switch name {
    case "args": wholeArguments += 1
    case "retval": usesReturnValue = true
    case "probe": usesProbeName = true
    case "func": usesFunction = true
    case "ctx", "reg": usesRawContext = true
    default: break
    }
  }

  /// Whether nothing of the event itself is looked at.
  var needsNoFields: Bool {
    argumentFields.isEmpty && !usesWholeArguments && !usesNumberedArguments && !usesReturnValue && !usesRawContext
  }
}
