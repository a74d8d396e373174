internal import Diagnostics
internal import LinuxSystem
internal import ProbeCatalog
internal import TraceLanguage

/// Lists probes: those that match a search, or those that a program names.
struct ListCommand {
  let request: TraceRequest
  let catalog: Catalog
  let output: BufferedOutput
  let console: Console

  /// Lists what matches `search`; everything of the kernel when there is none.
  func list(matching search: String?) -> UInt8 {
    guard let search else { return list("*:*") }
    if search.hasSuffix(".bt") || search.contains("/") && !search.contains(":") {
      console.complain(
        "WARNING: It appears that '\(search)' is a filename but the file does not exist. "
          + "Treating '\(search)' as a search pattern.\n")
    }
    return list(search)
  }

  private func list(_ search: String) -> UInt8 {
    do {
      let problems = try catalog.list(search, isVerbose: request.isVerbose, process: request.pid, emit: emit)
      for problem in problems { complain("WARNING", problem) }
      return 0
    } catch {
      complain("ERROR", error)
      return 1
    }
  }

  /// Lists what the attach points of a program stand for.
  func list(namedBy source: SourceText) -> UInt8 {
    var diagnostics = DiagnosticList()
    let script = Script(parsing: source, reporting: &diagnostics)
    if diagnostics.hasErrors {
      console.complain(DiagnosticRenderer([source], isColoured: request.coloursMessages).render(diagnostics))
      return 1
    }
    var status: UInt8 = 0
    for attachPoint in script.probes.flatMap(\.attachPoints) {
      do {
        for probe in try catalog.probes(at: attachPoint.parts.map(\.text), process: request.pid) { emit(probe.name) }
      } catch {
        complain("ERROR", error)
        status = 1
      }
    }
    return status
  }

  // A reader that has left is noticed at the end, when the output is flushed.
  private func emit(_ line: String) { try? output.write(line + "\n") }

  private func complain(_ severity: String, _ error: CatalogError) {
    console.complain("\(severity): \(error)\n" + (error.hint.map { "HINT: \($0)\n" } ?? ""))
  }
}
