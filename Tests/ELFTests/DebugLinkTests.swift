import ELF
import Testing

@Suite struct DebugLinkTests {
  @Test(arguments: FileBuilder.everyKind)
  func readsNameAndChecksum(fileClass: ELFFile.FileClass, order: ByteOrder) throws {
    let link = try #require(try Samples.everything(fileClass, order).file().debugLink)
    #expect(link.fileName == "x.debug")
    // The published check value of this CRC is that of the nine digits.
    #expect(link.checksum == DebugLink.checksum(of: ByteRegion("123456789".utf8)))
  }

  @Test func isNilWithoutTheSection() throws {
    #expect(try FileBuilder().file().debugLink == nil)
    #expect(try !FileBuilder().file().hasMiniDebugInfo)
  }
}
