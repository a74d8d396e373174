import Foundation
import Testing

/// The documentation says what is there: its code is compiled in the files beside this one, and no type is left out.
@Suite struct DocumentationTests {
  /// An article of the catalogue.
  struct Article {
    let name: String
    let text: String

    /// The fenced blocks of a language, each without its fences.
    func blocks(of language: String) -> [String] {
      text.components(separatedBy: "```\(language)\n").dropFirst().compactMap {
        $0.components(separatedBy: "\n```").first
      }
    }
  }

  private static var package: URL {
    var folder = URL(filePath: #filePath)
    for _ in 0..<4 { folder.deleteLastPathComponent() }
    return folder
  }

  static func catalogue(_ name: String) throws -> Article {
    let file = package.appending(path: "Sources/BPF/BPF.docc/\(name)")
    return Article(name: name, text: try String(contentsOf: file, encoding: .utf8))
  }

  /// Lines without what does not matter: indentation, empty lines, spaces before comments.
  private static func normalised(_ text: String) -> String {
    text.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
      .filter { !$0.isEmpty }.joined(separator: "\n") + "\n"
  }

  /// Samples import the library once.
  private static func withoutImport(_ text: String) -> String {
    text.split(separator: "\n").filter { $0 != "import BPF" }.joined(separator: "\n") + "\n"
  }

  private static func files(in folder: String, suffix: String) throws -> [URL] {
    let files = FileManager.default.enumerator(at: package.appending(path: folder), includingPropertiesForKeys: nil)
    return try #require(files).compactMap { $0 as? URL }.filter { $0.lastPathComponent.hasSuffix(suffix) }
  }

  @Test func everySampleIsCompiled() throws {
    // The tutorial is about a package that is built by Scripts/test-examples.
    let files = try ["Package.swift", "signals.bpf.swift", "main.swift", "SignalsTests.swift"].flatMap {
      try Self.files(in: "Examples/FirstProgram", suffix: $0).filter { !$0.path.contains("/.build/") }
    }
    let samples = try (Self.files(in: "Tests/BPFTests/Documentation", suffix: "Samples.swift") + files).map {
      Self.withoutImport(Self.normalised(try String(contentsOf: $0, encoding: .utf8)))
    }
    let articles = try Self.files(in: "Sources/BPF/BPF.docc", suffix: ".md").map {
      try Self.catalogue($0.lastPathComponent)
    }
    #expect(articles.count >= 7)
    for article in articles {
      for block in article.blocks(of: "swift") {
        let code = Self.withoutImport(Self.normalised(block))
        #expect(samples.contains { $0.contains(code) }, "\(article.name) has code that no sample has:\n\(block)")
      }
    }
  }

  @Test func everyPublicTypeHasItsPlaceInTheOverview() throws {
    let overview = try Self.catalogue("BPF.md").text
    for file in try Self.files(in: "Sources/BPF", suffix: ".swift") {
      for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") where line.hasPrefix("public ") {
        let words = line.split { !$0.isLetter && !$0.isNumber }.map(String.init)
        guard let kind = words.firstIndex(where: { ["class", "struct", "enum", "protocol"].contains($0) }),
          words.indices.contains(kind + 1)
        else { continue }
        #expect(overview.contains("\n- ``\(words[kind + 1])``\n"), "BPF.md does not list \(words[kind + 1])")
      }
    }
  }
}
