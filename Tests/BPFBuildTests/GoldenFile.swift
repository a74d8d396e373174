import Glibc

/// A file of cases in plain text: a source, a line `----`, what comes out; cases are separated by a line `====`.
///
/// Scripts and outputs have no newline at their end.
struct GoldenFile {
  struct Case {
    var source: String
    var output: String
  }

  static let directory = String(#filePath.prefix(upTo: #filePath.lastIndex(of: "/") ?? #filePath.startIndex))

  /// All golden files of a folder beside this file, by their paths below it.
  static func names(in folder: String) -> [String] {
    guard let stream = opendir(directory + "/" + folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name.hasSuffix(".golden") { names.append("\(folder)/\(name)") }
    }
    return names.sorted()
  }

  let path: String
  var cases: [Case]

  init(_ name: String) throws {
    path = Self.directory + "/" + name
    let text = try Self.read(path)
    cases = text.split(separator: "====\n", omittingEmptySubsequences: false).map { piece in
      let halves = piece.split(separator: "----\n", maxSplits: 1, omittingEmptySubsequences: false)
      return Case(
        source: String(halves.first?.dropLast() ?? ""), output: halves.count > 1 ? String(halves[1]) : "")
    }
  }

  func write() throws {
    let text = cases.map { "\($0.source)\n----\n\($0.output)" }.joined(separator: "====\n")
    guard let file = fopen(path, "w") else { throw Failure(path: path) }
    defer { fclose(file) }
    guard fputs(text, file) >= 0 else { throw Failure(path: path) }
  }

  static func read(_ path: String) throws -> String {
    guard let file = fopen(path, "r") else { throw Failure(path: path) }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count <= 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes += buffer[..<count]
    }
  }

  struct Failure: Error { var path: String }

  static var isUpdating: Bool { getenv("UPDATE_GOLDENS") != nil }
}
