import BPF
import Foundation
import KernelInterface
import LinuxSystem
import TestObjects
import Testing

@testable import InspectorCommand

@Suite struct MapDumpTests {
  /// A sort of map, with sizes on both sides of where the lines break.
  struct Shape: CustomStringConvertible, Sendable {
    var type: MapType
    var key: Int
    var value: Int
    var flags: MapCreation.Flags = []
    var description: String { "\(type) \(key) \(value)" }
  }

  static let shapes: [Shape] = [
    Shape(type: .hash, key: 4, value: 8), Shape(type: .hash, key: 4, value: 20), Shape(type: .hash, key: 4, value: 21),
    Shape(type: .hash, key: 8, value: 16), Shape(type: .hash, key: 8, value: 17), Shape(type: .hash, key: 16, value: 8),
    Shape(type: .hash, key: 16, value: 9), Shape(type: .hash, key: 16, value: 16),
    Shape(type: .hash, key: 17, value: 8),
    Shape(type: .hash, key: 40, value: 70), Shape(type: .lruHash, key: 4, value: 1),
    Shape(type: .perCPUHash, key: 4, value: 8), Shape(type: .perCPUHash, key: 20, value: 17),
    Shape(type: .perCPUArray, key: 4, value: 12), Shape(type: .array, key: 4, value: 4),
    Shape(type: .longestPrefixTrie, key: 8, value: 4, flags: .noPreallocation),
    Shape(type: .programArray, key: 4, value: 4),
  ]

  @Test(.enabled(if: BPFTool.isInstalled, "bpftool is not installed"), arguments: shapes)
  func printsAsBPFToolDoes(_ shape: Shape) throws {
    let map =
      shape.type == .programArray
      ? try LiveMap.make(shape.type, key: 4, value: 4)
      : try LiveMap.filled(shape.type, key: shape.key, value: shape.value, flags: shape.flags)
    try expectSame(["map", "dump"] + map.words)
    var key = [UInt8](repeating: 0, count: shape.key)
    for index in key.indices where index >= 4 { key[index] = UInt8(truncatingIfNeeded: index * 7) }
    let words = try map.words + ["key"] + key.map { "\($0)" }
    try expectSame(["map", "lookup"] + words)
    try expectSame(["map", "getnext"] + map.words)
    try expectSame(["map", "getnext"] + words)
  }

  @Test(.enabled(if: BPFTool.isInstalled, "bpftool is not installed")) func printsAnEmptyMapAsBPFToolDoes() throws {
    let map = try LiveMap.make(.hash, key: 4, value: 4)
    try expectSame(["map", "dump"] + map.words)
    // Its number is of use only as long as it lives.
    withExtendedLifetime(map) {}
  }

  private func expectSame(_ words: [String], _ location: SourceLocation = #_sourceLocation) throws {
    let peer = try BPFTool.run(words)
    let ours = try Inspection(words, calledAs: .bpftool)
    // An error is told in other words.
    if peer.output.hasPrefix("Error") || peer.output.isEmpty {
      #expect(ours.status == peer.status, sourceLocation: location)
      return
    }
    #expect(ours.output == peer.output, sourceLocation: location)
    #expect(ours.status == peer.status, sourceLocation: location)
    for option in ["-j", "-p"] {
      #expect(try Inspection([option] + words).output == BPFTool.output([option] + words), sourceLocation: location)
    }
  }

