import Diagnostics
import GoldenFiles
import Testing
import TraceLanguage

@testable import TraceCompiler

/// What users are told about their scripts, word for word.
///
/// Lines of a script that begin with `//!` say what it is compiled for: `parameters A B`, `process N`, `unsafe`,
/// `setting key=value`, `filter none`, `no types`, `no loop`, `no function addresses`, `no per-cpu lookup`, `no TAI clock`.
@Suite struct DiagnosticsTests {
  @Test(arguments: GoldenFile.names(in: "Semantics"))
  func golden(_ name: String) throws {
    var file = try GoldenFile(name)
    for index in file.cases.indices {
      let output = Self.told(about: file.cases[index].source)
      if GoldenFile.isUpdating {
        file.cases[index].output = output
      } else {
        #expect(output == file.cases[index].output, "\(name), case \(index + 1):\n\(file.cases[index].source)")
      }
    }
    if GoldenFile.isUpdating { try file.write() }
  }

  @Test func goldenFilesAreThere() { #expect(GoldenFile.names(in: "Semantics").count > 5) }

  /// Every kind of diagnostic that the compiler knows is shown by some case.
  @Test func everyDiagnosticIsCovered() throws {
    let texts = try GoldenFile.names(in: "Semantics").flatMap { try GoldenFile($0).cases.map(\.source) }
    var seen: Set<String> = []
    for text in texts { for diagnostic in Self.diagnose(text).0.all { seen.insert(diagnostic.id) } }
    #expect(Self.identifiers.subtracting(seen).sorted() == [])
  }

  /// The `id` of every diagnostic in the compiler's sources.
  private static let identifiers: Set<String> = [
    "aggregation-copied", "aggregation-needs-map", "aggregation-updated", "argument-count", "argument-index",
    "binary-types", "branch-types", "buffer-length", "builtin-not-available", "comparison-length", "format-count",
    "format-float",
    "format-type", "format-unfinished", "format-unknown", "hist-bits", "index-out-of-bounds", "invalid-cast",
    "invalid-setting", "kernel-too-old", "lhist-bounds", "lhist-literal", "loop-histogram", "loop-map",
    "loop-variable-assigned", "map-key-invalid", "map-key-missing", "map-key-type", "map-key-unexpected", "map-kind",
    "map-value-type", "needs-address", "needs-integer", "needs-keyed-map", "needs-literal", "needs-map", "needs-string",
    "no-fields",
    "no-matches", "no-probes", "no-size", "not-a-condition", "not-a-tuple", "not-a-value", "not-an-array",
    "not-constant", "outside-loop", "print-limits", "probe-lookup", "sign-mismatch", "stack-argument", "string-length",
    "string-too-long", "too-many-probes", "too-many-programs", "tuple-index", "unary-type", "unassigned-variable",
    "undefined-map", "undefined-variable", "unknown-cgroup", "unknown-clock", "unknown-field", "unknown-function",
    "unknown-identifier", "unknown-kernel-symbol", "unknown-register", "unknown-setting", "unknown-signal",
    "unknown-type",
    "unreachable", "unroll-constant", "unroll-range", "unsafe-function", "unsupported", "update-type",
    "value-discarded", "variable-redeclared", "variable-type",
  ]

  static func told(about text: String) -> String {
    let (diagnostics, source) = diagnose(text)
    return DiagnosticRenderer([source]).render(diagnostics)
  }

  private static func diagnose(_ text: String) -> (DiagnosticList, SourceText) {
    let source = SourceText(name: "stdin", text)
    var diagnostics = DiagnosticList()
    let script = Script(parsing: source, reporting: &diagnostics)
    guard !diagnostics.hasErrors else { return (diagnostics, source) }
    let (target, options) = machine(for: text)
    diagnostics.report(
      contentsOf: ScriptCompiler(target: target, options: options).compile(script, source: source).diagnostics)
    return (diagnostics, source)
  }

  private static func machine(for text: String) -> (RecordedTarget, CompilerOptions) {
    var target = RecordedTarget()
    var options = CompilerOptions()
    for line in text.split(separator: "\n") where line.hasPrefix("//! ") {
      let words = line.dropFirst(4).split(separator: " ").map(String.init)
      switch words[0] {
      case "parameters": options.positionalParameters = Array(words.dropFirst())
      case "process": options.process = Int32(words[1])
      case "unsafe": options.allowsUnsafe = true
      case "filter": options.probeFilter = { _ in false }
      case "setting":
        let parts = words[1].split(separator: "=").map(String.init)
        options.environmentSettings[parts[0]] = parts[1]
      default:
        switch line.dropFirst(7) {
        case "types": target = RecordedTarget(kernelTypes: nil)
        case "loop": target.features.hasLoop = false
        case "loop over maps": target.features.hasForEachMapElement = false
        case "function addresses":
          target.features.hasFunctionAddress = false
          target.features.hasUserFunctionAddress = false
        case "per-cpu lookup": target.features.hasPerCPULookup = false
        default: target.features.hasTAIClock = false
        }
      }
    }
    return (target, options)
  }
}
