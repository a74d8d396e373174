/// One key of the `config` block, and of the environment as `BPFTRACE_KEY`.
struct ConfigurationSetting: Sendable {
  /// The key and its older names.
  let names: [String]
  /// What it takes, in words.
  let wants: String
  /// Puts a value in; false when it is none for this key.
  let apply: @Sendable (String, inout ScriptConfiguration) -> Bool

  static func named(_ name: String) -> ConfigurationSetting? { table.first { $0.names.contains(name) } }

  /// The keys, without the older names.
  static var names: [String] { table.compactMap(\.names.first) }

  /// Every key of the language (bpftrace's documentation of its `config` block), and `syscall_probes`, ours.
  static let table: [ConfigurationSetting] = [
    number("max_strlen", "strlen", in: 1...65536, \.maximumStringLength),
    number("max_map_keys", "map_keys_max", in: 1...(1 << 30), \.maximumMapKeys),
    number("max_probes", in: 1...(1 << 20), \.maximumProbes),
    number("max_bpf_progs", in: 1...(1 << 20), \.maximumPrograms),
    number("max_cat_bytes", "cat_bytes_max", in: 1...(1 << 30), \.maximumCatBytes),
    number("log_size", in: 1...(1 << 30), \.logByteCount),
    number("perf_rb_pages", in: 0...(1 << 20), \.ringBufferPages),
    word("str_trunc_trailer", wants: "a string") { text, configuration in
      configuration.truncationTrailer = text
      return true
    },
    choice("stack_mode", among: StackFormat.Mode.allCases, \.stackMode),
    choice("missing_probes", among: ScriptConfiguration.MissingProbes.allCases, \.missingProbes),
    choice("syscall_probes", among: ScriptConfiguration.SystemCallProbes.allCases, \.systemCallProbes),
    flag("print_maps_on_exit", \.printsMapsOnExit),
    flag("cpp_demangle", \.demanglesNames),
    word("no_cpp_demangle", wants: "true or false") { text, configuration in
      guard let value = truth(text) else { return false }
      configuration.demanglesNames = !value
      return true
    },
    word("license", wants: licenses.joined(separator: ", ")) { text, configuration in
      guard licenses.contains(text) else { return false }
      configuration.license = text
      return true
    },
    // Settings of a compiler or a symboliser that is not here: there is nothing to set.
    ignored("on_stack_limit"), ignored("lazy_symbolication"), ignored("cache_user_symbols"),
    ignored("show_debug_info"), ignored("use_blazesym"), ignored("symbol_source"),
    ignored("max_type_res_iterations"), ignored("unstable_addr"), ignored("unstable_import"),
    ignored("unstable_macro"), ignored("unstable_map_decl"), ignored("unstable_tseries"),
    ignored("unstable_dw_ustack"), ignored("unstable_typeinfo"), ignored("unstable_import_statement"),
  ]

  /// The licences under which the kernel lets programs call all helpers (`license_is_gpl_compatible`).
  private static let licenses = [
    "GPL", "GPL v2", "GPL and additional rights", "Dual BSD/GPL", "Dual MIT/GPL", "Dual MPL/GPL",
  ]

  // MARK: Forms of values

  private static func word(
    _ name: String, wants: String, _ apply: @escaping @Sendable (String, inout ScriptConfiguration) -> Bool
  ) -> ConfigurationSetting {
    ConfigurationSetting(names: [name], wants: wants, apply: apply)
  }

  private static func number(
    _ names: String..., in range: ClosedRange<Int>, _ path: any WritableKeyPath<ScriptConfiguration, Int> & Sendable
  ) -> ConfigurationSetting {
    ConfigurationSetting(names: names, wants: "a number from \(range.lowerBound) to \(range.upperBound)") {
      text, configuration in
      guard let value = Int(text), range.contains(value) else { return false }
      configuration[keyPath: path] = value
      return true
    }
  }

  private static func flag(
    _ name: String, _ path: any WritableKeyPath<ScriptConfiguration, Bool> & Sendable
  ) -> ConfigurationSetting {
    word(name, wants: "true or false") { text, configuration in
      guard let value = truth(text) else { return false }
      configuration[keyPath: path] = value
      return true
    }
  }

  private static func choice<Value: RawRepresentable & Sendable>(
    _ name: String, among values: [Value], _ path: any WritableKeyPath<ScriptConfiguration, Value> & Sendable
  ) -> ConfigurationSetting where Value.RawValue == String {
    word(name, wants: values.map(\.rawValue).joined(separator: ", ")) { text, configuration in
      guard let value = values.first(where: { $0.rawValue == text }) else { return false }
      configuration[keyPath: path] = value
      return true
    }
  }

  private static func ignored(_ name: String) -> ConfigurationSetting {
    word(name, wants: "anything") { _, _ in true }
  }

  /// The spellings of truth that bpftrace takes.
  private static func truth(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "1", "true", "on", "yes": true
    case "0", "false", "off", "no": false
    default: nil
    }
  }
}
