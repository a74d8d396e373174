public import LinuxSystem

/// A file of cases in plain text: a source, a line `----`, what comes out; cases are separated by a line `====`.
///
/// Sources have no newline at their end. With `UPDATE_GOLDENS` in the environment, tests write what came out instead of
/// comparing it. Paths are below the folder of the test that names them.
public struct GoldenFile {
  /// A source, and what it comes to.
  public struct Case: Sendable {
    /// What is put in.
    public var source: String
    /// What comes out.
    public var output: String
  }

  /// All golden files of a folder, by their paths.
  public static func names(in folder: String, beside test: StaticString = #filePath) -> [String] {
    ((try? FileSystem.entries(of: path(of: folder, beside: test))) ?? [])
      .map(\.name).filter { $0.hasSuffix(".golden") }.map { "\(folder)/\($0)" }.sorted()
  }

  /// Whether tests are to write what comes out.
  public static var isUpdating: Bool { Environment.value(of: "UPDATE_GOLDENS") != nil }

  private let path: String
  /// The cases, in the order of the file.
  public var cases: [Case]

  /// Reads a golden file.
  ///
  /// - Throws: `ENOENT` when there is none.
  public init(_ name: String, beside test: StaticString = #filePath) throws(SystemCallError) {
    path = Self.path(of: name, beside: test)
    cases = try FileSystem.text(of: path).split(separator: "====\n", omittingEmptySubsequences: false).map { piece in
      let halves = piece.split(separator: "----\n", maxSplits: 1, omittingEmptySubsequences: false)
      return Case(
        source: String(halves.first?.dropLast() ?? ""), output: halves.count > 1 ? String(halves[1]) : "")
    }
  }

  /// Writes the cases back.
  ///
  /// - Throws: `EACCES` and its like when the file cannot be written.
  public func write() throws(SystemCallError) {
    let text = cases.map { "\($0.source)\n----\n\($0.output)" }.joined(separator: "====\n")
    let output = try BufferedOutput(FileSystem.open(path, .create), subject: path, buffering: .full)
    try output.write(text)
    try output.flush()
  }

  private static func path(of name: String, beside test: StaticString) -> String {
    "\(test)".split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/") + "/" + name
  }
}
