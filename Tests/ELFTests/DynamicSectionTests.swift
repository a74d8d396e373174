import ELF
import Testing

@Suite struct DynamicSectionTests {
  @Test(arguments: FileBuilder.everyKind)
  func readsNames(fileClass: ELFFile.FileClass, order: ByteOrder) throws {
    let dynamic = try #require(try Samples.everything(fileClass, order).file().dynamicSection())
    #expect(dynamic.sharedObjectName == "libx.so.1")
    #expect(dynamic.neededLibraries == ["libc.so.6"])
    #expect(try FileBuilder().file().dynamicSection() == nil)
  }
}
