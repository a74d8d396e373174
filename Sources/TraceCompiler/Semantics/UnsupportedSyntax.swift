import Diagnostics
import TraceLanguage

/// Reports the parts of the language that are parsed and not compiled.
enum UnsupportedSyntax {
  static func check(_ script: Script) -> DiagnosticList {
    var diagnostics = DiagnosticList()
    for declaration in script.imports { diagnostics.report(.unsupported("import", at: declaration.span)) }
    for macro in script.macros { diagnostics.report(.unsupported("macro", at: macro.name.span)) }
    for subprogram in script.subprograms { diagnostics.report(.unsupported("fn", at: subprogram.name.span)) }
    for map in script.maps where !["hash", "lruhash", "percpuhash", "percpulruhash"].contains(map.type.text) {
      diagnostics.report(.unknownMapKind(map.type))
    }
    return diagnostics
  }
}

extension Diagnostic {
  static func unknownMapKind(_ kind: Name) -> Diagnostic {
    Diagnostic(
      .error, id: "map-kind", at: kind.span, "Invalid bpf map type: \(kind.text)",
      hints: ["the kinds are hash, lruhash, percpuhash and percpulruhash"])
  }
}
