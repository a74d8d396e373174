import ELF

/// Files that several tests read.
enum Samples {
  /// A file with a symbol table, relocations, a dynamic section, notes and a debug link.
  static func everything(_ fileClass: ELFFile.FileClass, _ order: ByteOrder) -> FileBuilder {
    var builder = FileBuilder(fileClass: fileClass, order: order)
    let b = builder
    let is64 = fileClass == .elf64
    let symbols =
      b.symbol(name: 0, value: 0, size: 0, info: 0, section: 0)
      + b.symbol(name: 1, value: 0x2000, size: 8, info: 0x12, section: 1)
      + b.symbol(name: 6, value: 0x2008, size: 4, info: 0x02, section: 1)
      + b.symbol(name: 12, value: 0, size: 0, info: 0x12, section: 0)
      + b.symbol(name: 999, value: 7, size: 0, info: 0x20, section: 0xfff1)
    let usdt =
      b.word(0x2004) + b.word(0x3000) + b.word(0x2008) + Array("libc\0setjmp\08@%rdi -4@%esi\0".utf8)
    builder.parts = [
      .init(
        name: ".text", type: .programBits, bytes: Array(repeating: 0x90, count: 16),
        flags: [.allocated, .executable], address: 0x2000),
      .init(name: ".strtab", type: .stringTable, bytes: Array("\0main\0start\0puts\0libc.so.6\0libx.so.1\0".utf8)),
      .init(
        name: ".symtab", type: .symbolTable, bytes: symbols, link: 2, info: 3, entrySize: is64 ? 24 : 16),
      .init(
        name: ".rela.text", type: .relocationsWithAddends,
        bytes: b.word(4) + b.word(is64 ? 3 << 32 | 2 : 3 << 8 | 2) + b.word(UInt64(bitPattern: -4)), link: 3, info: 1,
        entrySize: is64 ? 24 : 12),
      .init(
        name: ".rel.text", type: .relocations, bytes: b.word(8) + b.word(is64 ? 1 << 32 | 10 : 1 << 8 | 10),
        link: 3, info: 1, entrySize: is64 ? 16 : 8),
      .init(
        name: ".dynamic", type: .dynamic,
        bytes: b.word(1) + b.word(17) + b.word(14) + b.word(27) + b.word(0) + b.word(0), link: 2,
        entrySize: is64 ? 16 : 8),
      .init(
        name: ".note.gnu.build-id", type: .note,
        bytes: b.note(name: "GNU", type: 3, descriptor: [0xab, 0xcd, 0x01, 0x23])),
      .init(name: ".note.stapsdt", type: .note, bytes: b.note(name: "stapsdt", type: 3, descriptor: usdt)),
      .init(name: ".stapsdt.base", type: .programBits, bytes: [0], address: 0x3000),
      .init(
        name: ".gnu_debuglink", type: .programBits, bytes: Array("x.debug\0".utf8) + b.integer(UInt32(0xcbf4_3926))),
    ]
    return builder
  }
}
