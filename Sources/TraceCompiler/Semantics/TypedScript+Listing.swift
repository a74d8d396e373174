import Diagnostics
import TraceLanguage

extension TypedScript {
  /// The types as `-d types` shows them: the maps, then each program's variables and expressions.
  func listing(of script: Script, _ source: SourceText, _ catalog: TypeCatalog) -> String {
    var lines: [String] = []
    if !maps.isEmpty { lines.append("maps") }
    for map in maps {
      let key = map.key.map { "[\(catalog.text($0))]" } ?? ""
      lines.append("  \(map.name)\(key): \(catalog.text(map.value))")
    }
    for body in bodies.joined() {
      let probe = script.probes[body.body.probeIndex]
      let names = body.body.probes.map(\.probe.name)
      lines.append((names.first ?? "") + (names.count > 1 ? " and \(names.count - 1) more" : ""))
      for (span, type) in body.variables.sorted(by: { $0.key < $1.key }) {
        lines.append("  \(source.text(of: span)): \(catalog.text(type))")
      }
      SyntaxWalk.expressions(of: probe) { expression in
        guard body.types.indices.contains(expression.id.index) else { return }
        let type = body.types[expression.id.index]
        if type == .unknown { return }
        let location = source.location(of: expression.span.start)
        let text = source.text(of: expression.span).split(separator: "\n").first.map(String.init) ?? ""
        lines.append("  \(location.line):\(location.column): \(text): \(catalog.text(type))")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
