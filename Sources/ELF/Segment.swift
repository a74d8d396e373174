/// A program header: a part of the file and where it goes in memory.
public struct Segment: Hashable, Sendable {
  /// What it is (`p_type`).
  public let type: SegmentType
  /// What may be done with its memory (`p_flags`).
  public let access: SegmentAccess
  /// Where its bytes start in the file (`p_offset`).
  public let fileOffset: UInt64
  /// Where it lies in memory, before the file is moved as a whole (`p_vaddr`).
  public let address: UInt64
  /// How many bytes it has in the file (`p_filesz`).
  public let fileSize: UInt64
  /// How many bytes it takes in memory (`p_memsz`).
  public let memorySize: UInt64
  /// Address and file offset are the same modulo this (`p_align`).
  public let alignment: UInt64

  init(from fields: inout FieldReader) throws(ELFError) {
    type = SegmentType(rawValue: try fields.next(UInt32.self))
    // The flags are the second field of the 64-bit structure and the second last of the 32-bit one.
    var flags: UInt32 = 0
    if fields.fileClass == .elf64 { flags = try fields.next(UInt32.self) }
    fileOffset = try fields.nextWord()
    address = try fields.nextWord()
    _ = try fields.nextWord()  // p_paddr
    fileSize = try fields.nextWord()
    memorySize = try fields.nextWord()
    if fields.fileClass == .elf32 { flags = try fields.next(UInt32.self) }
    access = SegmentAccess(rawValue: flags)
    alignment = try fields.nextWord()
  }
}

/// What a segment is, `PT_…`.
public struct SegmentType: RawRepresentable, Hashable, Sendable {
  /// The value of `p_type`.
  public var rawValue: UInt32
  /// Any value of `p_type`.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// `PT_LOAD`: a part that is mapped.
  public static let load = Self(rawValue: 1)
  /// `PT_DYNAMIC`: what the dynamic linker needs.
  public static let dynamic = Self(rawValue: 2)
  /// `PT_INTERP`: the path of the dynamic linker.
  public static let interpreter = Self(rawValue: 3)
  /// `PT_NOTE`: notes.
  public static let note = Self(rawValue: 4)
}

/// What may be done with a segment's memory, `PF_…`.
public struct SegmentAccess: OptionSet, Hashable, Sendable {
  /// The value of `p_flags`.
  public var rawValue: UInt32
  /// Any value of `p_flags`.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// `PF_X`.
  public static let execute = Self(rawValue: 1)
  /// `PF_W`.
  public static let write = Self(rawValue: 2)
  /// `PF_R`.
  public static let read = Self(rawValue: 4)
}
