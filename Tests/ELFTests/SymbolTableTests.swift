import ELF
import Testing

@Suite struct SymbolTableTests {
  @Test(arguments: FileBuilder.everyKind)
  func decodesSymbols(fileClass: ELFFile.FileClass, order: ByteOrder) throws {
    let file = try Samples.everything(fileClass, order).file()
    let table = try #require(try file.symbolTable())
    #expect(table.count == 5)
    #expect(table.map { table.name(of: $0) } == ["", "main", "start", "puts", ""])
    #expect(table[1].value == 0x2000)
    #expect(table[1].size == 8)
    #expect(table[1].type == .function)
    #expect(table[1].binding == .global)
    #expect(table[1].place == .section(1))
    #expect(table[1].isDefinedFunction)
    #expect(table[2].binding == .local)
    #expect(table[3].place == .undefined)
    #expect(!table[3].isDefinedFunction)
    #expect(table[4].place == .absolute)
    #expect(table.symbol(at: 5) == nil)
    #expect(table.symbol(at: -1) == nil)
    #expect(try file.dynamicSymbolTable() == nil)
  }

  @Test func refusesEntriesOfAnotherSize() throws {
    var builder = Samples.everything(.elf64, .little)
    builder.parts[2].entrySize = 23
    let file = try builder.file()
    #expect(throws: ELFError.wrongEntrySize(part: "symbol table '.symtab'", size: 23, expected: 24)) {
      try file.symbolTable()
    }
  }
}
