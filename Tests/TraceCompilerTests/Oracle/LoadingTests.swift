import Diagnostics
import GoldenFiles
import Testing
import TraceLanguage

@testable import TraceCompiler

/// What compiles is loaded: every builtin and function, in the kinds of programs that have it.
@Suite(.enabled(if: KernelRun.isPossible, "loading programs needs CAP_BPF and CAP_PERFMON"))
struct LoadingTests {
  @Test(
    arguments: try GoldenFile("loading.golden").cases.map(\.source),
    ["//!", "//! v2 warnings 2", "//! namespace hidden"])
  func accepted(_ text: String, machine: String) throws {
    let script = try ScriptComparison.parse("\(machine)\n\(text)")
    let (target, options) = ScriptComparison.machine(for: "\(machine)\n")
    let compilation = ScriptCompiler(target: target, options: options).compile(script.tree, source: script.source)
    let told = DiagnosticRenderer([script.source]).render(compilation.diagnostics)
    let compiled = try #require(compilation.script, "\(told)")
    do {
      try KernelScript(compiled).load()
    } catch let refusal as KernelScript.Refused {
      Issue.record("\(machine)\n\(text)\n\(refusal)")
    }
  }
}
