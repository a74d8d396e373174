import KernelInterface
import KernelTesting
import LinuxSystem
import TestObjects
import Testing

@testable import BPF

@Suite(.needs(.map(.userRingBuffer))) struct UserRingBufferTests {
  let object: BPFObject
  let ring: UserRingBuffer

  init() throws {
    object = try BPFObject(ObjectSpec(path: try TestObject("user_ring").path))
    ring = try UserRingBuffer(object.map(named: "commands"))
  }

  /// How many records the program takes out now.
  private func drain() throws -> UInt32 {
    try object.program(named: "take_all").run(TestRun(context: [UInt8](repeating: 0, count: 16))).returnValue
  }

  private func sum() throws -> UInt64 { try object.variable("sum", as: UInt64.self).value }

  @Test func programsTakeWhatIsWritten() throws {
    #expect(try drain() == 0)
    #expect(ring.write(5 as UInt64))
    #expect(ring.write(bytes: [7, 0, 0, 0, 0, 0, 0, 0, 99]))
    #expect(try drain() == 2)
    #expect(try sum() == 12)
  }

  @Test func whatIsGivenUpIsNotSeen() throws {
    #expect(ring.withRecord(byteCount: 8) { _ in false })
    #expect(ring.write(3 as UInt64))
    #expect(try drain() == 1)
    #expect(try sum() == 3)
  }

  @Test func aFullBufferSaysSoAndGoesOn() throws {
    var written: UInt32 = 0
    while ring.write(1 as UInt64), written < 10_000 { written += 1 }
    // Records of 8 bytes and their headers.
    #expect(written == 4096 / 16)
    #expect(try drain() == written)
    // It goes round.
    for _ in 0..<200 {
      #expect(ring.write(2 as UInt64))
      #expect(try drain() == 1)
    }
    #expect(try sum() == UInt64(written) + 400)
  }

  @Test func refusesOtherMaps() throws {
    let other = try Map(.ringBuffer(name: "other", byteCount: 4096, pageSize: MemoryPage.size))
    #expect(throws: BPFError.wrongMapType(map: "other", .ringBuffer)) { try UserRingBuffer(other) }
    #expect(!ring.withRecord(byteCount: -1) { _ in true })
    #expect(!ring.write(bytes: [UInt8](repeating: 0, count: 5000)))
  }
}
