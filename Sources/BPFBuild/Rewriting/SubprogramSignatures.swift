/// Names subprograms so that BTF takes them, and inlines those that BPF could not call.
///
/// A subprogram returns one register and takes five. What returns more, or takes more, has to disappear into its callers.
enum SubprogramSignatures: RewritingRule {
  static func apply(to rewriting: inout Rewriting) {
    for index in rewriting.module.functions.indices where !rewriting.module.functions[index].isProgram {
      var function = rewriting.module.functions[index]
      let subprogram = rewriting.debug.subprogram(of: function)
      let returnsMuch =
        function.result.hasPrefix("{") || function.result.hasPrefix("[") || function.result.hasPrefix("<")
      if returnsMuch || function.parameters.count > 5 {
        let words = function.attributes.flatMap { rewriting.module.attributeGroups[$0] } ?? ""
        if words.split(separator: " ").contains("noinline") {
          rewriting.report(
            .unsuitableSubprogram(
              subprogram.name ?? function.name,
              returnsMuch ? "returns more than one register" : "takes more than five registers of arguments",
              at: subprogram.place))
        }
        function.attributes = PlainAttributes.alwaysInline
      }
      _ = rewriting.name(function.name, like: subprogram.name ?? function.name)
      rewriting.module.functions[index] = function
    }
  }
}
