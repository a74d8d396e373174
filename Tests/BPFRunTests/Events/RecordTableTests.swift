import BPF
import TestObjects
import Testing

@testable import BPFRun

@Suite struct RecordTableTests {
  private func table(of map: String) throws -> RecordTable {
    let spec = try ObjectSpec(path: TestObject("run_events").path)
    let search = try RecordTypeSearch(spec, chosen: [:])
    let map = try #require(spec.maps.first { $0.name == map })
    return RecordTable(name: map.name, type: RecordType(of: map, search, spec.types))
  }

  /// A `struct executed`: uid 1000, HASTY, port 80, bytes 1 and 2, "bash", first, number 2^40.
  private let record: [UInt8] =
    [0xe8, 3, 0, 0, 7, 0, 0, 0, 80, 0, 1, 2] + Array("bash".utf8) + [UInt8](repeating: 0, count: 12)
    + [1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0]

  @Test func membersAreColumns() throws {
    var table = try table(of: "records")
    #expect(table.header(label: 0) == "UID     MOOD  PEER.PORT PEER.BYTES COMM             FIRST NUMBER")
    #expect(table.header(label: 0) == nil)
    let row = record.withUnsafeBytes { table.row($0, label: 0) }
    #expect(row == "1000    HASTY 80        [1,2]      bash             true  1099511627776")
    #expect(record.withUnsafeBytes { table.row($0, label: 9) }.hasPrefix("records   1000 "))
  }

  @Test func jsonKeepsTheShapeOfTheStruct() throws {
    var table = try table(of: "records")
    #expect(
      record.withUnsafeBytes { table.json($0) }
        == #"{"uid":1000,"mood":"HASTY","peer":{"port":80,"bytes":[1,2]},"comm":"bash","first":true,"number":1099511627776}"#
    )
  }

  @Test func aRecordOfAnotherTypeIsShownAsBytes() throws {
    var table = try table(of: "records")
    let short: [UInt8] = [1, 0xab]
    #expect(short.withUnsafeBytes { table.row($0, label: 0) } == "01 ab")
    #expect(short.withUnsafeBytes { table.json($0) } == "[1,171]")
    #expect(table.isMismatched)
    #expect(table.typeName == "struct executed (40 bytes)")
    var untyped = RecordTable(name: "m", type: nil)
    #expect(untyped.header(label: 0) == nil)
    #expect(short.withUnsafeBytes { untyped.row($0, label: 3) } == "m   01 ab")
    #expect(!untyped.isMismatched)
  }

  @Test func textStaysOnItsLine() throws {
    var table = try table(of: "notes")
    _ = table.header(label: 0)
    let bytes: [UInt8] = [0xff, 0xff, 0xff, 0xff, 0x61, 0x09, 0x0a, 0x1b, 0, 0, 0, 0]
    #expect(bytes.withUnsafeBytes { table.row($0, label: 0) } == #"-1      a\t\n\x1b"#)
  }
}
