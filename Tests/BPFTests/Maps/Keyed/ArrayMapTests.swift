import LinuxSystem
import Testing

@testable import BPF

@Suite struct ArrayMapTests {
  @Test func indexes() throws {
    let map = try ArrayMap<UInt16>(name: "array", count: 3)
    #expect(try map.values() == [0, 0, 0])
    try map.set(7, at: 2)
    #expect(try map.value(at: 2) == 7)
    #expect(try map.value(at: 3) == nil && map.value(at: -1) == nil)
    #expect(try map.values() == [0, 0, 7])
    #expect(map.count == 3)
    for index in [3, -1] {
      #expect {
        try map.set(1, at: index)
      } throws: {
        "\($0)"
          == "map 'array', key \(index): the index is beyond the map's 3 entries (E2BIG from bpf(BPF_MAP_UPDATE_ELEM))"
      }
    }
  }

  @Test func writesWithoutBatches() throws {
    let kernel = ShortBatches(.invalidArgument)
    let map = try ArrayMap<UInt32>(name: "single", count: 2000, kernel: kernel)
    try map.set(contentsOf: (0..<2000).map { (key: $0, value: $0 + 1) })
    #expect(try map.values() == Array(1...2000))
    #expect(kernel.refusals == 2)
  }

  @Test func perCPU() throws {
    let cpus = try CPUList.possible().cpus.count
    let map = try PerCPUArrayMap<UInt64>(name: "percpu", count: 2)
    try map.set(PerCPUValues(repeating: 3, cpuCount: cpus), at: 1)
    #expect(try map.value(at: 1)?.sum() == UInt64(3 * cpus))
    #expect(try map.value(at: 0)?.map { $0 } == Array(repeating: 0, count: cpus))
    #expect(try map.values().map { $0.sum() } == [0, UInt64(3 * cpus)])
  }
}
