import Diagnostics
import TraceLanguage

/// The words of everything that can be wrong with types, variables and maps.
extension Diagnostic {
  static func undefinedVariable(_ name: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .error, id: "undefined-variable", at: span, "Undefined or undeclared variable: \(name)",
      hints: ["a variable lives in the block where it is first assigned; declare it further out with `let \(name);`"])
  }
  static func unassignedVariable(_ name: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .error, id: "unassigned-variable", at: span, "Variable used before it was assigned: \(name)",
      hints: ["give it a value, or a type: `let \(name): uint64;`"])
  }
  static func variableRedeclared(_ name: Name, at span: SourceSpan, first: SourceSpan) -> Diagnostic {
    Diagnostic(
      .error, id: "variable-redeclared", at: span,
      "Variable \(name.text) was already declared. Variable shadowing is not allowed.",
      contexts: [Context(at: first, "This is the first declaration")],
      hints: ["choose another name, or leave out `let` to assign the variable that is there"])
  }
  static func loopVariableAssigned(_ name: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .error, id: "loop-variable-assigned", at: span, "The loop's variable \(name) cannot be assigned",
      hints: ["copy it: `$copy = \(name);`"])
  }
  static func variableTypeMismatch(
    _ name: String, expected: ValueType, found: ValueType, at span: SourceSpan, _ catalog: TypeCatalog
  ) -> Diagnostic {
    Diagnostic(
      .error, id: "variable-type", at: span,
      "Type mismatch for \(name): trying to assign value of type '\(catalog.text(found))' when variable already has a type '\(catalog.text(expected))'",
      hints: ["use another variable, or a cast"])
  }
  static func undefinedMap(_ name: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .error, id: "undefined-map", at: span, "Undefined map: \(name)",
      hints: ["a map exists once something is stored in it, as in \(name) = 1 or \(name) = count()"])
  }
  static func missingMapKey(_ map: TraceLanguage.MapReference, key: ValueType) -> Diagnostic {
    Diagnostic(
      .error, id: "map-key-missing", at: map.span,
      "\(map.name.text) used as a map without an explicit key (scalar map), previously used with an explicit key (non-scalar map)",
      hints: ["write the key: \(map.name.text)[…]"])
  }
  static func unexpectedMapKey(_ map: TraceLanguage.MapReference) -> Diagnostic {
    Diagnostic(
      .error, id: "map-key-unexpected", at: map.span,
      "\(map.name.text) used as a map with an explicit key (non-scalar map), previously used without an explicit key (scalar map)",
      hints: ["use another map for one of the two"])
  }
  static func mapKeyMismatch(
    _ map: TraceLanguage.MapReference, expected: ValueType, found: ValueType, _ catalog: TypeCatalog
  ) -> Diagnostic {
    Diagnostic(
      .error, id: "map-key-type", at: map.span,
      "Argument mismatch for \(map.name.text): trying to access with arguments: '\(catalog.text(found))' when map expects arguments: '\(catalog.text(expected))'",
      hints: ["use a map of its own for each kind of key"])
  }
  static func invalidMapKey(_ type: ValueType, at span: SourceSpan, _ catalog: TypeCatalog) -> Diagnostic {
    Diagnostic(
      .error, id: "map-key-invalid", at: span, "'\(catalog.text(type))' cannot be part of a map key",
      hints: ["keys are made of numbers, strings, stacks, addresses and tuples of them"])
  }
  static func mapValueMismatch(
    _ map: TraceLanguage.MapReference, expected: ValueType, found: ValueType, at span: SourceSpan,
    _ catalog: TypeCatalog
  ) -> Diagnostic {
    Diagnostic(
      .error, id: "map-value-type", at: span,
      "Type mismatch for \(map.name.text): trying to assign value of type '\(catalog.text(found))' when map already has a type '\(catalog.text(expected))'",
      hints: ["use another map for one of the two"])
  }
  static func aggregationUpdated(_ map: String, _ function: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .error, id: "aggregation-updated", at: span, "\(map) holds \(function)(), which only \(function)() can change",
      hints: ["write \(map) = \(function)(…), or use another map"])
  }
  static func aggregationNeedsMap(_ function: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .error, id: "aggregation-needs-map", at: span, "\(function)() should be directly assigned to a map",
      hints: ["write @name = \(function)(…)"])
  }
  static func aggregationCopied(_ function: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .error, id: "aggregation-copied", at: span, "A value of \(function)() cannot be copied",
      hints: ["print the map itself with print(@name)"])
  }
  static func notAValue(_ type: ValueType, at span: SourceSpan, _ catalog: TypeCatalog) -> Diagnostic {
    Diagnostic(
      .error, id: "not-a-value", at: span, type == .arguments ? "args has no value of its own" : "This has no value",
      hints: type == .arguments ? ["name one of its fields: args.FIELD"] : ["use it as a statement of its own"])
  }
  static func notACondition(_ type: ValueType, at span: SourceSpan, _ catalog: TypeCatalog) -> Diagnostic {
    Diagnostic(
      .error, id: "not-a-condition", at: span, "Invalid condition of type '\(catalog.text(type))'",
      hints: ["compare it with something: a condition is a number or a truth value"])
  }
  static func needsInteger(_ role: String, found: ValueType, at span: SourceSpan, _ catalog: TypeCatalog) -> Diagnostic
  {
    Diagnostic(
      .error, id: "needs-integer", at: span, "\(role) must be an integer ('\(catalog.text(found))' provided)",
      hints: ["numbers, addresses and enum values are integers"])
  }
  static func needsAddress(_ role: String, found: ValueType, at span: SourceSpan, _ catalog: TypeCatalog) -> Diagnostic
  {
    Diagnostic(
      .error, id: "needs-address", at: span,
      "\(role) must be an integer or a pointer ('\(catalog.text(found))' provided)",
      hints: ["arguments, pointers and fields such as args.filename are addresses"])
  }
  static func needsString(_ function: String, found: ValueType, at span: SourceSpan, _ catalog: TypeCatalog)
    -> Diagnostic
  {
    Diagnostic(
      .error, id: "needs-string", at: span, "\(function)() expects a string ('\(catalog.text(found))' provided)",
      hints: ["read a string at an address with str(…)"])
  }
  static func branchMismatch(_ left: ValueType, _ right: ValueType, at span: SourceSpan, _ catalog: TypeCatalog)
    -> Diagnostic
  {
    Diagnostic(
      .error, id: "branch-types", at: span,
      "Both branches must have the same type: have '\(catalog.text(left))' and '\(catalog.text(right))'",
      hints: ["give both branches a value of one type"])
  }
  static func unaryMismatch(_ operation: UnaryOperator, _ type: ValueType, at span: SourceSpan, _ catalog: TypeCatalog)
    -> Diagnostic
  {
    Diagnostic(
      .error, id: "unary-type", at: span,
      operation == .dereference
        ? "Can not dereference a value of type '\(catalog.text(type))'"
        : "The \(operation.spelling) operator can not be used on a value of type '\(catalog.text(type))'",
      hints: operation == .dereference ? ["cast it to a pointer first: *(uint64 *)…"] : ["it takes an integer"])
  }
  static func updateMismatch(_ operation: UnaryOperator, _ type: ValueType, at span: SourceSpan, _ catalog: TypeCatalog)
    -> Diagnostic
  {
    Diagnostic(
      .error, id: "update-type", at: span,
      "The \(operation.spelling) operator can not be used on a value of type '\(catalog.text(type))'",
      hints: ["it changes integers"])
  }
  static func updateNeedsPlace(_ operation: UnaryOperator, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .error, id: "update-needs-place", at: span,
      "The \(operation.spelling) operator must be applied to a map or variable",
      hints: ["assign the value to a variable first"])
  }
  static func binaryMismatch(
    _ operation: BinaryOperator, _ left: ValueType, _ right: ValueType, at span: SourceSpan, _ catalog: TypeCatalog
  ) -> Diagnostic {
    let leftText = catalog.text(left), rightText = catalog.text(right)
    let isComparison = operation.isComparison
    var hints: [String] = []
    switch (left, right) {
    case (.string, let other), (let other, .string):
      if isComparison, other.mayBeAddress { hints = ["read the string at an address with str(…)"] }
    default: break
    }
    if hints.isEmpty { hints = [isComparison ? "compare values of one type" : "it takes integers"] }
    return Diagnostic(
      .error, id: "binary-types", at: span,
      leftText == rightText
        ? "The \(operation.spelling) operator can not be used on expressions of type '\(leftText)'"
        : "Type mismatch for '\(operation.spelling)': \(isComparison ? "comparing" : "combining") '\(leftText)' with '\(rightText)'",
      hints: hints)
  }
  static func signMismatch(_ operation: BinaryOperator, _ left: ValueType, _ right: ValueType, at span: SourceSpan)
    -> Diagnostic
  {
    Diagnostic(
      .warning, id: "sign-mismatch", at: span,
      "\(operation.isComparison ? "comparison of" : "arithmetic on") integers of different signs: '\(left)' and '\(right)' can lead to undefined behavior",
      hints: ["cast one side: (uint64)… or (int64)…"])
  }
  static func invalidCast(from: ValueType, to: ValueType, at span: SourceSpan, _ catalog: TypeCatalog) -> Diagnostic {
    Diagnostic(
      .error, id: "invalid-cast", at: span, "Cannot cast from '\(catalog.text(from))' to '\(catalog.text(to))'",
      hints: ["integers and pointers can be cast to each other"])
  }
  static func unknownField(_ name: Name, of owner: String, available: [String], probe: String?) -> Diagnostic {
    let near = NearestNames.nearest(to: name.text, among: available)
    let shown = available.prefix(12).joined(separator: ", ") + (available.count > 12 ? ", …" : "")
    var hints = near.isEmpty ? [] : ["did you mean \(near.joined(separator: ", "))?"]
    hints.append(available.isEmpty ? "it has no fields" : "the fields are: \(shown)")
    return Diagnostic(
      .error, id: "unknown-field", at: name.span,
      "\(owner) does not have a field named '\(name.text)'" + (probe.map { " in \($0)" } ?? ""), hints: hints)
  }
  static func noFields(_ type: ValueType, _ access: MemberAccess, at span: SourceSpan, _ catalog: TypeCatalog)
    -> Diagnostic
  {
    Diagnostic(
      .error, id: "no-fields", at: span, "Can not access a field of expression of type '\(catalog.text(type))'",
      hints: ["cast it to a pointer to its struct: ((struct NAME *)…)\(access.rawValue)FIELD"])
  }
  static func notATuple(_ type: ValueType, at span: SourceSpan, _ catalog: TypeCatalog) -> Diagnostic {
    Diagnostic(
      .error, id: "not-a-tuple", at: span, "Can not access an index of expression of type '\(catalog.text(type))'",
      hints: ["only tuples have numbered elements"])
  }
  static func tupleIndexOutOfRange(_ index: Int, count: Int, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .error, id: "tuple-index", at: span, "Invalid tuple index: \(index). Found \(count) elements in tuple.",
      hints: ["indexes count from 0 to \(max(0, count - 1))"])
  }
  static func notAnArray(_ type: ValueType, at span: SourceSpan, _ catalog: TypeCatalog) -> Diagnostic {
    Diagnostic(
      .error, id: "not-an-array", at: span,
      "The array index operator [] can only be used on arrays and pointers, found '\(catalog.text(type))'",
      hints: ["cast an address to a pointer first: ((uint64 *)…)[i]"])
  }
  static func indexOutOfBounds(_ index: Int64, count: Int, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .error, id: "index-out-of-bounds", at: span, "the index \(index) is out of bounds for array of size \(count)",
      hints: ["indexes count from 0 to \(max(0, count - 1))"])
  }
  static func unknownType(_ name: TypeName, hasKernelTypes: Bool) -> Diagnostic {
    Diagnostic(
      .error, id: "unknown-type", at: name.span, "Cannot resolve unknown type \"\(name.spelling)\"",
      hints: [
        hasKernelTypes
          ? "neither the script nor the kernel's BTF has it; declare it before the first probe: struct NAME { … };"
          : "this kernel has no BTF (CONFIG_DEBUG_INFO_BTF), so only types declared in the script are known"
      ])
  }
  static func noSize(_ type: ValueType, at span: SourceSpan, _ catalog: TypeCatalog) -> Diagnostic {
    Diagnostic(.error, id: "no-size", at: span, "'\(catalog.text(type))' has no size", hints: ["name a complete type"])
  }
  static func unknownIdentifier(_ name: String, constants: [String], at span: SourceSpan) -> Diagnostic {
    let near = NearestNames.nearest(to: name, among: BuiltinVariable.allCases.map(\.rawValue) + constants)
    return Diagnostic(
      .error, id: "unknown-identifier", at: span, "Unknown identifier: '\(name)'",
      hints: near.isEmpty
        ? ["variables begin with $, maps with @; enum values come from the kernel's BTF"]
        : ["did you mean \(near.joined(separator: ", "))?"])
  }
  static func builtinNotAvailable(_ name: String, in probe: String?, hint: String?, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .error, id: "builtin-not-available", at: span,
      "The \(name) builtin can not be used with '\(probe ?? "this probe")'", hints: hint.map { [$0] } ?? [])
  }
  static func argumentIndexTooLarge(_ name: String, limit: Int, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .error, id: "argument-index", at: span, "\(name) is not a valid argument",
      hints: ["arguments go up to arg\(limit)"])
  }
  static func unreachable(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .warning, id: "unreachable", at: span, "Unreachable statement", hints: ["what stands before it leaves the block"])
  }
  static func returnValueDiscarded(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .warning, id: "value-discarded", at: span, "Return value discarded.", hints: ["assign it, or write `_ = …`"])
  }
  static func unrollNeedsConstant(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .error, id: "unroll-constant", at: span, "unroll expects a literal number of repetitions",
      hints: ["use `for ($i : 0..n)` for a number that is only known when the probe runs"])
  }
  static func unrollOutOfRange(_ count: Int64, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .error, id: "unroll-range", at: span,
      count < 1 ? "unroll minimum value is 1" : "unroll maximum value is 100",
      hints: [count < 1 ? "leave the block out to do nothing" : "use `for ($i : 0..\(count))` for more"])
  }
  static func outsideLoop(_ word: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .error, id: "outside-loop", at: span, "\(word) can only be used inside a loop",
      hints: ["use `return` to leave the probe"])
  }
  static func loopNeedsKeyedMap(_ map: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .error, id: "loop-map", at: span, "\(map) has no explicit keys (scalar map), and cannot be used for iteration",
      hints: ["the loop goes over the entries of a map such as \(map)[pid]; $kv.0 is the key, $kv.1 the value"])
  }
  static func loopOverHistogram(_ map: String, _ function: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .error, id: "loop-histogram", at: span, "Loop expression does not support type \(function)_t",
      hints: ["print it with print(\(map))"])
  }
  static func unsupported(_ what: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .error, id: "unsupported", at: span, "\(what) is not supported",
      hints: ["the README lists what of the language is there"])
  }
  static func unsupportedByKernel(_ what: String, needs version: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .error, id: "kernel-too-old", at: span, "\(what) needs a kernel that has it: Linux \(version) or newer",
      hints: ["`bpf trace --info` tells what this kernel can do"])
  }
}

extension ValueType {
  /// Whether it is what addresses come as: a pointer, or a word without a sign.
  fileprivate var mayBeAddress: Bool { isAddress || self == .uint64 }
}
