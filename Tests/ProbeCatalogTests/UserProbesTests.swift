import ELF
import LinuxSystem
import Symbols
import Testing

@testable import ProbeCatalog

/// A function that the tests find in their own executable.
@c public func probeCatalogTestsFirst() {}
/// Another one.
@c public func probeCatalogTestsSecond() {}

@Suite struct UserProbesTests {
  let catalog = Catalog(RecordedSource.small)
  let path: String

  init() throws { path = try FileSystem.target(ofLink: "/proc/self/exe") }

  @Test func findsFunctionsOfThisProgram() throws {
    let probes = try catalog.probes(at: ["uprobe", path, "probeCatalogTests*"])
    #expect(
      probes.map(\.name) == ["uprobe:\(path):probeCatalogTestsFirst", "uprobe:\(path):probeCatalogTestsSecond"])
    let file = try ELFFile(OpenFile(path))
    let table = try #require(try file.symbolTable())
    let symbol = try #require(table.first { table.name(of: $0) == "probeCatalogTestsFirst" })
    let offset = try #require(file.fileOffset(ofAddress: symbol.value))
    let target = ProbeTarget.userFunction(
      path: path, symbol: "probeCatalogTestsFirst", fileOffset: offset, referenceCounterOffset: nil)
    #expect(probes.first?.target == target)
    let address = "0x" + String(symbol.value, radix: 16)
    guard case .userFunction(_, _, let found, _)? = try catalog.probes(at: ["u", path, address]).first?.target else {
      Issue.record("an address gives no function")
      return
    }
    #expect(found == offset)
  }

  @Test func aProcessNamesItsOwnProgramAndLibraries() throws {
    let process = CurrentProcess.id
    #expect(
      try catalog.probes(at: ["uretprobe", "probeCatalogTestsSecond"], process: process).map(\.name) == [
        "uretprobe:\(path):probeCatalogTestsSecond"
      ])
    let mapped = try catalog.resolveBinary("*", process: process)
    #expect(mapped.contains(path))
    let library = try #require(mapped.first { $0.contains("/libc.so") })
    let inProcess = try #require(try catalog.resolveBinary("libc", process: process).first)
    #expect(try FileStatus(of: inProcess).inode == FileStatus(of: library).inode)
    // Without a process the dynamic linker's cache or the usual folders tell where the same library lies.
    let alone = try #require(try catalog.resolveBinary("c").first)
    #expect(try FileStatus(of: alone).inode == FileStatus(of: library).inode)
  }

  @Test func namesWhatComesNear() {
    #expect(
      throws: CatalogError.notFound(
        .uprobe, kind: "function", name: "probeCatalogTestsFrist", nearest: ["probeCatalogTestsFirst"])
    ) { try catalog.probes(at: ["uprobe", path, "probeCatalogTestsFrist"]) }
    #expect(throws: CatalogError.noSuchBinary("/no/such/file", tried: ["/no/such/file"])) {
      try catalog.probes(at: ["uprobe", "/no/such/file", "main"])
    }
    #expect(throws: CatalogError.badBinary(path: "/etc/passwd", .notELF)) {
      try catalog.probes(at: ["uprobe", "/etc/passwd", "main"])
    }
    #expect(throws: CatalogError.notInFile(path: path, address: 1 << 60)) {
      try catalog.probes(at: ["uprobe", path, "0x1000000000000000"])
    }
    #expect(throws: CatalogError.self) { try catalog.probes(at: ["uprobe", "no-such-program-or-library", "main"]) }
    #expect(throws: CatalogError.self) { try catalog.probes(at: ["uprobe", path, "probeCatalogTestsFirst+0x100000"]) }
  }

  @Test func aliasesAreProbedOnce() {
    func function(_ name: String, _ offset: UInt64) -> UserFunction {
      UserFunction(name: name, address: offset, size: 1, fileOffset: offset)
    }
    let functions = [function("__read", 8), function("_read", 8), function("other", 16), function("read", 8)]
    #expect(BinaryFunctions.withoutAliases(functions).map(\.name) == ["other", "read"])
  }

  @Test(arguments: [
    ("f(int)", "f"), ("a::f<int (*)(char)>(int) const", "a::f<int (*)(char)>"), ("a::b", "a::b"),
    ("f()::{lambda(int)#1}::operator()(int) const", "f()::{lambda(int)#1}::operator()"), (")", ""),
  ])
  func takesParametersOffDeclarations(declaration: String, name: String) {
    #expect(BinaryFunctions.withoutParameters(declaration) == name)
  }

  /// The Swift runtime is C++, and this program is linked to it.
  @Test func findsFunctionsByTheirDeclarations() throws {
    let library = try #require(
      try catalog.resolveBinary("*", process: CurrentProcess.id).first { $0.contains("/libstdc++.so") })
    let probes = try catalog.probes(at: ["uprobe", library, "cpp", "std::ostream::operator<<(bool)"])
    #expect(probes.map(\.name) == ["uprobe:\(library):cpp:\"std::ostream::operator<<(bool)\""])
    guard case .userFunction(_, let symbol, _, _)? = probes.first?.target else { return }
    #expect(symbol == "_ZNSolsEb")
    let overloads = try catalog.probes(at: ["uprobe", library, "cpp", "std::ostream::operator<<"])
    #expect(overloads.count > 10)
    #expect(throws: CatalogError.self) { try catalog.probes(at: ["uprobe", library, "cpp", "no::such"]) }
  }

  @Test func expandsPathsWithWildcards() throws {
    let folder = path[..<(path.lastIndex(of: "/") ?? path.endIndex)]
    let name = path[path.index(after: path.lastIndex(of: "/") ?? path.startIndex)...]
    let found = try catalog.resolveBinary("\(folder)/\(name.prefix(8))*")
    #expect(found.contains(path))
  }
}
