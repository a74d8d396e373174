/// Reads the fields of a structure one after the other, in the file's byte order and word size.
struct FieldReader {
  let bytes: ByteRegion
  let fileClass: ELFFile.FileClass
  let order: ByteOrder
  private(set) var offset: Int

  init(_ bytes: ByteRegion, at offset: Int, fileClass: ELFFile.FileClass, order: ByteOrder) {
    self.bytes = bytes
    self.offset = offset
    self.fileClass = fileClass
    self.order = order
  }

  /// The next field.
  mutating func next<I: FixedWidthInteger>(_ type: I.Type) throws(ELFError) -> I {
    guard let value = bytes.integer(at: offset, as: type, order: order) else {
      throw .outOfBounds(
        part: "field", offset: UInt64(clamping: offset), size: UInt64(MemoryLayout<I>.size), fileSize: bytes.count)
    }
    offset += MemoryLayout<I>.size
    return value
  }

  /// The next address, offset or size, which is as wide as the file's class says.
  mutating func nextWord() throws(ELFError) -> UInt64 {
    fileClass == .elf64 ? try next(UInt64.self) : UInt64(try next(UInt32.self))
  }
}
