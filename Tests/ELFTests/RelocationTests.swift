import ELF
import Testing

@Suite struct RelocationTests {
  @Test(arguments: FileBuilder.everyKind)
  func decodesBothForms(fileClass: ELFFile.FileClass, order: ByteOrder) throws {
    let tables = try Samples.everything(fileClass, order).file().relocationTables()
    try #require(tables.count == 2)
    #expect(Array(tables[0]) == [Relocation(offset: 4, type: 2, symbolIndex: 3, addend: -4)])
    #expect(Array(tables[1]) == [Relocation(offset: 8, type: 10, symbolIndex: 1, addend: nil)])
    #expect(tables[0].targetSectionIndex == 1)
    #expect(tables[0].symbolTableIndex == 3)
  }
}
