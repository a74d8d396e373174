import ELF
import Testing

@Suite struct NoteTests {
  @Test(arguments: FileBuilder.everyKind)
  func findsTheBuildID(fileClass: ELFFile.FileClass, order: ByteOrder) throws {
    let file = try Samples.everything(fileClass, order).file()
    #expect(file.notes().map(\.name) == ["GNU", "stapsdt"])
    let id = try #require(file.buildID)
    #expect(id.description == "abcd0123")
    #expect(id.debugFilePath == ".build-id/ab/cd0123.debug")
  }

  @Test(arguments: FileBuilder.everyKind)
  func decodesUSDTNotes(fileClass: ELFFile.FileClass, order: ByteOrder) throws {
    let file = try Samples.everything(fileClass, order).file()
    let notes = file.usdtNotes()
    try #require(notes.count == 1)
    #expect(notes[0].provider == "libc")
    #expect(notes[0].name == "setjmp")
    #expect(notes[0].arguments == "8@%rdi -4@%esi")
    #expect(notes[0].location == 0x2004)
    #expect(notes[0].fileOffset == file.segments[0].fileOffset + 4)
    #expect(notes[0].semaphore == 0x2008)
    #expect(notes[0].semaphoreFileOffset == file.segments[0].fileOffset + 8)
  }

  @Test func movesUSDTNotesOfAPrelinkedFile() throws {
    var builder = Samples.everything(.elf64, .little)
    builder.parts[8].address = 0x3008
    let note = try #require(try builder.file().usdtNotes().first)
    #expect(note.location == 0x200c)
    #expect(note.semaphore == 0x2010)
    #expect(note.semaphoreFileOffset == nil)
  }

  @Test func stopsAtANoteThatIsCutOff() throws {
    var builder = FileBuilder()
    let good = builder.note(name: "A", type: 1, descriptor: [1])
    builder.parts = [.init(name: ".note", type: .note, bytes: good + builder.integer(UInt32(900)) + [0, 0, 0, 0])]
    let notes = try builder.file().notes()
    #expect(notes.map(\.name) == ["A"])
    #expect(notes.first?.descriptor == ByteRegion([1]))
  }
}
