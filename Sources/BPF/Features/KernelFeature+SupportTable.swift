internal import KernelInterface

extension KernelFeature {
  /// What each kernel can do at first, as Markdown: the page "Kernel support" of the documentation.
  ///
  /// Made from the same rows that the probes and the messages use.
  static var supportTable: String {
    var text = """
      # Kernel support

      The first kernel of Linux that has each feature, and the build options without which a kernel does not have it.
      Distributions bring some of them to older kernels, and leave others out: ask ``KernelFeatures`` rather than the
      version.

      """
    for section in sections {
      text += "\n## \(section.title)\n\n| feature | Linux | options |\n| --- | --- | --- |\n"
      for feature in section.features {
        let options = feature.options.map { "`\($0)`" }.joined(separator: ", ")
        text += "| \(feature.name) | \(feature.firstKernel.major).\(feature.firstKernel.minor) | \(options) |\n"
      }
    }
    return text
  }

  private static var sections: [(title: String, features: [KernelFeature])] {
    let all = all
    return [
      ("Programs", all.filter { if case .program = $0 { true } else { false } }),
      ("Maps", all.filter { if case .map = $0 { true } else { false } }),
      ("Options of maps", all.filter { if case .mapOption = $0 { true } else { false } }),
      ("Links", all.filter { if case .link = $0 { true } else { false } }),
      ("Types", all.filter { if case .typeKind = $0 { true } else { false } }),
      ("Other abilities", all.filter { if case .ability = $0 { true } else { false } }),
    ]
  }
}
