import BPF
import BPFBuild
import KernelInterface
import KernelTesting
import LinuxSystem
import Testing

@testable import BPFKernel

/// What the running kernel makes of map definitions.
@Suite(.needs(.map(.bloomFilter))) struct MapTests {
  private static func object() throws -> BPFObject {
    let path = String(#filePath.dropLast("MapTests.swift".utf8.count)) + "Programs/maps.bpf.swift"
    return try BPFObject(ObjectSpec(bytes: Build(sources: [path]).run().bytes, name: "maps"))
  }

  @Test func everyMapIsMadeAsItIsDeclared() throws {
    let object = try Self.object()
    let expected: [(name: String, type: KernelInterface.MapType, key: Int, value: Int, count: Int)] = [
      ("hash", .hash, 24, 4, 8), ("lruHash", .lruHash, 24, 4, 8), ("perCPUHash", .perCPUHash, 24, 8, 8),
      ("lruPerCPUHash", .lruPerCPUHash, 24, 8, 8), ("array", .array, 4, 4, 8), ("perCPUArray", .perCPUArray, 4, 8, 8),
      ("trie", .longestPrefixTrie, 8, 8, 8), ("trie6", .longestPrefixTrie, 20, 8, 8), ("queue", .queue, 0, 4, 8),
      ("stack", .stack, 0, 4, 8), ("bloom", .bloomFilter, 0, 4, 8), ("ring", .ringBuffer, 0, 0, 4096),
      ("programs", .programArray, 4, 4, 2), ("stacks", .stackTrace, 4, 1016, 64), ("groups", .cgroupArray, 4, 4, 2),
      ("nested", .hashOfMaps, 4, 4, 4), ("nestedArray", .arrayOfMaps, 4, 4, 4), ("log", .ringBuffer, 0, 0, 4096),
    ]
    for map in expected {
      let spec = try object.map(named: map.name).spec
      #expect(spec.type == map.type, "\(map.name)")
      #expect(spec.keySize == map.key, "\(map.name)")
      #expect(spec.valueSize == map.value, "\(map.name)")
      #expect(spec.maxEntries == map.count, "\(map.name)")
    }
  }

  /// Padding in keys and values is 0, so that a key is found by its fields.
  @Test func paddingIsZero() throws {
    let object = try Self.object()
    _ = try object.program(named: "all").run()
    let process = withUnsafeBytes(of: UInt32(CurrentProcess.id)) { Array($0) }
    let key = process + [0, 0, 0, 0] + [1, 0, 0, 0, 0, 0, 0, 0] + [2, 0, 0, 0, 0, 0, 0, 0]
    #expect(try object.map(named: "hash").value(of: key) == [1, 0, 2, 0])
    #expect(try object.map(named: "lruHash").value(of: key) == [1, 0, 2, 0])
    #expect(try object.map(named: "array").value(of: [1, 0, 0, 0]) == [1, 0, 2, 0])
  }

  @Test func aLogRecordOfTheKernelIsALine() throws {
    let object = try Self.object()
    let log = try BPF.RingBuffer(object.map(named: "log"))
    _ = try object.program(named: "rest").run(
      TestRun(context: [UInt8](repeating: 0, count: 8) + [7, 0, 0, 0, 0, 0, 0, 0]))
    var lines: [LogLine] = []
    _ = try log.consume { if let line = LogLine(decoding: Array($0)) { lines.append(line) } }
    #expect(lines.map(\.process) == [UInt32(CurrentProcess.id)])
    #expect(lines.first?.text.hasPrefix("call 7 of ") == true)
    #expect(lines.first?.text.hasSuffix(" 0x1") == true)
  }
}
