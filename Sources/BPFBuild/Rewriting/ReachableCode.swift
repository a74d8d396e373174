/// Keeps what the programs reach, by the names of symbols.
///
/// The embedded standard library comes whole with every module. It has instructions that BPF cannot express, and it is
/// where most of the text and of the metadata belongs.
enum ReachableCode: RewritingRule {
  static func apply(to rewriting: inout Rewriting) {
    let input = rewriting.input
    var module = IRModule()
    module.dataLayout = "e-m:e-p:64:64-i64:64-i128:128-n32:64-S128"
    module.triple = "bpfel"
    module.types = input.types
    module.attributeGroups = input.attributeGroups

    var functions: [String: IRFunction] = [:]
    var globals: [String: IRGlobal] = [:]
    var declarations: [String: IRDeclaration] = [:]
    var seen: Set<String> = []
    var work = input.programNames
    for name in input.globalNames {
      guard let global = input.global(name) else { continue }
      let isKept =
        global.section.map { $0 == "license" || $0 == "version" || $0.hasPrefix(".struct_ops") } ?? false
        || MapDefinitions.isMap(global) || LicenseSection.isLicense(global) || StructOperations.isTable(global)
      if isKept { work.append(name) }
    }
    while let name = work.popLast() {
      guard seen.insert(name).inserted else { continue }
      if let function = input.function(name) {
        function.forEachSymbol { symbol, _ in work.append(symbol) }
        functions[name] = function
      } else if let global = input.global(name) {
        IRSymbol.forEach(in: Substring(global.initializer ?? "").utf8) { work.append(String(Substring($0))) }
        globals[name] = global
      } else if let declaration = input.declaration(name) {
        declarations[name] = declaration
      }
    }
    module.functions = input.functionNames.compactMap { functions[$0] }
    // Programs first, as they stand in the source.
    module.functions = module.functions.filter(\.isProgram) + module.functions.filter { !$0.isProgram }
    module.globals = input.globalNames.compactMap { globals[$0] }
    module.declarations = declarations.values.sorted { $0.name < $1.name }
    rewriting.module = module
  }
}
