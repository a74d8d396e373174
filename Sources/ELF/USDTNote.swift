/// A probe that a program's author placed: user statically defined tracing, as `sys/sdt.h` leaves it.
///
/// Format: note "stapsdt" of type 3: three addresses (the probe, the section `.stapsdt.base` as the compiler saw it,
/// the semaphore) and three strings (provider, name, arguments); SystemTap's "UserSpaceProbeImplementation".
public struct USDTNote: Hashable, Sendable {
  /// Who provides it, such as "libc".
  public let provider: String
  /// The probe's name, such as "setjmp".
  public let name: String
  /// The arguments, each as `size@operand` in the assembler's words, apart by spaces.
  public let arguments: String
  /// The address of the probe's instruction, corrected for prelink.
  public let location: UInt64
  /// Where the probe's instruction lies in the file, or nil when it is not loaded from there.
  public let fileOffset: UInt64?
  /// The address of the 16-bit counter that turns the probe on, or nil when it needs none.
  public let semaphore: UInt64?
  /// Where the counter lies in the file, as the kernel wants it (`ref_ctr_offset`).
  public let semaphoreFileOffset: UInt64?
}

extension ELFFile {
  /// The probes in the section `.note.stapsdt`, in its order.
  ///
  /// One name can occur several times. The note's addresses are those of the link. Prelink moves the file later but not the notes: the distance is told
  /// by the section `.stapsdt.base`.
  public func usdtNotes() -> [USDTNote] {
    let wordSize = fileClass == .elf64 ? 8 : 4
    let base = section(named: ".stapsdt.base")?.address
    return sections.filter { $0.type == .note && $0.name == ".note.stapsdt" }
      .compactMap { section in source.part(at: section.fileOffset, count: section.size) }
      .flatMap { Self.notes(in: $0, alignment: 4, order: byteOrder) }
      .compactMap { note in
        guard note.name == "stapsdt", note.type == 3 else { return nil }
        var fields = FieldReader(note.descriptor, at: 0, fileClass: fileClass, order: byteOrder)
        guard let location = try? fields.nextWord(), let noteBase = try? fields.nextWord(),
          let semaphore = try? fields.nextWord()
        else { return nil }
        var offset = 3 * wordSize
        var strings: [String] = []
        for _ in 0..<3 {
          guard let string = note.descriptor.cString(at: offset) else { return nil }
          strings.append(string.text)
          offset += string.count + 1
        }
        let distance = base.map { $0 &- noteBase } ?? 0
        let moved = location &+ distance
        let counter = semaphore == 0 ? nil : semaphore &+ distance
        return USDTNote(
          provider: strings[0], name: strings[1], arguments: strings[2], location: moved,
          fileOffset: fileOffset(ofAddress: moved), semaphore: counter,
          semaphoreFileOffset: counter.flatMap { fileOffset(ofAddress: $0) })
      }
  }
}
