import BPF
import Bytecode
import Foundation
import KernelInterface
import LinuxSystem
import TestObjects
import Testing

@testable import InspectorCommand

@Suite struct MapElementTests {
  /// The bytes of a small number.
  private func bytes(_ number: UInt32) -> [UInt8] { withUnsafeBytes(of: number) { Array($0) } }

  @Test func writesReadsAndRemoves() throws {
    let map = try LiveMap.make(.hash, key: 4, value: 4)
    let words = try map.words
    #expect(
      try Inspection(["-j", "map", "update"] + words + "key 1 0 0 0 value 0x10 010 255 1".words).output == "null\n")
    #expect(try map.value(of: [1, 0, 0, 0]) == [16, 8, 255, 1])
    #expect(try Inspection(["map", "update"] + words + "value hex ff 0x1 a e key hex 1 0 0 0 exist".words).status == 0)
    #expect(try map.value(of: [1, 0, 0, 0]) == [255, 1, 10, 14])
    #expect(
      try Inspection(["map", "lookup"] + words + "key 1 0 0 0".words).output
        == "key: 01 00 00 00  value: ff 01 0a 0e\n")
    #expect(try Inspection(["map", "delete"] + words + "key 1 0 0 0".words).status == 0)
    #expect(try map.value(of: [1, 0, 0, 0]) == nil)
  }

  @Test func saysWhatIsNotThere() throws {
    let map = try LiveMap.make(.hash, key: 4, value: 4)
    let words = try ["map", "lookup"] + map.words + "key 9 0 0 0".words
    let plain = try Inspection(words)
    #expect(plain.output == "key:\n09 00 00 00\n\nNot found\n")
    #expect(plain.errors == "Error: map 'looked_at' has no such key\n")
    #expect(plain.status == 1)
    #expect(try Inspection(words, calledAs: .bpftool).status == 254)
    let document = try Inspection(["-j"] + words, calledAs: .bpftool)
    #expect(document.output == "null\n")
    #expect(document.status == 254)
    let removal = try Inspection(["map", "delete"] + map.words + "key 9 0 0 0".words, calledAs: .bpftool)
    #expect(
      removal.errors
        == "Error: map 'looked_at', key 09 00 00 00: there is no such key (ENOENT from bpf(BPF_MAP_DELETE_ELEM))\n")
    #expect(removal.status == 254)
    let next = try Inspection(["map", "getnext"] + map.words, calledAs: .bpftool)
    #expect(next.errors.contains("map 'looked_at', which is empty"))
    #expect(next.status == 254)
  }

  @Test func saysWhyAnElementIsNotWritten() throws {
    let map = try LiveMap.make(.hash, key: 4, value: 4, entries: 1)
    try map.update(bytes(1), to: bytes(2))
    let update = try ["map", "update"] + map.words
    let full = try Inspection(update + "key 2 0 0 0 value 1 1 1 1".words)
    #expect(full.errors.contains("key 02 00 00 00: the map is full (1 entries)"))
    let present = try Inspection(update + "key 1 0 0 0 value 1 1 1 1 noexist".words, calledAs: .bpftool)
    #expect(present.errors.contains("the key is there already"))
    #expect(present.status == 239)
    #expect(try Inspection(["map", "freeze"] + map.words).status == 0)
    let frozen = try Inspection(update + "key 1 0 0 0 value 1 1 1 1".words, calledAs: .bpftool)
    #expect(frozen.errors.contains("frozen"))
    #expect(frozen.status == 255)
    #expect(try map.value(of: bytes(1)) == bytes(2))
  }

  /// Words that mean nothing, with what is said about them; nothing is written then.
  @Test(arguments: [
    ("key 1 2 3", "key expected 4 bytes got 3"), ("key 1 2 3 value 1", "error parsing byte: value"),
    ("key 1 2 3 300", "error parsing byte: 300 is above 255"),
    ("key hex 1 2 3 1ff", "error parsing byte: 1ff is above 255"), ("key 1 2 3 -1", "error parsing byte: -1"),
    ("key 1 2 3 4 5", "expected key or value, got: 5"), ("key 1 2 3 4 key 1 2 3 4", "duplicate key"),
    ("key 1 2 3 4", "did not find value"), ("value 1 2 3 4", "did not find key"), ("any exist", "duplicate condition"),
    ("key", "key expected 4 bytes got 0"), ("key hex", "error parsing byte: hex"),
  ]) func refusesWords(_ words: String, _ expected: String) throws {
    let map = try LiveMap.make(.hash, key: 4, value: 4)
    let refused = try Inspection(["map", "update"] + map.words + words.words)
    #expect(refused.errors.contains(expected), "\(refused.errors)")
    #expect(refused.status == 2)
    #expect(try Inspection(["map", "update"] + map.words + words.words, calledAs: .bpftool).status == 255)
    #expect(try Inspection(["map", "lookup"] + map.words + ["key", "1", "2", "3", "4", "value"]).status == 2)
  }

  @Test func readsWhatTypesSay() throws {
    let object = try BPFObject(ObjectSpec(path: TestObject("typed_maps").path))
    let numbers = try object.map(named: "numbers")
    #expect(try Inspection(["map", "update"] + numbers.words + "key 1 value 1_000".words).status == 2)
    #expect(try Inspection(["map", "update"] + numbers.words + "value 1000000 key 1".words).status == 0)
    #expect(try numbers.value(of: bytes(1)) == bytes(1_000_000) + bytes(0))
    let lookup = try Inspection(["map", "lookup"] + numbers.words + "key 1".words)
    #expect(lookup.output == "{\n    \"key\": 1,\n    \"value\": 1000000\n}\n")
    // An address of 4 bytes is a key of 4 bytes.
    let points = try object.map(named: "points")
    #expect(
      try Inspection(["map", "update"] + points.words + ["key", "10.0.0.1", "value", "{x: -2,", "is_set: true}"]).status
        == 0)
    let stored = try points.value(of: [10, 0, 0, 1])
    #expect(stored?.prefix(8) == [254, 255, 255, 255, 0, 1, 0, 0])
    // Every CPU has it.
    #expect(stored?.suffix(8) == stored?.prefix(8))
    let commons = try object.map(named: "commons")
    let update = try ["map", "update"] + commons.words + ["key", "{a: 1, b: 0x2}"]
    #expect(try Inspection(update + ["value", "{pid: 7, comm: \"bash\", color: COLD, numbers: [1, 2]}"]).status == 0)
    let document = try Inspection(["map", "lookup"] + commons.words + ["key", "{a: 1, b: 2}"]).document()
    let value = (document as? [String: Any])?["value"] as? [String: Any]
    #expect(value?["pid"] as? Int == 7)
    #expect(value?["comm"] as? String == "bash")
    #expect(value?["color"] as? String == "COLD")
    #expect(value?["numbers"] as? [Int] == [1, 2, 0])
    let refused = try Inspection(update + ["value", "{pdi: 7}"])
    #expect(refused.errors.contains("value: struct common has no member 'pdi'; it has pid, comm"), "\(refused.errors)")
    #expect(refused.status == 2)
    #expect(try Inspection(["map", "lookup"] + commons.words + "key 1 2 3".words).errors.contains("8 bytes got 3"))
  }

  @Test(arguments: [MapType.queue, .stack]) func queuesAndStacks(_ type: MapType) throws {
    let map = try LiveMap.make(type, key: 0, value: 4)
    let words = try map.words
    #expect(try Inspection(["map", "push"] + words + "value 1 2 3 4".words).status == 0)
    #expect(try Inspection(["map", "enqueue"] + words + "value 5 6 7 8".words).status == 0)
    let first = type == .queue ? "01 02 03 04" : "05 06 07 08"
    #expect(try Inspection(["map", "peek"] + words).output == "value: \(first)\n")
    #expect(try Inspection(["map", "pop"] + words).output == "value: \(first)\n")
    let second = type == .queue ? ["0x05", "0x06", "0x07", "0x08"] : ["0x01", "0x02", "0x03", "0x04"]
    let taken = try Inspection(["-j", "map", "dequeue"] + words).document() as? [String: [String]]
    #expect(taken == ["key": [], "value": second])
    let empty = try Inspection(["map", "pop"] + words, calledAs: .bpftool)
    try known("empty-queues")
    if BPFTool.isInstalled { #expect(try BPFTool.output(["map", "pop"] + words) == "Error: empty map\n") }
    #expect(empty.errors == "Error: empty map\n")
    #expect(empty.status == 254)
    #expect(try Inspection(["-j", "map", "pop"] + words, calledAs: .bpftool).output == "null\n")
    #expect(try Inspection(["map", "push"] + words + "key 1 value 1 2 3 4".words).errors == "Error: unnecessary key\n")
    let hash = try LiveMap.make(.hash, key: 4, value: 4)
    #expect(try Inspection(["map", "pop"] + hash.words).status == 1)
  }

  @Test func putsProgramsIntoArrays() throws {
    let array = try LiveMap.make(.programArray, key: 4, value: 4)
    var code = Assembler()
    code.append(.move(.r0, 0))
    code.append(.exit)
    let program = try Program(ProgramSpec(name: "inner", type: .socketFilter, code: try code.finish()))
    let id = try program.info().id
    let words = try ["map", "update"] + array.words + "key 2 0 0 0 value id \(id)".words
    let update = try Inspection(words)
    #expect(update.status == 0)
    #expect(update.errors.hasPrefix("Warning: no other process and no pin that is seen here holds map 'looked_at'"))
    #expect(try Inspection(["-j"] + words).errors.isEmpty)
    #expect(try array.value(of: bytes(2)) == bytes(id))
    let dump = try ["map", "dump"] + array.words
    let digits = bytes(id).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
    #expect(try Inspection(dump).output == "key: 02 00 00 00  value: \(digits)\nFound 1 element\n")
    if BPFTool.isInstalled { #expect(try Inspection(dump).output == BPFTool.output(dump)) }
    #expect(try Inspection(words.dropLast() + ["4294967295"]).status == 1)
  }

  @Test(arguments: [MapType.arrayOfMaps, .hashOfMaps]) func putsMapsIntoMaps(_ type: MapType) throws {
    let (outer, inner) = try LiveMap.holding(type)
    let words = try ["map", "update"] + outer.words + "key 2 0 0 0 value".words
    #expect(try Inspection(words + inner.words).status == 0)
    #expect(try outer.value(of: bytes(2)) == bytes(inner.info().id))
    #expect(try Inspection(words + ["1", "2", "3", "4"]).errors.contains("expected 'id', 'name' or 'pinned'"))
    #expect(try Inspection(words + ["id", "4294967295"], calledAs: .bpftool).status == 254)
  }
}

extension String {
  /// What a shell makes of it.
  fileprivate var words: [String] { split(separator: " ").map(String.init) }
}
