/// What source files are called in an object, and what stands in them.
///
/// Names are as the user gave them, or below a root that the user gave. The library's files are called by their place in
/// the library, wherever they were compiled.
struct SourceFiles: Hashable, Sendable {
  /// The texts of the user's files by the names that the user gave; empty when they are not known.
  var own: [String: String] = [:]
  /// The texts of the library's files, by their names in the object.
  var library: [String: String] = [:]
  /// The folder below which files are called by their place in it.
  var root: String?

  /// What a file is called in the object.
  func name(of file: String) -> String {
    if let library = libraryName(of: file) { return library }
    guard var root else { return file }
    if !root.hasSuffix("/") { root += "/" }
    return file.hasPrefix(root) ? String(file.dropFirst(root.count)) : file
  }

  /// The text of a file, if it is known.
  func text(of file: String) -> String? { own[file] ?? libraryName(of: file).flatMap { library[$0] } }

  /// Whether a file is the library's, the standard library's or the compiler's own, and not the user's.
  func isForeign(_ file: String) -> Bool {
    own.isEmpty ? libraryName(of: file) != nil : own[file] == nil
  }

  /// The library's files were compiled in a folder of the cache, which is in their names: `…/kernel/.DRAFT/BPFKernel/…`.
  private func libraryName(of file: String) -> String? {
    if library[file] != nil { return file }
    let parts = file.split(separator: "/")
    guard let first = parts.lastIndex(of: "BPFKernel"), first > 1, parts[first - 1].hasPrefix("."),
      parts[first - 2] == "kernel"
    else { return nil }
    return parts[first...].joined(separator: "/")
  }
}
