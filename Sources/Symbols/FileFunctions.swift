public import BTF
public import ELF
public import LinuxSystem

/// A function of a program or library as somebody who attaches to it needs it.
public struct FileFunction: Hashable, Sendable {
  /// Its name without a version.
  public let name: String
  /// The version by which programs ask for it; nil for none.
  public let version: SymbolVersions.Version?
  /// Where it starts, as the file counts.
  public let address: UInt64
  /// Its size in bytes, 0 when that is not known.
  public let size: UInt64
  /// Where it starts in the file, as uprobes want it.
  public let fileOffset: UInt64
  /// Who can see it.
  public let binding: SymbolBinding
}

/// The functions of one program or library by name, from its own symbols and those of a separate debug file.
///
/// Each question reads through the tables: ask once for many names by a pattern.
public struct FileFunctions: Sendable {
  /// The file's path.
  public let path: String
  /// The file.
  public let file: ELFFile
  private let tables: [SymbolTable]
  private let dynamicTable: SymbolTable?
  private let versions: SymbolVersions?

  /// Why a file's functions cannot be told.
  public enum Failure: Error, Hashable, Sendable {
    /// It cannot be opened.
    case unreadable(SystemCallError)
    /// It is no program or library, or a damaged one.
    case badFile(ELFError)
  }

  /// Opens a file and finds its tables.
  public init(path: String, debugFiles: DebugFileSearch = DebugFileSearch()) throws(Failure) {
    let opened: OpenFile
    do throws(SystemCallError) { opened = try OpenFile(path) } catch { throw .unreadable(error) }
    do throws(ELFError) {
      let file = try ELFFile(opened)
      var tables: [SymbolTable] = []
      if let table = try file.symbolTable() {
        tables.append(table)
      } else if let debug = debugFiles.debugFile(of: file, at: path), let table = try? debug.symbolTable() {
        tables.append(table)
      }
      self.tables = tables
      dynamicTable = try file.dynamicSymbolTable()
      versions = try file.symbolVersions()
      self.file = file
      self.path = path
    } catch {
      throw .badFile(error)
    }
  }

  /// The functions of that name, also written `name@VERSION` or, for the default one only, `name@@VERSION`.
  ///
  /// A name without a version means the default one where there are several. What several tables say of one place comes
  /// once.
  public func functions(named text: String) -> [FileFunction] {
    let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    let name = parts.first.map(String.init) ?? text
    guard parts.count > 1 else {
      let found = collect { $0 == name }
      let defaults = found.filter { $0.version?.isDefault != false }
      return Self.preferred(defaults.isEmpty ? found : defaults)
    }
    let wantsDefault = parts[1].hasPrefix("@")
    let version = wantsDefault ? parts[1].dropFirst() : parts[1]
    return collect { $0 == name }.filter {
      $0.version.map { $0.name == version && (!wantsDefault || $0.isDefault) } ?? false
    }
  }

  /// The functions whose name, without a version, fits; of several at one place the first name.
  public func functions(matching pattern: NamePattern) -> [FileFunction] {
    var places: Set<UInt64> = []
    return collect { pattern.matches($0) }.sorted { ($0.name, $0.address) < ($1.name, $1.address) }
      .filter { places.insert($0.fileOffset).inserted }
  }

  /// The names of all functions, each once.
  public func names() -> [String] { Set(collect { _ in true }.map(\.name)).sorted() }

  /// The address of a symbol of any kind, code or data.
  public func address(ofSymbol name: String) -> UInt64? {
    for table in tables + [dynamicTable].compactMap(\.self) {
      for symbol in table where symbol.place != .undefined && symbol.type != .threadLocal {
        if table.name(of: symbol) == name { return symbol.value }
      }
    }
    return nil
  }

  /// A name that several files of a program use privately does not hide one that everybody sees.
  private static func preferred(_ functions: [FileFunction]) -> [FileFunction] {
    for binding in [SymbolBinding.global, .unique, .weak] {
      let found = functions.filter { $0.binding == binding }
      if !found.isEmpty { return found }
    }
    return functions
  }

  private func collect(where isWanted: (String) -> Bool) -> [FileFunction] {
    var found: [FileFunction] = []
    var places: Set<Place> = []
    func add(_ table: SymbolTable, versions: SymbolVersions?) {
      for index in table.indices {
        let symbol = table[index]
        guard symbol.isDefinedFunction else { continue }
        let full = table.name(of: symbol)
        // Some linkers write the version into the name in .symtab, too.
        let parts = full.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = parts.first.map(String.init), !name.isEmpty, isWanted(name),
          let offset = file.fileOffset(ofAddress: symbol.value)
        else { continue }
        var version = versions?.version(ofSymbol: index)
        if version == nil, parts.count > 1 {
          let isDefault = parts[1].hasPrefix("@")
          version = SymbolVersions.Version(name: String(parts[1].drop { $0 == "@" }), isDefault: isDefault)
        }
        let plain = Place(name: name, address: symbol.value, version: nil)
        let place = Place(name: name, address: symbol.value, version: version?.name)
        // The table of all symbols often has no versions: the dynamic one tells them, and comes first.
        if places.contains(place) || version == nil && places.contains(plain) { continue }
        places.insert(place)
        places.insert(plain)
        found.append(
          FileFunction(
            name: name, version: version, address: symbol.value, size: symbol.size, fileOffset: offset,
            binding: symbol.binding))
      }
    }
    if let dynamicTable { add(dynamicTable, versions: versions) }
    for table in tables { add(table, versions: nil) }
    return found
  }

  private struct Place: Hashable {
    var name: String
    var address: UInt64
    var version: String?
  }
}
