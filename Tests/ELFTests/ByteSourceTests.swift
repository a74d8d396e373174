import ELF
import Synchronization
import Testing

@Suite struct ByteSourceTests {
  /// Counts the bytes that were asked for, as a file that is read on demand would see them.
  final class CountingSource: ByteSource {
    let region: ByteRegion
    let bytesRead = Mutex(0)

    init(_ bytes: [UInt8]) { region = ByteRegion(bytes) }

    var count: Int { region.count }

    func part(at offset: Int, count: Int) -> ByteRegion? {
      bytesRead.withLock { $0 += count }
      return region.part(at: offset, count: count)
    }
  }

  @Test func onlyTheWantedPartsAreRead() throws {
    var builder = Samples.everything(.elf64, .little)
    builder.parts.append(.init(name: ".debug_info", type: .programBits, bytes: Array(repeating: 0, count: 1 << 20)))
    let source = CountingSource(builder.bytes())
    let file = try ELFFile(source)
    #expect(try file.symbolTable()?.count == 5)
    #expect(source.bytesRead.withLock { $0 } < 4096)
  }

  @Test func regionsGiveNilOutsideOfThem() {
    let region = ByteRegion([1, 2, 3, 0, 5])
    #expect(region.part(at: 1, count: 4)?.count == 4)
    #expect(region.part(at: 5, count: 0)?.isEmpty == true)
    #expect(region.part(at: 1, count: 5) == nil)
    #expect(region.part(at: -1, count: 1) == nil)
    #expect(region.part(at: UInt64.max, count: 2) == nil)
    #expect(region.integer(at: 1, as: UInt16.self, order: .big) == 0x0203)
    #expect(region.integer(at: 4, as: UInt16.self, order: .little) == nil)
    #expect(region.integer(at: .max, as: UInt64.self, order: .little) == nil)
    #expect(region.cString(at: 1) == ByteRegion([2, 3]))
    #expect(region.cString(at: 4) == nil)
  }
}
