/// A note: a piece of information that a tool left in the file.
public struct Note: Sendable {
  /// Who wrote it, such as "GNU" or "stapsdt".
  public let name: String
  /// What it is; each writer counts for itself.
  public let type: UInt32
  /// Its contents.
  public let descriptor: ByteRegion
}

extension ELFFile {
  /// The notes of all sections of type `SHT_NOTE`, or, in a file without sections, of all `PT_NOTE` segments.
  ///
  /// Reading stops at a note that is cut off; the ones before it are given.
  public func notes() -> [Note] {
    let sectionParts = sections.lazy.filter { $0.type == .note }
      .compactMap { section in source.part(at: section.fileOffset, count: section.size).map { ($0, section.alignment) }
      }
    let parts =
      sectionParts.isEmpty
      ? segments.filter { $0.type == .note }
        .compactMap { segment in
          source.part(at: segment.fileOffset, count: segment.fileSize).map { ($0, segment.alignment) }
        }
      : Array(sectionParts)
    return parts.flatMap { part, alignment in Self.notes(in: part, alignment: alignment, order: byteOrder) }
  }

  /// The notes in a section's bytes.
  ///
  /// Header: three words for the sizes of name and descriptor and the type. Both are padded to four bytes, or to eight
  /// where the section is aligned so (`.note.gnu.property`).
  static func notes(in region: ByteRegion, alignment: UInt64, order: ByteOrder) -> [Note] {
    let step = alignment == 8 ? 8 : 4
    var notes: [Note] = []
    var offset = 0
    while let nameSize = region.integer(at: offset, as: UInt32.self, order: order),
      let descriptorSize = region.integer(at: offset + 4, as: UInt32.self, order: order),
      let type = region.integer(at: offset + 8, as: UInt32.self, order: order),
      let name = region.part(at: offset + 12, count: Int(nameSize))
    {
      let descriptorStart = (offset + 12 + name.count + step - 1) / step * step
      guard let descriptor = region.part(at: descriptorStart, count: Int(descriptorSize)) else { break }
      notes.append(Note(name: name.string(at: 0) ?? name.text, type: type, descriptor: descriptor))
      offset = (descriptorStart + descriptor.count + step - 1) / step * step
    }
    return notes
  }
}
