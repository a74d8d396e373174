internal import BPF
internal import BPFBuild
internal import Diagnostics

/// What will trouble the loader of an object that was built without an error.
enum ObjectRemarks {
  /// Warnings, each with its remedy; empty when there is nothing to say.
  static func text(on spec: ObjectSpec, from source: String, _ style: BuildReport.Style) -> String {
    var text = ""
    func warn(_ message: String, _ hint: String) {
      text +=
        style == .compiler
        ? "\(source): warning: \(message); \(hint)\n" : "\(source): WARNING: \(message)\nHINT: \(hint)\n"
    }
    for program in spec.programs where program.section == nil {
      let kind = String(program.sectionName.prefix { $0 != "/" })
      let near = NearestNames.nearest(to: kind, among: SectionDefinition.names)
      warn(
        "the section '\(program.sectionName)' of the program '\(program.name)' names no type of program",
        near.isEmpty ? "it begins with a kind, as tp/, raw_tp/, xdp" : "did you mean \(near.joined(separator: ", "))?")
    }
    if spec.license.isEmpty, !spec.programs.isEmpty {
      warn(
        "there is no license, and the kernel keeps many helpers from such programs",
        source.hasSuffix(".swift")
          ? "write: public let license: StaticString = \"GPL\""
          : "write: char LICENSE[] SEC(\"license\") = \"GPL\";")
    }
    return text
  }
}
