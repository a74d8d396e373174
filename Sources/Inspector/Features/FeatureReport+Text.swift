public import LinuxSystem

extension FeatureReport {
  /// As bpftool prints it, with the reason behind what is not there, and with sections of its own for kinds of programs
  /// and links.
  public var text: String {
    var text = settings.isEmpty ? "" : "Scanning system configuration...\n"
    for setting in settings { text += Self.sentence(setting) + "\n" }
    for option in options { text += "\(option.name) is \(option.value.map { "set to \($0)" } ?? "not set")\n" }
    text +=
      "\(text.isEmpty ? "" : "\n")Scanning system call availability...\n\(Self.line("", hasSystemCall, suffix: " syscall"))"
    func section(_ title: String, _ prefix: String, _ answers: [Answer]) {
      if answers.isEmpty { return }
      text += "\nScanning \(title)...\n" + answers.map { Self.line(prefix, $0) }.joined()
    }
    section("eBPF program types", "eBPF program_type ", programs)
    section("kinds of eBPF programs", "", programKinds)
    section("eBPF map types", "eBPF map_type ", maps)
    section("attachments by links", "", links)
    text += "\nScanning eBPF helper functions...\n"
    for (type, names) in helpers {
      text += "eBPF helpers supported for program type \(type):\(names.isEmpty ? " none" : "")\n"
      text += names.map { "\t- \($0)\n" }.joined()
    }
    section("miscellaneous eBPF features", "", abilities)
    return text
  }

  private static func line(_ prefix: String, _ answer: Answer, suffix: String = "") -> String {
    "\(prefix)\(answer.name)\(suffix) is \(answer.isAvailable ? "available" : "NOT available")"
      + (answer.reason.map { ": \($0)" } ?? "") + "\n"
  }

  private static func sentence(_ setting: Setting) -> String {
    guard let value = setting.value else { return "\(setting.name) cannot be read" }
    switch (setting.name, value) {
    case ("unprivileged_bpf_disabled", "0"): return "bpf() syscall for unprivileged users is enabled"
    case ("unprivileged_bpf_disabled", "1"):
      return "bpf() syscall restricted to privileged users (without recovery)"
    case ("unprivileged_bpf_disabled", "2"):
      return "bpf() syscall restricted to privileged users (admin can change)"
    case ("bpf_jit_enable", "0"): return "JIT compiler is disabled"
    case ("bpf_jit_enable", "1"): return "JIT compiler is enabled"
    case ("bpf_jit_enable", "2"): return "JIT compiler is enabled with debugging traces in kernel logs"
    case ("bpf_jit_harden", "0"): return "JIT compiler hardening is disabled"
    case ("bpf_jit_harden", "1"): return "JIT compiler hardening is enabled for unprivileged users"
    case ("bpf_jit_harden", "2"): return "JIT compiler hardening is enabled for all users"
    case ("bpf_jit_kallsyms", "0"): return "JIT compiler kallsyms exports are disabled"
    case ("bpf_jit_kallsyms", "1"): return "JIT compiler kallsyms exports are enabled for root"
    case ("bpf_jit_limit", _):
      return "Global memory limit for JIT compiler for unprivileged users is \(value) bytes"
    default: return "\(setting.name) has the value \(value)"
    }
  }

  /// As a JSON object with bpftool's members, and `reasons` for what is not there.
  public func write(to json: inout JSONWriter) throws(SystemCallError) {
    try json.object { json throws(SystemCallError) in
      if !settings.isEmpty { try writeSettings(to: &json) }
      try json.name("syscall_config")
      try json.object { json throws(SystemCallError) in
        try json.member("have_bpf_syscall", hasSystemCall.isAvailable)
      }
      try write("program_types", programs, to: &json) { "have_\($0)_prog_type" }
      try write("map_types", maps, to: &json) { "have_\($0)_map_type" }
      try json.name("helpers")
      try json.object { json throws(SystemCallError) in
        for (type, names) in helpers {
          try json.name("\(type)_available_helpers")
          try json.array { json throws(SystemCallError) in for name in names { try json.value(name) } }
        }
      }
      try write("program_kinds", programKinds, to: &json) { $0 }
      try write("links", links, to: &json) { $0 }
      try write("misc", abilities, to: &json) { Self.miscellaneous[$0] ?? $0 }
      try json.name("reasons")
      try json.object { json throws(SystemCallError) in
        var told: Set<String> = []
        for answer in programs + programKinds + maps + links + abilities {
          guard let reason = answer.reason, told.insert(answer.name).inserted else { continue }
          try json.member(answer.name, reason)
        }
      }
    }
  }

  private func writeSettings(to json: inout JSONWriter) throws(SystemCallError) {
    try json.name("system_config")
    try json.object { json throws(SystemCallError) in
      for setting in settings + options {
        try json.name(setting.name)
        if let value = setting.value {
          // Numbers are numbers.
          if let number = Int64(value) { try json.value(number) } else { try json.value(value) }
        } else {
          try json.null()
        }
      }
    }
  }

  /// bpftool's names of abilities.
  static let miscellaneous: [String: String] = [
    "programs of more than 4096 instructions": "have_large_insn_limit", "bounded loops": "have_bounded_loops",
    "instruction set v2": "have_v2_isa_extension",
    "32-bit jumps of instruction set v3": "have_v3_isa_extension", "instruction set v3": "have_v3_isa_extension",
    "instruction set v4": "have_v4_isa_extension",
  ]

  private func write(
    _ name: String, _ answers: [Answer], to json: inout JSONWriter, key: (String) -> String
  ) throws(SystemCallError) {
    if answers.isEmpty { return }
    try json.name(name)
    try json.object { json throws(SystemCallError) in
      var told: Set<String> = []
      for answer in answers where told.insert(answer.name).inserted {
        try json.member(key(answer.name), answer.isAvailable)
      }
    }
  }
}
