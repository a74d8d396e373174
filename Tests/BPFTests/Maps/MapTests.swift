import KernelInterface
import KernelTesting
import LinuxSystem
import Testing

@testable import BPF

func bytes<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] { withUnsafeBytes(of: number) { Array($0) } }

@Suite struct MapTests {
  @Test func elements() throws {
    let map = try Map(MapSpec(name: "elements", type: .hash, keySize: 4, valueSize: 8, maxEntries: 2))
    #expect(try map.value(of: bytes(1 as UInt32)) == nil)
    try map.update(bytes(1 as UInt32), to: bytes(10 as UInt64))
    try map.update(bytes(2 as UInt32), to: bytes(20 as UInt64))
    #expect(
      throws: BPFError.systemCall(
        SystemCallError(call: "bpf(BPF_MAP_UPDATE_ELEM)", subject: "map 'elements'", errno: .argumentListTooLong))
    ) {
      try map.update(bytes(3 as UInt32), to: bytes(30 as UInt64))
    }
    #expect(try map.value(of: bytes(2 as UInt32)) == bytes(20 as UInt64))
    #expect(try map.remove(bytes(2 as UInt32)))
    #expect(try map.remove(bytes(1 as UInt32)))
    #expect(try !map.remove(bytes(1 as UInt32)))
    #expect(throws: BPFError.wrongSize(map: "elements", expected: 4, given: 3)) { try map.value(of: [1, 2, 3]) }
    #expect(throws: BPFError.wrongSize(map: "elements", expected: 8, given: 0)) {
      try map.update(bytes(1 as UInt32), to: [])
    }
  }

  @Test(.needs(.mapOption(.lookupAndDelete))) func takesElements() throws {
    let map = try Map(MapSpec(name: "take", type: .hash, keySize: 4, valueSize: 8, maxEntries: 2))
    try map.update(bytes(2 as UInt32), to: bytes(20 as UInt64))
    #expect(try map.take(bytes(2 as UInt32)) == bytes(20 as UInt64))
    #expect(try map.take(bytes(2 as UInt32)) == nil)
  }

  @Test(arguments: [MapType.hash, .lruHash, .array])
  func walksInBatches(_ type: MapType) throws {
    let map = try Map(MapSpec(name: "batches", type: type, keySize: 4, valueSize: 4, maxEntries: 5000))
    for key in 0..<3000 as Range<UInt32> { try map.update(bytes(key), to: bytes(key &* 7)) }
    var seen: [UInt32: UInt32] = [:]
    var calls = 0
    try map.forEach { key, value in
      calls += 1
      seen[key.unsafeLoad(as: UInt32.self)] = value.unsafeLoad(as: UInt32.self)
    }
    #expect(calls == (type == .array ? 5000 : 3000))
    #expect((0..<3000).allSatisfy { seen[$0] == $0 &* 7 })
  }

  @Test(arguments: [MapType.hash, .perCPUHash, .longestPrefixTrie])
  func removesAll(_ type: MapType) throws {
    let map = try Map(
      MapSpec(
        name: "clear", type: type, keySize: 8, valueSize: 8, maxEntries: 300,
        flags: type == .longestPrefixTrie ? .noPreallocation : []))
    for key in 1...300 as ClosedRange<UInt32> {
      try map.update(bytes(32 as UInt32) + bytes(key.bigEndian), to: Array(repeating: 1, count: map.storedValueSize))
    }
    var removed = 0
    try map.removeAll { _, value in removed += value.byteCount == map.storedValueSize ? 1 : 0 }
    #expect(removed == 300)
    try map.forEach { _, _ in Issue.record("an element was left") }
  }

  @Test func walksKeyByKeyWhereThereAreNoBatches() throws {
    let map = try Map(
      MapSpec(
        name: "trie", type: .longestPrefixTrie, keySize: 8, valueSize: 1, maxEntries: 10, flags: .noPreallocation))
    for address in 1...4 as ClosedRange<UInt8> {
      try map.update(bytes(32 as UInt32) + [10, 0, 0, address], to: [address])
    }
    var seen: Set<UInt8> = []
    try map.forEach { key, value in
      #expect(key.unsafeLoad(fromByteOffset: 7, as: UInt8.self) == value.unsafeLoad(as: UInt8.self))
      seen.insert(value.unsafeLoad(as: UInt8.self))
    }
    #expect(seen == [1, 2, 3, 4])
  }

  @Test func perCPUValuesAreRoundedUp() throws {
    let map = try Map(MapSpec(name: "cpus", type: .perCPUArray, keySize: 4, valueSize: 12, maxEntries: 2))
    let cpus = try CPUList.possible().cpus.count
    #expect(map.valueStride == 16 && map.valuesPerKey == cpus && map.storedValueSize == 16 * cpus)
    var value: [UInt8] = []
    for cpu in 0..<cpus { value += Array(repeating: UInt8(truncatingIfNeeded: cpu + 1), count: 12) + [0, 0, 0, 0] }
    try map.update(bytes(1 as UInt32), to: value)
    #expect(try map.value(of: bytes(1 as UInt32)) == value)
    var walked: [[UInt8]] = []
    try map.forEach { _, value in walked.append(value.withUnsafeBytes { Array($0) }) }
    #expect(walked == [Array(repeating: 0, count: 16 * cpus), value])
  }

  @Test func refusesSizesBeyondTheKernels() {
    #expect(throws: BPFError.mapSizeOutOfRange(map: "big", field: "keySize", 1 << 40)) {
      try Map(MapSpec(name: "big", type: .hash, keySize: 1 << 40, valueSize: 1, maxEntries: 1))
    }
    #expect(MapSpec.ringBuffer(name: "r", byteCount: .max, pageSize: 4096).maxEntries == 1 << 30)
    #expect(MapSpec.ringBuffer(name: "r", byteCount: 5000, pageSize: 4096).maxEntries == 8192)
  }

  @Test func adoptsWhatIsOpen() throws {
    let map = try Map(MapSpec(name: "adopted", type: .lruHash, keySize: 2, valueSize: 6, maxEntries: 9))
    let again = try Map(adopting: LiveKernel().open(.map, id: map.info().id))
    #expect(again.spec == map.spec)
  }
}
