/// The versions of a library's dynamic symbols, as `memcpy@GLIBC_2.2.5` and `memcpy@@GLIBC_2.14` have them.
///
/// Sections `.gnu.version` (a number for each dynamic symbol) and `.gnu.version_d` (the versions that the file defines).
/// Layout: Linux Standard Base Core Specification, "Symbol Versioning".
public struct SymbolVersions: Sendable {
  /// A symbol's version.
  public struct Version: Hashable, Sendable {
    /// The version's name, such as "GLIBC_2.14".
    public let name: String
    /// Whether programs that ask for no version get this symbol (`@@`).
    public let isDefault: Bool

    /// A version from its two facts.
    public init(name: String, isDefault: Bool) {
      self.name = name
      self.isDefault = isDefault
    }
  }

  private let numbers: ByteRegion
  private let order: ByteOrder
  private let names: [UInt16: String]

  init(numbers: ByteRegion, names: [UInt16: String], order: ByteOrder) {
    self.numbers = numbers
    self.names = names
    self.order = order
  }

  /// The version of the dynamic symbol with that index; nil when it has none, or one that another file defines.
  public func version(ofSymbol index: Int) -> Version? {
    guard index >= 0, index <= numbers.count / 2,
      let number = numbers.integer(at: index * 2, as: UInt16.self, order: order)
    else { return nil }
    // 0 is local, 1 global without a version; bit 15 hides a symbol from those who ask for no version.
    guard let name = names[number & 0x7fff] else { return nil }
    return Version(name: name, isDefault: number & 0x8000 == 0)
  }
}

extension ELFFile {
  /// The versions of the dynamic symbols that the file defines, or nil when it has none.
  ///
  /// - Throws: `.outOfBounds` or `.noSuchSection` when a section cannot be read; a list that breaks off is taken up to
  ///   there.
  public func symbolVersions() throws(ELFError) -> SymbolVersions? {
    guard let numberSection = section(ofType: .symbolVersions), let section = section(ofType: .versionDefinitions)
    else { return nil }
    guard Int(section.link) < sections.count else { throw .noSuchSection(index: Int(section.link)) }
    let strings = try contents(of: sections[Int(section.link)])
    let definitions = try contents(of: section)
    var names: [UInt16: String] = [:]
    var offset = 0
    // vd_flags at 2, vd_ndx at 4, vd_aux at 12, vd_next at 16; the first of the names (vda_name) is the version's own.
    while let flags = definitions.integer(at: offset + 2, as: UInt16.self, order: byteOrder),
      let index = definitions.integer(at: offset + 4, as: UInt16.self, order: byteOrder),
      let nameList = definitions.integer(at: offset + 12, as: UInt32.self, order: byteOrder),
      let next = definitions.integer(at: offset + 16, as: UInt32.self, order: byteOrder)
    {
      // VER_FLG_BASE names the file itself.
      if flags & 1 == 0,
        let name = definitions.integer(at: offset + Int(nameList), as: UInt32.self, order: byteOrder),
        let text = strings.string(at: Int(name))
      {
        names[index & 0x7fff] = text
      }
      if next == 0 || definitions.count - offset < Int(next) { break }
      offset += Int(next)
    }
    return SymbolVersions(numbers: try contents(of: numberSection), names: names, order: byteOrder)
  }
}
