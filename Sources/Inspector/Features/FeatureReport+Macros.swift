internal import Bytecode

extension FeatureReport {
  /// As bpftool's definitions for the C preprocessor, each name with `prefix` before it.
  public func macros(prefix: String) -> String {
    var text = ""
    func section(_ title: String, _ lines: [String]) {
      if !lines.isEmpty { text += "/*** \(title) ***/\n" + lines.map { "\($0)\n" }.joined() + "\n" }
    }
    func lines(_ answers: [Answer], _ key: (String) -> String?) -> [String] {
      answers.compactMap { answer in
        key(answer.name).map { "#define \(prefix)\(answer.isAvailable ? "" : "NO_")\($0.uppercased())" }
      }
    }
    section(
      "Misc kernel config items",
      options.filter { $0.name == "CONFIG_HZ" }.map { option in
        option.value.map { "#define \(prefix)CONFIG_HZ \($0)" } ?? "#define \(prefix)NO_CONFIG_HZ"
      })
    section("System call availability", lines([hasSystemCall]) { _ in "HAVE_BPF_SYSCALL" })
    section("eBPF program types", lines(programs) { "have_\($0)_prog_type" })
    section("eBPF map types", lines(maps) { "have_\($0)_map_type" })
    section("eBPF helper functions", helperLines(prefix))
    section("eBPF misc features", lines(abilities) { Self.miscellaneous[$0] })
    return text
  }

  private func helperLines(_ prefix: String) -> [String] {
    let test = "\(prefix)HAVE_PROG_TYPE_HELPER"
    var lines = [
      "/*", " * \(test)(xdp, bpf_redirect) is 1 where programs of the type may call the helper, else 0.", " */",
      "#define \(test)(prog_type, helper) \\", "\t\(prefix)BPF__PROG_TYPE_ ## prog_type ## __HELPER_ ## helper",
    ]
    let all = HelperFunction.all.compactMap { helper in helper.name.map { "bpf_\($0)" } }
    for (type, names) in helpers {
      let available = Set(names)
      for name in all {
        lines.append("#define \(prefix)BPF__PROG_TYPE_\(type)__HELPER_\(name) \(available.contains(name) ? 1 : 0)")
      }
    }
    return lines
  }
}