  @Test(.enabled(if: BPFTool.isInstalled, "bpftool is not installed")) func printsTypesAsBPFToolDoes() throws {
    let object = try BPFObject(ObjectSpec(path: TestObject("typed_maps").path))
    let commons = try object.map(named: "commons")
    var value = [UInt8](0..<UInt8(commons.spec.valueSize))
    value.replaceSubrange(4..<12, with: Array("bash\0xyz".utf8))
    value.replaceSubrange(48..<52, with: [1, 0, 0, 0])
    // Letters and truths.
    for place in [16, 17, 36, 37, 44, 45] { value[place] = 1 }
    try commons.update([1, 0, 0, 0, 2, 0, 0, 0], to: value)
    var high = [UInt8](repeating: 255, count: value.count)
    // Numbers without a name are printed as the enum's sign says, which kernels before 6.0 do not keep.
    high.replaceSubrange(48..<52, with: [2, 0, 0, 0])
    try commons.update([1, 0, 0, 0, 3, 0, 0, 0], to: high)
    let points = try object.map(named: "points")
    for key in [1, 2] as [UInt8] {
      try points.update([key, 0, 0, 0], to: (0..<points.storedValueSize).map { $0 % 8 == 5 ? 1 : UInt8($0) })
    }
    for map in [commons, points, try object.map(named: "numbers"), try object.map(named: "typed_ma.bss")] {
      try expectSame(["map", "dump"] + map.words)
    }
    try expectSame(["map", "lookup"] + commons.words + ["key", "1", "0", "0", "0", "2", "0", "0", "0"])
    try expectSame(["map", "lookup"] + points.words + ["key", "hex", "1", "0", "0", "0"])
    try expectSame(["map", "lookup"] + points.words + ["key", "9", "0", "0", "0"])
  }

  /// Ours is JSON and loses no member.
  @Test(.enabled(if: BPFTool.isInstalled, "bpftool is not installed")) func printsOddTypesAsJSON() throws {
    let map = try BPFObject(ObjectSpec(path: TestObject("typed_maps").path)).map(named: "odds")
    try map.update([1, 0, 0, 0], to: [UInt8](0..<UInt8(map.spec.valueSize)))
    let words = try ["map", "lookup"] + map.words + ["key", "1"]
    let peer = try BPFTool.output(["map", "lookup"] + map.words + ["key", "1", "0", "0", "0"])
    try known("bare-numbers")
    for number in ["0x706050403020100", "0x0", "0x1", "0x2f2e2d2c2b2a29282726252423222120"] {
      #expect(peer.contains(": \(number)"))
    }
    let document = try Inspection(words).document() as? [String: Any]
    let value = document?["value"] as? [String: Any]
    #expect(value?["pointer"] as? String == "0x706050403020100")
    #expect(value?["three"] as? String == "0x0")
    #expect(value?["five"] as? String == "0x1")
    #expect(value?["wide"] as? String == "0x2f2e2d2c2b2a29282726252423222120")
    try known("anonymous-members")
    #expect(peer.components(separatedBy: "\"\": {").count == 3)
    #expect(value?["whole"] as? Int == 0x0f0e_0d0c)
    #expect(value?["low"] as? Int == 0x0c)
    #expect(value?["inner"] as? Int == 0x1716_1514_1312_1110)
    let both = try Inspection(["-j"] + words).document() as? [String: Any]
    let formatted = both?["formatted"] as? [String: Any]
    #expect((formatted?["value"] as? [String: Any])?["pointer"] as? UInt64 == 0x0706_0504_0302_0100)
  }

