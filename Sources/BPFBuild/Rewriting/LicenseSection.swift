/// Puts the program's licence where the loader looks for it.
///
/// `let license: StaticString = "GPL"` at the top level of a file becomes the bytes of the section `license`. A symbol must
/// not have the name of a section, so the symbol is `_license`.
enum LicenseSection: RewritingRule {
  static func isLicense(_ global: IRGlobal) -> Bool { global.name.hasSuffix("7licenses12StaticStringVvp") }

  static func apply(to rewriting: inout Rewriting) {
    for index in rewriting.module.globals.indices {
      let global = rewriting.module.globals[index]
      if let section = global.section, section == "license" || section == "version" {
        rewriting.names[global.name] = "_\(section)"
        rewriting.module.globals[index].words = ["dso_local"]
        rewriting.module.globals[index].attachments = []
        rewriting.module.pinned.append(global.name)
      } else if isLicense(global), let text = text(of: global, rewriting.module.globals) {
        var license = IRGlobal(
          name: "_license", isConstant: true, type: text.type, initializer: text.initializer, section: "license",
          alignment: 1)
        license.name = global.name
        rewriting.names[global.name] = "_license"
        rewriting.module.globals[index] = license
        rewriting.module.pinned.append(global.name)
      }
    }
  }

  /// The string's bytes: another global, whose address is the first field.
  private static func text(of global: IRGlobal, _ globals: [IRGlobal]) -> IRGlobal? {
    var symbol: String?
    IRSymbol.forEach(in: Substring(global.initializer ?? "").utf8) { symbol = String(Substring($0)) }
    return globals.first { $0.name == symbol }
  }
}
