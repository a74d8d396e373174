import LinuxSystem

/// A file of cases in plain text: a script, a line `----`, what comes out; cases are separated by a line `====`.
///
/// Scripts have no newline at their end. With `UPDATE_GOLDENS` in the environment, tests write what came out instead of
/// comparing it.
struct GoldenFile {
  struct Case {
    var script: String
    var output: String
  }

  /// The folder of the tests, with the final `/`.
  private static let root = String(#filePath.dropLast("GoldenFile.swift".utf8.count))

  /// All golden files of a folder, by their paths below the tests.
  static func names(in folder: String) -> [String] {
    ((try? FileSystem.entries(of: root + folder)) ?? [])
      .map(\.name).filter { $0.hasSuffix(".golden") }.map { "\(folder)/\($0)" }.sorted()
  }

  private let path: String
  var cases: [Case]

  init(_ name: String) throws {
    path = Self.root + name
    cases = try FileSystem.text(of: path).split(separator: "====\n", omittingEmptySubsequences: false).map { piece in
      let halves = piece.split(separator: "----\n", maxSplits: 1, omittingEmptySubsequences: false)
      return Case(
        script: String(halves.first?.dropLast() ?? ""), output: halves.count > 1 ? String(halves[1]) : "")
    }
  }

  func write() throws {
    let text = cases.map { "\($0.script)\n----\n\($0.output)" }.joined(separator: "====\n")
    let output = try BufferedOutput(FileSystem.open(path, .create), subject: path, buffering: .full)
    try output.write(text)
    try output.flush()
  }

  static var isUpdating: Bool { Environment.value(of: "UPDATE_GOLDENS") != nil }
}
