/// Why bytes cannot be read as an ELF file, or a part of them not as what it claims to be.
public enum ELFError: Error, Hashable, Sendable {
  /// The bytes do not start with the magic number 7f 45 4c 46.
  case notELF

  /// The identification names a class, byte order or version that does not exist; `field` is the name from elf.h.
  case unsupported(field: String, value: UInt64)

  /// A part lies outside of the file.
  case outOfBounds(part: String, offset: UInt64, size: UInt64, fileSize: Int)

  /// Entries of a table have an impossible size.
  case wrongEntrySize(part: String, size: UInt64, expected: Int)

  /// A section's index is not in the section header table.
  case noSuchSection(index: Int)

  /// A section is compressed (`SHF_COMPRESSED`), so its bytes cannot be used as they are.
  case compressed(section: String)
}
