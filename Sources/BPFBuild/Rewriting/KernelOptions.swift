/// Makes variables that stand for options of the kernel's configuration externs of the section `.kconfig`.
///
/// In Swift an option is a variable of `BPFKernel.KernelOption`, whose first bytes say whether a kernel may lack it. Its
/// name is the option's. The loader makes a map of all options and fills it, as libbpf does for `__kconfig`.
enum KernelOptions: RewritingRule {
  private static let definition = "%T9BPFKernel22KernelOptionDefinitionV"

  static func apply(to rewriting: inout Rewriting) {
    for index in rewriting.module.globals.indices where rewriting.module.globals[index].type == definition {
      let global = rewriting.module.globals[index]
      let variable = rewriting.debug.variable(of: global)
      let name = variable?.string("name") ?? global.name
      let place = rewriting.debug.fileName(variable?.node("file")).map {
        SourcePlace(file: $0, line: variable?.integer("line") ?? 0, column: 0)
      }
      guard name.hasPrefix("CONFIG_") || name.hasPrefix("LINUX_") else {
        rewriting.report(.noOption(name, at: place))
        continue
      }
      guard let parameter = MapDefinitions.typeParameters(variable?.node("type"), rewriting.debug).first,
        let layout = rewriting.debug.layout(parameter)
      else {
        rewriting.report(.unsuitableOption(name, at: place))
        continue
      }
      let isTristate = rewriting.debug.table.node(parameter).map(rewriting.debug.typeName) == "KernelTristate"
      let type = isTristate ? rewriting.debug.tristate() : layout.node
      // What the compiler knows of the first bytes is no longer there.
      let isWeak = IRConstant.numbers(in: global.initializer ?? "zeroinitializer").first == 1
      rewriting.names[global.name] = name
      var option = IRGlobal(
        name: global.name, words: [isWeak ? "extern_weak" : "external", "dso_local"], type: "[\(layout.size) x i8]",
        initializer: nil, section: ".kconfig", alignment: layout.alignment)
      let line = variable?.integer("line") ?? 0
      option.debugExpression = .written(
        rewriting.debug.variable(name, type: type, line: line, isDefinition: false))
      rewriting.module.globals[index] = option
    }
  }
}

extension DebugInformation {
  /// The type by which loaders know options that may be modules.
  fileprivate mutating func tristate() -> Int {
    let names = ["TRI_NO", "TRI_YES", "TRI_MODULE"].enumerated().map { index, name in
      writer.add("!DIEnumerator(name: \"\(name)\", value: \(index), isUnsigned: true)")
    }
    let (list, base, file) = (writer.list(names), scalar("UInt32"), file(mainFile))
    return writer.add(
      "!DICompositeType(tag: DW_TAG_enumeration_type, name: \"libbpf_tristate\", file: !\(file), size: 32, "
        + "elements: !\(list), baseType: !\(base))")
  }
}

extension BuildProblem {
  fileprivate static func noOption(_ name: String, at place: SourcePlace?) -> Self {
    BuildProblem(
      "kernel-option-name", "the variable '\(name)' is not named as an option of the kernel", at: place,
      hints: ["name it as the option: CONFIG_HZ, or LINUX_KERNEL_VERSION, LINUX_HAS_BPF_COOKIE"])
  }

  fileprivate static func unsuitableOption(_ name: String, at place: SourcePlace?) -> Self {
    BuildProblem(
      "kernel-option-type", "the type of the option '\(name)' cannot be described", at: place,
      hints: ["use Bool, KernelTristate, an integer or Characters<N>"])
  }
}