  @Test(arguments: [MapType.arrayOfMaps, .hashOfMaps]) func namesInnerMaps(_ type: MapType) throws {
    let (outer, inner) = try LiveMap.holding(type)
    let id = try inner.info().id
    try known("inner-maps")
    #expect(
      try Inspection(["map", "dump"] + outer.words).output
        == "key: 01 00 00 00  inner_map_id: \(id) \nFound 1 element\n")
    let document = try Inspection(["-j", "map", "dump"] + outer.words).document() as? [[String: Any]]
    #expect(document?.map { $0["inner_map_id"] as? UInt32 } == [id])
  }

  /// Linux 5.16.
  private static let hasBloomFilters = (try? LiveMap.make(.bloomFilter, key: 0, value: 4)) != nil

  @Test func saysWhyAMapCannotBeDumped() throws {
    for type in [MapType.queue, .stack] + (Self.hasBloomFilters ? [.bloomFilter] : []) {
      let map = try LiveMap.make(type, key: 0, value: 4)
      for option in [[], ["-j"]] as [[String]] {
        let dump = try Inspection(option + ["map", "dump"] + map.words)
        #expect(dump.status == 1)
        let said = option.isEmpty ? dump.errors : try #require(dump.document() as? [String: String])["error"] ?? ""
        #expect(said.contains("of type \(type), whose elements have no keys"), "\(said)")
        #expect(option.isEmpty == dump.output.isEmpty)
      }
    }
    // Each element of an array of perf events says why for itself.
    let events = try LiveMap.make(.perfEventArray, key: 4, value: 4, entries: 2)
    let dump = try Inspection(["map", "dump"] + events.words)
    #expect(
      dump.output == "key:\n00 00 00 00\nvalue:\nOperation not supported\nkey:\n01 00 00 00\nvalue:\n"
        + "Operation not supported\nFound 0 elements\n")
    let document = try Inspection(["-j", "map", "dump"] + events.words).document() as? [[String: Any]]
    #expect(document?.count == 2)
    #expect(document?.first?["value"] as? [String: String] == ["error": "Operation not supported"])
  }

  @Test func dumpsAllMapsOfAName() throws {
    let name = "twice_\(ProcessInfo.processInfo.processIdentifier % 100_000)"
    let maps = try (0..<2).map { _ in try LiveMap.make(.hash, key: 4, value: 4, name: name) }
    try maps[1].update([1, 0, 0, 0], to: [2, 0, 0, 0])
    let ids = try maps.map { try $0.info().id }
    #expect(
      try Inspection(["map", "dump", "name", name]).output == """
        \(ids[0]): hash  name \(name)  flags 0x0
        Found 0 elements

        \(ids[1]): hash  name \(name)  flags 0x0
        key: 01 00 00 00  value: 02 00 00 00
        Found 1 element

        """)
    let document = try Inspection(["-j", "map", "dump", "name", name]).document() as? [[String: Any]]
    #expect(document?.map { ($0["elements"] as? [Any])?.count } == [0, 1])
    for words in [["delete", "name", name, "key", "1", "0", "0", "0"], ["freeze", "name", name]] {
      let refused = try Inspection(["map"] + words)
      #expect(refused.status == 1)
      #expect(refused.errors.contains("name \(name) means several: id \(ids[0]), id \(ids[1])"))
    }
    #expect(try maps[1].value(of: [1, 0, 0, 0]) == [2, 0, 0, 0])
    #expect(try Inspection(["map", "dump"]).status == 2)
  }

  /// More elements than a batch takes, each once.
  @Test func dumpsManyBatches() throws {
    let map = try LiveMap.make(.hash, key: 4, value: 4, entries: 5000)
    for number in 0..<UInt32(5000) {
      try map.update(withUnsafeBytes(of: number) { Array($0) }, to: withUnsafeBytes(of: ~number) { Array($0) })
    }
    let lines = try Inspection(["map", "dump"] + map.words).output.split(separator: "\n")
    #expect(lines.last == "Found 5000 elements")
    #expect(Set(lines.dropLast()).count == 5000)
    let document = try Inspection(["-j", "map", "dump"] + map.words).document() as? [[String: [String]]]
    #expect(document?.count == 5000)
    #expect(Set(document?.compactMap { $0["key"] } ?? []).count == 5000)
  }

  @Test func endsWhenNothingCanBeWritten() throws {
    let map = try LiveMap.make(.array, key: 4, value: 64, entries: 10_000)
    for option in [[], ["-j"], ["-p"]] as [[String]] {
      let output = BufferedOutput(try FileSystem.open("/dev/full", .write), subject: "output", buffering: .full)
      let errors = BufferedOutput(try FileSystem.open("/dev/null", .write), subject: "errors", buffering: .full)
      let words = try option + ["map", "dump"] + map.words
      #expect(InspectorInvocation(words, calledAs: .bpf).run(output: output, errors: errors) == 1)
    }
  }
}
