import KernelTesting
import LinuxSystem
import Testing

@testable import KernelInterface

@Suite struct MapElementsTests {
  let kernel = LiveKernel()

  @Test func writesReadsAndRemoves() throws {
    let map = try kernel.createMap(
      MapCreation(type: .hash, keySize: 4, valueSize: 8, maxEntries: 2, name: ObjectName("a-name/too long for it")))
    let information = try kernel.mapInfo(map)
    #expect(information.name == "a_name_too_long")
    #expect(information.type == .hash)
    #expect(information.keySize == 4 && information.valueSize == 8 && information.maxEntries == 2)

    var key: UInt32 = 7
    var value: UInt64 = 99
    try kernel.updateElement(of: map, key: &key, value: &value, .onlyNew)
    #expect(throws: SystemCallError(call: "bpf(BPF_MAP_UPDATE_ELEM)", subject: "map", errno: .fileExists)) {
      try kernel.updateElement(of: map, key: &key, value: &value, .onlyNew)
    }
    value = 0
    #expect(try kernel.lookUpElement(of: map, key: &key, value: &value))
    #expect(value == 99)
    var next: UInt32 = 0
    #expect(try kernel.nextKey(of: map, after: nil, into: &next))
    #expect(next == 7)
    #expect(try !kernel.nextKey(of: map, after: &key, into: &next))
    #expect(try kernel.deleteElement(of: map, key: &key))
    #expect(try !kernel.deleteElement(of: map, key: &key))
    #expect(try !kernel.lookUpElement(of: map, key: &key, value: &value))
  }

  @Test func copiesBatches() throws {
    let map = try kernel.createMap(MapCreation(type: .hash, keySize: 4, valueSize: 4, maxEntries: 1000))
    for number in 0..<1000 as Range<UInt32> {
      var key = number
      var value = number &* 3
      try kernel.updateElement(of: map, key: &key, value: &value)
    }
    var keys = [UInt32](repeating: 0, count: 256)
    var values = keys
    var position = 0 as UInt64
    var seen: [UInt32: UInt32] = [:]
    var isFirst = true
    while true {
      let batch = try kernel.copyBatch(
        of: map, isFirst: isFirst, position: &position, keys: &keys, values: &values, capacity: 256)
      for index in 0..<batch.count { seen[keys[index]] = values[index] }
      isFirst = false
      if batch.isLast { break }
    }
    #expect(seen.count == 1000)
    #expect(seen.allSatisfy { $0.value == $0.key &* 3 })
  }

  @Test func frozenMapsAreReadOnly() throws {
    let map = try kernel.createMap(MapCreation(type: .array, keySize: 4, valueSize: 4, maxEntries: 1))
    try kernel.freezeMap(map)
    var key: UInt32 = 0
    #expect(throws: SystemCallError(call: "bpf(BPF_MAP_UPDATE_ELEM)", subject: "map", errno: .notPermitted)) {
      var value: UInt32 = 1
      try kernel.updateElement(of: map, key: &key, value: &value)
    }
  }

  @Test func liftsTheLimitOfOldKernels() throws {
    let old = ScriptedKernel([.mapCreate: [.failure(.notPermitted), .descriptor]], countsLockedMemory: true)
    _ = try old.createMap(MapCreation(type: .array, keySize: 4, valueSize: 4, maxEntries: 1))
    #expect(old.calls == [.mapCreate, .mapCreate])
    let new = ScriptedKernel([.mapCreate: [.failure(.notPermitted), .descriptor]])
    #expect(throws: SystemCallError(call: "bpf(BPF_MAP_CREATE)", subject: "map ''", errno: .notPermitted)) {
      _ = try new.createMap(MapCreation(type: .array, keySize: 4, valueSize: 4, maxEntries: 1))
    }
    #expect(new.calls == [.mapCreate])
  }

  @Test func namesTheRefusedMap() {
    #expect(throws: SystemCallError(call: "bpf(BPF_MAP_CREATE)", subject: "map 'odd'", errno: .invalidArgument)) {
      _ = try kernel.createMap(
        MapCreation(type: .array, keySize: 8, valueSize: 4, maxEntries: 1, name: ObjectName("odd"))
      )
    }
  }
}
