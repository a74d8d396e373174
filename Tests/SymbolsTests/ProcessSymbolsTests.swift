import ELF
import LinuxSystem
import Symbols
import Testing

/// A function whose address and name the tests know.
@c public func symbolsTestsLandmark() {}

@Suite struct ProcessSymbolsTests {
  static var landmark: UInt64 {
    let function: @convention(c) () -> Void = symbolsTestsLandmark
    return UInt64(UInt(bitPattern: unsafeBitCast(function, to: UnsafeRawPointer.self)))
  }

  @Test func findsFunctionsOfThisProcess() throws {
    let symbols = ProcessSymbols()
    let symbol = try #require(symbols.symbol(at: Self.landmark + 1, in: CurrentProcess.id))
    #expect(symbol.name == "symbolsTestsLandmark")
    #expect(symbol.offset == 1)
    #expect(symbol.modulePath == (try FileSystem.target(ofLink: "/proc/self/exe")))
    #expect(symbols.modulePath(at: Self.landmark, in: CurrentProcess.id) == symbol.modulePath)
  }

  @Test func findsFunctionsOfTheVDSO() throws {
    let maps = MemoryMapping.parse(try FileSystem.text(of: "/proc/self/maps"))
    let vdso = try #require(maps.first { $0.path == "[vdso]" })
    let symbols = ProcessSymbols()
    let names = stride(from: vdso.addresses.lowerBound, to: vdso.addresses.upperBound, by: 16)
      .compactMap { symbols.symbol(at: $0, in: CurrentProcess.id)?.name }
    #expect(Set(names).contains { $0.contains("clock_gettime") })
  }

  @Test func knowsNothingOfUnmappedAddresses() {
    let symbols = ProcessSymbols()
    #expect(symbols.symbol(at: 0, in: CurrentProcess.id) == nil)
    #expect(symbols.symbol(at: .max, in: CurrentProcess.id) == nil)
    #expect(symbols.modulePath(at: 1, in: CurrentProcess.id) == nil)
    #expect(symbols.symbol(at: Self.landmark, in: -1) == nil)
    #expect(!symbols.remember(-1))
  }

  /// The Swift runtime is C++, so the library is mapped here.
  @Test func demanglesNamesUnlessToldNotTo() throws {
    let maps = MemoryMapping.parse(try FileSystem.text(of: "/proc/self/maps"))
    let code = try #require(maps.first { $0.isExecutable && $0.path.contains("/libstdc++.so") })
    let library = try ELFFile(OpenFile(code.path))
    let table = try #require(try library.dynamicSymbolTable())
    let function = try #require(table.first { table.name(of: $0) == "_ZNSolsEb" })
    let place = try #require(library.fileOffset(ofAddress: function.value))
    let address = code.addresses.lowerBound + (place - code.fileOffset)
    #expect(
      ProcessSymbols().symbol(at: address, in: CurrentProcess.id)?.name == "std::ostream::operator<<(bool)")
    #expect(
      ProcessSymbols(demanglesNames: false).symbol(at: address, in: CurrentProcess.id)?.name == "_ZNSolsEb")
  }

  @Test func remembersAProcessThatIsGone() throws {
    let child = try ChildProcess(["/bin/sleep", "1000"])
    try child.release()
    // The map is that of the test until the child has become another program with its libraries in place.
    var maps: [MemoryMapping] = []
    repeat {
      maps = MemoryMapping.parse(try FileSystem.text(of: "/proc/\(child.process)/maps"))
    } while !maps.contains { $0.isExecutable && $0.path.contains("/libc.so") }
      || !maps.contains { $0.path.hasSuffix("/sleep") }
    let symbols = ProcessSymbols()
    #expect(symbols.remember(child.process))
    try child.send(.kill)
    _ = try child.wait()
    #expect(throws: SystemCallError.self) { try FileSystem.text(of: "/proc/\(child.process)/maps") }

    let code = try #require(maps.first { $0.isExecutable && $0.path.contains("/libc.so") })
    let library = try ELFFile(OpenFile(code.path))
    let table = try #require(try library.dynamicSymbolTable())
    let getenv = try #require(table.first { table.name(of: $0) == "getenv" })
    let place = try #require(library.fileOffset(ofAddress: getenv.value))
    let address = code.addresses.lowerBound + (place - code.fileOffset)
    #expect(
      symbols.symbol(at: address + 4, in: child.process)
        == UserSymbol(name: "getenv", offset: 4, modulePath: code.path))
    symbols.forget(child.process)
    #expect(symbols.symbol(at: address + 4, in: child.process) == nil)
  }
}
