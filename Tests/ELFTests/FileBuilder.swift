import ELF

/// Builds small ELF files of either class and byte order for tests.
struct FileBuilder {
  struct Part {
    var name: String
    var type: SectionType
    var bytes: [UInt8]
    var flags: SectionFlags = []
    var address: UInt64 = 0
    var link: UInt32 = 0
    var info: UInt32 = 0
    var entrySize: UInt64 = 0
    var alignment: UInt64 = 4
    /// Puts a wrong size in the header, to see it refused.
    var claimedSize: UInt64?
  }

  var fileClass = ELFFile.FileClass.elf64
  var order = ByteOrder.little
  var type = ELFFile.FileType.sharedObject
  var parts: [Part] = []
  /// Loads the parts with an address, one segment for each.
  var loadsParts = true

  static let everyKind: [(ELFFile.FileClass, ByteOrder)] = [
    (.elf64, .little), (.elf64, .big), (.elf32, .little), (.elf32, .big),
  ]

  func integer<I: FixedWidthInteger>(_ value: I) -> [UInt8] {
    withUnsafeBytes(of: order == .little ? value.littleEndian : value.bigEndian) { Array($0) }
  }

  func word(_ value: UInt64) -> [UInt8] {
    fileClass == .elf64 ? integer(value) : integer(UInt32(truncatingIfNeeded: value))
  }

  func symbol(name: UInt32, value: UInt64, size: UInt64, info: UInt8, section: UInt16) -> [UInt8] {
    fileClass == .elf64
      ? integer(name) + [info, 0] + integer(section) + integer(value) + integer(size)
      : integer(name) + word(value) + word(size) + [info, 0] + integer(section)
  }

  func note(name: String, type: UInt32, descriptor: [UInt8]) -> [UInt8] {
    let nameBytes = Array(name.utf8) + [0]
    func padding(_ count: Int) -> [UInt8] { Array(repeating: 0, count: (4 - count % 4) % 4) }
    return integer(UInt32(nameBytes.count)) + integer(UInt32(descriptor.count)) + integer(type)
      + nameBytes + padding(nameBytes.count) + descriptor + padding(descriptor.count)
  }

  /// The file, whose last section holds the sections' names.
  func bytes() -> [UInt8] {
    let is64 = fileClass == .elf64
    let headerSize = is64 ? 64 : 52
    let segmentSize = is64 ? 56 : 32
    var names: [UInt8] = [0]
    var nameOffsets: [UInt32] = []
    for name in parts.map(\.name) + [".shstrtab"] {
      nameOffsets.append(UInt32(names.count))
      names += Array(name.utf8) + [0]
    }
    let all = parts + [Part(name: ".shstrtab", type: .stringTable, bytes: names)]
    let loaded = loadsParts ? parts.indices.filter { parts[$0].address != 0 } : []

    var body: [UInt8] = []
    let bodyStart = headerSize + loaded.count * segmentSize
    var offsets: [UInt64] = []
    for part in all {
      while (bodyStart + body.count) % 8 != 0 { body.append(0) }
      offsets.append(UInt64(bodyStart + body.count))
      body += part.bytes
    }
    while (bodyStart + body.count) % 8 != 0 { body.append(0) }
    let sectionTable = UInt64(bodyStart + body.count)

    var file: [UInt8] = [0x7f, 0x45, 0x4c, 0x46, fileClass.rawValue, order == .little ? 1 : 2, 1]
    file += Array(repeating: 0, count: 9)
    file += integer(type.rawValue) + integer(ELFFile.Machine.amd64.rawValue) + integer(UInt32(1))
    file += word(0x1000) + word(loaded.isEmpty ? 0 : UInt64(headerSize)) + word(sectionTable)
    file += integer(UInt32(0)) + integer(UInt16(headerSize)) + integer(UInt16(segmentSize))
    file += integer(UInt16(loaded.count)) + integer(UInt16(is64 ? 64 : 40)) + integer(UInt16(all.count + 1))
    file += integer(UInt16(all.count))
    for index in loaded {
      let size = UInt64(parts[index].bytes.count)
      file += integer(UInt32(1)) + (is64 ? integer(UInt32(5)) : [])
      file += word(offsets[index]) + word(parts[index].address) + word(0) + word(size) + word(size)
      file += (is64 ? [] : integer(UInt32(5))) + word(4096)
    }
    file += body
    file += Array(repeating: 0, count: is64 ? 64 : 40)
    for (index, part) in all.enumerated() {
      file += integer(nameOffsets[index]) + integer(part.type.rawValue) + word(part.flags.rawValue)
      file += word(part.address) + word(offsets[index]) + word(part.claimedSize ?? UInt64(part.bytes.count))
      file += integer(part.link) + integer(part.info) + word(part.alignment) + word(part.entrySize)
    }
    return file
  }

  func file() throws(ELFError) -> ELFFile { try ELFFile(ByteRegion(bytes())) }
}
