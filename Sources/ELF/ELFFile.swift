/// An ELF file, of which only the parts that are asked for are read.
///
/// Opening reads the headers only. What is in memory is not copied.
///
///     let file = try ELFFile(ByteRegion(bytes))
///     file.type                       // .sharedObject
///     file.section(named: ".text")    // its place, size and flags
///     file.buildID?.description       // "ab64bf2f…"
///
/// Layout: System V gABI, chapter 4, and the kernel's `include/uapi/linux/elf.h`.
public struct ELFFile: Sendable {
  /// The file's bytes.
  public let source: any ByteSource
  /// How wide addresses are (`EI_CLASS`).
  public let fileClass: FileClass
  /// How integers are stored (`EI_DATA`).
  public let byteOrder: ByteOrder
  /// What kind of file it is (`e_type`).
  public let type: FileType
  /// The processor that it is meant for (`e_machine`).
  public let machine: Machine
  /// Where execution starts, 0 if nowhere (`e_entry`).
  public let entry: UInt64
  /// Processor-specific flags (`e_flags`).
  public let flags: UInt32
  /// The section headers, the reserved first one included, so that indexes are those of the file.
  public let sections: [Section]
  /// The program headers.
  public let segments: [Segment]

  /// How wide a file's addresses are.
  public enum FileClass: UInt8, Sendable {
    case elf32 = 1
    case elf64 = 2
  }

  /// A file's type, `ET_…`.
  public struct FileType: RawRepresentable, Hashable, Sendable {
    /// The value of `e_type`.
    public var rawValue: UInt16
    /// Any value of `e_type`.
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// `ET_REL`: an object file, not linked yet.
    public static let relocatable = Self(rawValue: 1)
    /// `ET_EXEC`: a program with fixed addresses.
    public static let executable = Self(rawValue: 2)
    /// `ET_DYN`: a shared library or a position-independent program.
    public static let sharedObject = Self(rawValue: 3)
    /// `ET_CORE`: the memory of a process that crashed.
    public static let core = Self(rawValue: 4)
  }

  /// A processor, `EM_…`.
  public struct Machine: RawRepresentable, Hashable, Sendable {
    /// The value of `e_machine`.
    public var rawValue: UInt16
    /// Any value of `e_machine`.
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// `EM_386`.
    public static let i386 = Self(rawValue: 3)
    /// `EM_ARM`: 32-bit Arm.
    public static let arm = Self(rawValue: 40)
    /// `EM_X86_64`.
    public static let amd64 = Self(rawValue: 62)
    /// `EM_AARCH64`: 64-bit Arm.
    public static let aarch64 = Self(rawValue: 183)
    /// `EM_RISCV`.
    public static let riscv = Self(rawValue: 243)
    /// `EM_BPF`.
    public static let bpf = Self(rawValue: 247)
  }

  /// Reads the headers of a file.
  ///
  /// - Throws: `.notELF`, `.unsupported`, or `.outOfBounds` and `.wrongEntrySize` for a header table that cannot be.
  public init(_ source: some ByteSource) throws(ELFError) {
    let header = try FileHeader(source)
    self.source = source
    self.fileClass = header.fileClass
    self.byteOrder = header.byteOrder
    self.type = FileType(rawValue: header.type)
    self.machine = Machine(rawValue: header.machine)
    self.entry = header.entry
    self.flags = header.flags
    self.sections = try header.readSections(of: source)
    self.segments = try header.readSegments(of: source, firstSection: sections.first)
  }

  /// The first section of that name.
  ///
  /// - Complexity: O(*n*) in the number of sections.
  public func section(named name: String) -> Section? {
    sections.first { $0.name == name }
  }

  /// The first section of that type.
  public func section(ofType type: SectionType) -> Section? {
    sections.first { $0.type == type }
  }

  /// The section's bytes in the file; none for a section without any (`SHT_NOBITS`).
  ///
  /// - Throws: `.outOfBounds` when they are not all in the file, `.compressed` when they would need unpacking.
  public func contents(of section: Section) throws(ELFError) -> ByteRegion {
    if section.type == .noBits { return ByteRegion([]) }
    if section.flags.contains(.compressed) { throw .compressed(section: section.name) }
    guard let contents = source.part(at: section.fileOffset, count: section.size) else {
      throw .outOfBounds(
        part: "section '\(section.name)'", offset: section.fileOffset, size: section.size, fileSize: source.count)
    }
    return contents
  }

  /// The segment's bytes in the file, which can be fewer than it takes in memory.
  ///
  /// - Throws: `.outOfBounds` when they are not all in the file.
  public func contents(of segment: Segment) throws(ELFError) -> ByteRegion {
    guard let contents = source.part(at: segment.fileOffset, count: segment.fileSize) else {
      throw .outOfBounds(
        part: "segment of type \(segment.type.rawValue)", offset: segment.fileOffset, size: segment.fileSize,
        fileSize: source.count)
    }
    return contents
  }
}
