import ELF
import Testing

@Suite struct ELFFileTests {
  @Test(arguments: FileBuilder.everyKind)
  func readsHeadersOfEveryClassAndOrder(fileClass: ELFFile.FileClass, order: ByteOrder) throws {
    var builder = FileBuilder(fileClass: fileClass, order: order)
    builder.parts = [
      .init(
        name: ".text", type: .programBits, bytes: [1, 2, 3, 4, 5], flags: [.allocated, .executable], address: 0x40_1000),
      .init(name: ".bss", type: .noBits, bytes: [], claimedSize: 1 << 20),
    ]
    let file = try builder.file()
    #expect(file.fileClass == fileClass)
    #expect(file.byteOrder == order)
    #expect(file.type == .sharedObject)
    #expect(file.machine == .amd64)
    #expect(file.entry == 0x1000)
    #expect(file.sections.map(\.name) == ["", ".text", ".bss", ".shstrtab"])
    let text = try #require(file.section(named: ".text"))
    #expect(text.flags == [.allocated, .executable])
    #expect(try file.contents(of: text) == ByteRegion([1, 2, 3, 4, 5]))
    #expect(try file.contents(of: file.sections[2]).isEmpty)
    #expect(file.segments.count == 1)
    #expect(file.segments[0].access == [.read, .execute])
    #expect(file.section(named: ".data") == nil)
  }

  @Test(arguments: FileBuilder.everyKind)
  func turnsAddressesIntoFileOffsetsAndBack(fileClass: ELFFile.FileClass, order: ByteOrder) throws {
    var builder = FileBuilder(fileClass: fileClass, order: order)
    builder.parts = [.init(name: ".text", type: .programBits, bytes: Array(0..<16), address: 0x40_1000)]
    let file = try builder.file()
    let start = file.segments[0].fileOffset
    #expect(file.fileOffset(ofAddress: 0x40_1000) == start)
    #expect(file.fileOffset(ofAddress: 0x40_100f) == start + 15)
    #expect(file.fileOffset(ofAddress: 0x40_1010) == nil)
    #expect(file.fileOffset(ofAddress: 0x40_0fff) == nil)
    #expect(file.address(ofFileOffset: start + 15) == 0x40_100f)
    #expect(file.address(ofFileOffset: start + 16) == nil)
    #expect(file.lowestAddress == 0x40_1000)
  }

  @Test func refusesWhatIsNoELFFile() {
    #expect(throws: ELFError.notELF) { try ELFFile(ByteRegion([])) }
    #expect(throws: ELFError.notELF) { try ELFFile(ByteRegion("#!/bin/sh\n".utf8)) }
    #expect(throws: ELFError.unsupported(field: "EI_CLASS", value: 3)) {
      try ELFFile(ByteRegion([0x7f, 0x45, 0x4c, 0x46, 3, 1, 1]))
    }
    #expect(throws: ELFError.unsupported(field: "EI_DATA", value: 9)) {
      try ELFFile(ByteRegion([0x7f, 0x45, 0x4c, 0x46, 2, 9, 1]))
    }
    #expect(throws: ELFError.outOfBounds(part: "file header", offset: 0, size: 52, fileSize: 7)) {
      try ELFFile(ByteRegion([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]))
    }
  }

  @Test func refusesASectionThatLeavesTheFile() throws {
    var builder = FileBuilder()
    builder.parts = [.init(name: ".text", type: .programBits, bytes: [1], claimedSize: .max - 4)]
    let file = try builder.file()
    let text = try #require(file.section(named: ".text"))
    #expect(
      throws: ELFError.outOfBounds(
        part: "section '.text'", offset: text.fileOffset, size: .max - 4, fileSize: file.source.count)
    ) { try file.contents(of: text) }
  }

  @Test func refusesCompressedContents() throws {
    var builder = FileBuilder()
    builder.parts = [.init(name: ".debug_info", type: .programBits, bytes: [1], flags: .compressed)]
    let file = try builder.file()
    #expect(throws: ELFError.compressed(section: ".debug_info")) { try file.contents(of: file.sections[1]) }
  }

  /// Every cut and every changed byte is either read or refused, and never ends the process.
  @Test(arguments: FileBuilder.everyKind)
  func survivesDamage(fileClass: ELFFile.FileClass, order: ByteOrder) {
    let whole = Samples.everything(fileClass, order).bytes()
    var refused = 0
    for length in 0..<whole.count where !readEverything(Array(whole[..<length])) { refused += 1 }
    #expect(refused > whole.count / 2)
    for index in whole.indices {
      for value: UInt8 in [0, 1, 0x7f, 0x80, 0xff] {
        var damaged = whole
        damaged[index] = value
        _ = readEverything(damaged)
      }
    }
    #expect(readEverything(whole))
  }

  private func readEverything(_ bytes: [UInt8]) -> Bool {
    do {
      let file = try ELFFile(ByteRegion(bytes))
      for table in [try file.symbolTable(), try file.dynamicSymbolTable()] {
        guard let table else { continue }
        for symbol in table { _ = table.name(of: symbol) }
      }
      for table in try file.relocationTables() { for relocation in table { _ = relocation.addend } }
      _ = try file.dynamicSection()
      _ = (file.notes(), file.usdtNotes(), file.buildID, file.debugLink)
      for section in file.sections { _ = try file.contents(of: section) }
      for segment in file.segments { _ = try file.contents(of: segment) }
      return true
    } catch {
      return false
    }
  }
}
