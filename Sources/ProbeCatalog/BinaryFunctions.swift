import BTF
import ELF
import LinuxSystem
import Symbols

/// A function of a program or library that a probe can be placed at.
public struct UserFunction: Hashable, Sendable {
  /// Its name, without a symbol version.
  public let name: String
  /// Where it starts, as the file counts.
  public let address: UInt64
  /// Its size in bytes, 0 when that is not known.
  public let size: UInt64
  /// Where it starts in the file, as uprobes want it.
  public let fileOffset: UInt64
}

/// The functions and markers of one program or library.
struct BinaryFunctions: Sendable {
  let path: String
  let file: ELFFile
  private let tables: [SymbolTable]

  /// Opens a file and finds its symbol tables, in a separate debug file too.
  init(path: String, debugFiles: DebugFileSearch, roots: [String]) throws(CatalogError) {
    self.path = path
    let opened: OpenFile
    do {
      opened = try OpenFile(path)
    } catch {
      throw error.errno == .noSuchFileOrDirectory ? .noSuchBinary(path, tried: [path]) : .unreadable(what: path, error)
    }
    do {
      file = try ELFFile(opened)
      var tables = [try file.symbolTable(), try file.dynamicSymbolTable()].compactMap(\.self)
      if file.section(ofType: .symbolTable) == nil,
        let debug = debugFiles.debugFile(of: file, at: path, roots: roots), let table = try? debug.symbolTable()
      {
        tables.insert(table, at: 0)
      }
      self.tables = tables
    } catch {
      throw .badBinary(path: path, error)
    }
  }

  /// The functions whose name fits, each name once, in order of name.
  func functions(matching pattern: NamePattern) -> [UserFunction] {
    functions { pattern.matches(UnsafeRawBufferPointer($0)) }
  }

  /// The C++ functions whose declaration fits, with it; the parameters count only if the pattern has some.
  func functions(declaredAs pattern: NamePattern) -> [(function: UserFunction, declaration: String)] {
    let countsParameters = pattern.description.contains("(")
    let mangled = functions { $0.starts(with: "_Z".utf8) }
    return mangled.compactMap { function in
      guard let declaration = Demangler.demangle(function.name) else { return nil }
      let name = countsParameters ? declaration[...] : Self.withoutParameters(declaration)
      return pattern.matches(name) ? (function, declaration) : nil
    }
  }

  /// A declaration up to the parentheses of its parameters: the last ones, behind which only qualifiers follow.
  static func withoutParameters(_ declaration: String) -> Substring {
    guard var index = declaration.lastIndex(of: ")") else { return declaration[...] }
    var depth = 1
    while depth > 0, index > declaration.startIndex {
      index = declaration.index(before: index)
      if declaration[index] == ")" { depth += 1 }
      if declaration[index] == "(" { depth -= 1 }
    }
    return declaration[..<index]
  }

  private func functions(where isWanted: (UnsafeBufferPointer<UInt8>) -> Bool) -> [UserFunction] {
    var found: [String: UserFunction] = [:]
    for table in tables {
      for symbol in table where symbol.isDefinedFunction {
        guard let name = table.strings.cString(at: Int(symbol.nameOffset)) else { continue }
        let plain = name.withUnsafeBytes { bytes -> String? in
          // A version follows as `@VERSION` or `@@VERSION`.
          let plain = UnsafeBufferPointer(rebasing: bytes.bindMemory(to: UInt8.self).prefix { $0 != UInt8(ascii: "@") })
          return !plain.isEmpty && isWanted(plain) ? String(decoding: plain, as: UTF8.self) : nil
        }
        guard let plain, found[plain] == nil, let offset = file.fileOffset(ofAddress: symbol.value) else { continue }
        found[plain] = UserFunction(name: plain, address: symbol.value, size: symbol.size, fileOffset: offset)
      }
    }
    return found.values.sorted { $0.name < $1.name }
  }

  /// Functions without those that start at the same place as a better named one: fewer leading underscores win.
  static func withoutAliases(_ functions: [UserFunction]) -> [UserFunction] {
    func underscores(_ name: String) -> Int { name.prefix { $0 == "_" }.count }
    var best: [UInt64: UserFunction] = [:]
    for function in functions {
      if let other = best[function.fileOffset],
        (underscores(other.name), other.name) <= (underscores(function.name), function.name)
      {
        continue
      }
      best[function.fileOffset] = function
    }
    return functions.filter { best[$0.fileOffset] == $0 }
  }

  /// The file offset of an address that was given as a number.
  func fileOffset(ofAddress address: UInt64) throws(CatalogError) -> UInt64 {
    guard let offset = file.fileOffset(ofAddress: address) else { throw .notInFile(path: path, address: address) }
    return offset
  }
}
