/// Makes Swift's global variables the object's: plain names, types in BTF, and configuration constants in `.rodata`.
///
/// A `Config` is a variable to LLVM, or its value would be folded into the code, and read-only data to the kernel.
enum GlobalVariables: RewritingRule {
  static func apply(to rewriting: inout Rewriting) {
    var kept: [IRGlobal] = []
    for var global in rewriting.module.globals {
      if global.name.hasPrefix("llvm.") { continue }
      // Maps and the licence are done.
      if rewriting.names[global.name] != nil {
        kept.append(global)
        continue
      }
      let variable = rewriting.debug.variable(of: global)
      guard let name = variable?.string("name"), !isLibrary(global.name) else {
        global.words = ["internal"] + global.words.filter { $0 == "unnamed_addr" || $0 == "local_unnamed_addr" }
        global.attachments = []
        if !global.name.utf8.allSatisfy({ IRCursor.isNameByte($0) && $0 != UInt8(ascii: "$") }) {
          _ = rewriting.name(global.name, like: global.name)
        }
        kept.append(global)
        continue
      }
      let called = rewriting.name(global.name, like: name)
      global.words = ["dso_local"]
      let node = rewriting.debug.table.node(rewriting.debug.plainType(variable?.node("type")))
      if node.map({ isConfiguration($0, rewriting.debug) }) == true {
        global.isConstant = false
        global.section = ".rodata"
        rewriting.module.pinned.append(global.name)
      }
      global.attachments = []
      if let layout = rewriting.debug.layout(variable?.node("type")) {
        let line = variable?.integer("line") ?? 0
        global.debugExpression = .written(rewriting.debug.variable(called, type: layout.node, line: line))
      }
      kept.append(global)
    }
    rewriting.module.globals = kept
  }

  /// Whether the symbol is one of the standard library's, or made by the compiler for a literal.
  private static func isLibrary(_ symbol: String) -> Bool { symbol.hasPrefix("$es") || symbol.hasPrefix("$eS") }

  private static func isConfiguration(_ type: MetadataNode, _ debug: DebugInformation) -> Bool {
    guard debug.typeName(type) == "Config" else { return false }
    let generic = debug.table.node(type.node("specification")) ?? type
    return generic.string("identifier")?.hasPrefix("$e9BPFKernel") == true
  }
}
