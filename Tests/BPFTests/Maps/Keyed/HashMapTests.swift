import KernelInterface
import KernelTesting
import LinuxSystem
import Testing

@testable import BPF

@Suite struct HashMapTests {
  @Test(arguments: [HashMap<UInt32, UInt64>.Kind.plain, .leastRecentlyUsed])
  func readsAndWrites(_ kind: HashMap<UInt32, UInt64>.Kind) throws {
    let map = try HashMap<UInt32, UInt64>(name: "numbers", maxEntries: 8, kind: kind)
    #expect(try map.value(for: 1) == nil)
    try map.set(10, for: 1)
    #expect(try map.value(for: 1) == 10)
    #expect(try !map.insert(11, for: 1))
    #expect(try map.insert(20, for: 2))
    #expect(try map.replace(12, for: 1))
    #expect(try !map.replace(30, for: 3))
    #expect(try map.contains(2) && !map.contains(3))
    #expect(try map.elements().map { [$0.key, UInt32($0.value)] }.sorted { $0[0] < $1[0] } == [[1, 12], [2, 20]])
    #expect(try map.keys().sorted() == [1, 2])
    #expect(try map.count() == 2)
    #expect(try map.removeValue(for: 1))
    #expect(try !map.removeValue(for: 1))
    try map.removeAll()
    #expect(try map.elements().isEmpty)
  }

  @Test(.needs(.map(.resizableHash))) func resizable() throws {
    let map = try HashMap<UInt32, UInt64>(name: "rhash", maxEntries: 5000, kind: .resizable)
    try map.set(contentsOf: (0..<3000).map { (key: $0, value: UInt64($0) * 7) })
    #expect(try map.elements().allSatisfy { $0.value == UInt64($0.key) * 7 })
    #expect(try map.count() == 3000)
    try map.removeAll()
    #expect(try map.count() == 0)
  }

  @Test(.needs(.mapOption(.lookupAndDelete))) func takes() throws {
    let map = try HashMap<UInt32, UInt64>(name: "take", maxEntries: 8)
    try map.set(10, for: 1)
    #expect(try map.take(1) == 10)
    #expect(try map.take(1) == nil)
  }

  @Test func batches() throws {
    let map = try HashMap<UInt32, UInt32>(name: "batches", maxEntries: 5000)
    try map.set(contentsOf: (0..<5000).map { (key: $0, value: $0 &* 3) })
    var sum = 0
    try map.forEach { key, value in sum += value == key &* 3 ? 1 : 0 }
    #expect(sum == 5000)
    // Keys that are not there lie between those that are.
    #expect(try map.removeValues(for: (0..<10000).filter { $0 % 5 == 0 }) == 1000)
    #expect(try map.count() == 4000)
    let drained = try map.drain()
    #expect(drained.count == 4000 && drained.allSatisfy { $0.key % 5 != 0 && $0.value == $0.key &* 3 })
    #expect(try map.count() == 0)
  }

  @Test func batchErrorsNameTheKey() throws {
    let map = try HashMap<UInt32, UInt32>(name: "full", maxEntries: 3)
    #expect {
      try map.set(contentsOf: (10..<20).map { (key: $0, value: 0) })
    } throws: {
      "\($0)"
        == "map 'full', key 13: the map is full (3 entries); remove some, allow more, or take an LRU map "
        + "(E2BIG from bpf(BPF_MAP_UPDATE_BATCH))"
    }
    #expect(try map.keys().sorted() == [10, 11, 12])
  }

  @Test func errors() throws {
    let map = try HashMap<UInt32, UInt32>(name: "errors", maxEntries: 1)
    func message(_ body: () throws(BPFError) -> Void) -> String {
      do throws(BPFError) {
        try body()
        return "nothing"
      } catch { return error.description }
    }
    try map.set(1, for: 1)
    #expect(
      message { () throws(BPFError) in try map.set(1, for: 1, .onlyNew) }
        == "map 'errors', key 1: the key is there already (EEXIST from bpf(BPF_MAP_UPDATE_ELEM))")
    #expect(
      message { () throws(BPFError) in try map.set(1, for: 2, .onlyExisting) }
        == "map 'errors', key 2: there is no such key (ENOENT from bpf(BPF_MAP_UPDATE_ELEM))")
    #expect(
      message { () throws(BPFError) in _ = try map.value(for: 1, .locked) }
        == "map 'errors', key 1: maps of type hash do not do this on this kernel, or not with this key, value or flag "
        + "(EINVAL from bpf(BPF_MAP_LOOKUP_ELEM))")
    try map.map.freeze()
    #expect(
      message { () throws(BPFError) in try map.set(1, for: 1) }
        == "map 'errors', key 1: the map is frozen, or this descriptor or the map is for reading or for writing only "
        + "(EPERM from bpf(BPF_MAP_UPDATE_ELEM))")
    #expect(try map.map.state().isFrozen)
  }

  @Test func refusesOtherMaps() throws {
    let map = try Map(MapSpec(name: "other", type: .hash, keySize: 4, valueSize: 8, maxEntries: 1))
    func message(_ body: () throws -> Void) -> String {
      do {
        try body()
        return "nothing"
      } catch { return "\(error)" }
    }
    #expect(message { _ = try ArrayMap<UInt64>(map) } == "map 'other' is of type hash, not array or insn_array")
    #expect(
      message { _ = try HashMap<UInt64, UInt64>(map) } == "map 'other' has keys of 4 bytes, but UInt64 takes 8")
    #expect(
      message { _ = try HashMap<UInt32, (UInt64, UInt8)>(map) }
        == "map 'other' has values of 8 bytes, but (UInt64, UInt8) takes 16")
    #expect(
      message { _ = try HashMap<UInt16?, UInt64>(map) }
        == "keys of map 'other' might differ in padding: Optional<UInt16> has bytes that its fields do not tell; "
        + "say which it is by conforming to KnownPadding")
  }

  @Test func perCPU() throws {
    let cpus = try CPUList.possible().cpus.count
    let map = try PerCPUHashMap<UInt32, UInt32>(name: "cpus", maxEntries: 4)
    try map.set(PerCPUValues((1...cpus).map(UInt32.init)), for: 7)
    #expect(try map.value(for: 7)?.sum() == UInt32(cpus * (cpus + 1) / 2))
    #expect(try map.value(for: 8) == nil)
    try map.set(contentsOf: [(key: 9, value: PerCPUValues(repeating: 5, cpuCount: cpus))])
    #expect(try map.elements().first { $0.key == 9 }?.value == PerCPUValues(repeating: 5, cpuCount: cpus))
    #expect(throws: BPFError.wrongSize(map: "cpus", expected: 8 * cpus, given: 8 * cpus + 8)) {
      try map.set(PerCPUValues(repeating: 0, cpuCount: cpus + 1), for: 1)
    }
    #expect(PerCPUValues([UInt8](arrayLiteral: 200, 100)).sum() == 44)
    #expect(PerCPUValues([1.5, 2]).sum() == 3.5)
  }

  /// A bucket that holds more than a batch: the walk asks for more at once.
  @Test func growsWithABucket() throws {
    let kernel = ShortBatches()
    let map = try HashMap<UInt32, UInt32>(name: "bucket", maxEntries: 5000, kernel: kernel)
    try map.set(contentsOf: (0..<3000).map { (key: $0, value: $0) })
    #expect(try Set(map.keys()) == Set(0..<3000))
    #expect(kernel.refusals > 0)
  }
}
