/// What a file tells the dynamic linker, as far as it concerns names.
public struct DynamicSection: Hashable, Sendable {
  /// The name by which others link to this library (`DT_SONAME`).
  public let sharedObjectName: String?
  /// The libraries that it needs (`DT_NEEDED`).
  public let neededLibraries: [String]
}

extension ELFFile {
  /// The dynamic section, or nil in a static file.
  ///
  /// - Throws: `.outOfBounds` or `.noSuchSection` when it or its strings cannot be read.
  public func dynamicSection() throws(ELFError) -> DynamicSection? {
    guard let section = section(ofType: .dynamic) else { return nil }
    guard Int(section.link) < sections.count else { throw .noSuchSection(index: Int(section.link)) }
    let strings = try contents(of: sections[Int(section.link)])
    let contents = try contents(of: section)
    var name: String?
    var needed: [String] = []
    var fields = FieldReader(contents, at: 0, fileClass: fileClass, order: byteOrder)
    while let tag = try? fields.nextWord(), let value = try? fields.nextWord(), tag != 0 {
      guard let offset = Int(exactly: value) else { continue }
      if tag == 1, let library = strings.string(at: offset) { needed.append(library) }  // DT_NEEDED
      if tag == 14 { name = strings.string(at: offset) }  // DT_SONAME
    }
    return DynamicSection(sharedObjectName: name, neededLibraries: needed)
  }
}
