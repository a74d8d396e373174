import Diagnostics
import TraceLanguage

/// Puts a script's settings together: defaults, then its `config` block, then the environment, which wins.
enum ConfigurationReader {
  static func read(
    _ script: Script, _ options: CompilerOptions, reporting diagnostics: inout DiagnosticList
  ) -> ScriptConfiguration {
    var configuration = ScriptConfiguration()
    for assignment in script.configuration {
      let key = assignment.key.text.lowercased()
      guard let setting = ConfigurationSetting.named(key) else {
        diagnostics.report(.unknownSetting(assignment.key))
        continue
      }
      if !setting.apply(assignment.value.text, &configuration) {
        diagnostics.report(.invalidSetting(key, setting, assignment.value.text, at: assignment.valueSpan))
      }
    }
    let start = script.probes.first?.span.startPoint ?? SourceSpan(start: 0, end: 0)
    for (key, value) in options.environmentSettings.sorted(by: { $0.key < $1.key }) {
      guard let setting = ConfigurationSetting.named(key) else { continue }
      if !setting.apply(value, &configuration) {
        diagnostics.report(.invalidSetting("BPFTRACE_\(key.uppercased())", setting, value, at: start))
      }
    }
    return configuration
  }
}

extension ConfigurationAssignment.Value {
  /// The value as text, as the environment would give it.
  fileprivate var text: String {
    switch self {
    case .integer(let value): String(value)
    case .string(let text), .word(let text): text
    case .boolean(let value): value ? "true" : "false"
    }
  }
}

extension Diagnostic {
  static func unknownSetting(_ key: Name) -> Diagnostic {
    let near = NearestNames.nearest(to: key.text, among: ConfigurationSetting.names)
    return Diagnostic(
      .error, id: "unknown-setting", at: key.span, "\(key.text): not a known configuration option",
      hints: near.isEmpty
        ? ["the settings are: \(ConfigurationSetting.names.joined(separator: ", "))"]
        : ["did you mean \(near.joined(separator: ", "))?"])
  }

  static func invalidSetting(
    _ key: String, _ setting: ConfigurationSetting, _ value: String, at span: SourceSpan
  ) -> Diagnostic {
    Diagnostic(
      .error, id: "invalid-setting", at: span, "Invalid value for \(key). Found: \(value)",
      hints: ["it takes \(setting.wants)"])
  }
}
