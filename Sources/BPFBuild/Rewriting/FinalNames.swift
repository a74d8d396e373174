/// Gives symbols the names that the rules chose, wherever they are named.
enum FinalNames: RewritingRule {
  static func apply(to rewriting: inout Rewriting) {
    let names = rewriting.names
    if names.isEmpty { return }
    func new(_ name: String) -> String { names[name] ?? name }
    for index in rewriting.module.functions.indices {
      rewriting.module.functions[index].name = new(rewriting.module.functions[index].name)
      for line in rewriting.module.functions[index].body.indices {
        let text = rewriting.module.functions[index].body[line].text
        rewriting.module.functions[index].body[line].text = IRSymbol.renamed(text, names)
      }
    }
    for index in rewriting.module.globals.indices {
      rewriting.module.globals[index].name = new(rewriting.module.globals[index].name)
      rewriting.module.globals[index].initializer = rewriting.module.globals[index].initializer.map {
        IRSymbol.renamed($0, names)
      }
    }
    rewriting.module.pinned = rewriting.module.pinned.map(new)
  }
}
