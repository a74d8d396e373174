import KernelInterface
import Testing

@testable import BPF

/// The code of Maps.md, as it stands there.
@Suite struct MapsSamples {
  @Test func typedWrappers() throws {
    let sizes = try HashMap<UInt32, UInt64>(name: "sizes", maxEntries: 1024)
    try sizes.set(100, for: 42)
    try sizes.insert(1, for: 42)  // false: it is there
    try sizes.replace(200, for: 42)  // true
    let size = try sizes.value(for: 42)  // 200
    try sizes.removeValue(for: 42)  // true

    #expect(size == 200)
    #expect(try sizes.count() == 0)
  }

  @Test func structs() throws {
    struct Flow: BitwiseCopyable {
      var address: UInt32
      var port: UInt16
    }
    let bytes = try HashMap<Flow, UInt64>(name: "bytes", maxEntries: 1024)
    try bytes.set(1500, for: Flow(address: 0x7f00_0001, port: 80))

    let busiest = try bytes.elements().max { $0.value < $1.value }
    try bytes.forEach { flow, count in print(flow.port, count) }

    #expect(busiest?.key.port == 80)
    #expect(busiest?.value == 1500)
  }

  @Test func valuesOfEachCPU() throws {
    let packets = try PerCPUArrayMap<UInt64>(name: "packets", count: 256)
    let tcp = try packets.value(at: 6)?.sum()

    #expect(tcp == 0)
  }

  @Test func prefixes() throws {
    let routes = try LPMTrie<IPv4Prefix, UInt32>(name: "routes", maxEntries: 64)
    if let network = IPv4Prefix("10.0.0.0/8") { try routes.set(7, for: network) }
    if let host = IPv4Prefix("10.1.2.3") { print(try routes.value(for: host) ?? 0) }

    #expect(try routes.value(for: IPv4Prefix(0x0a01_0203)) == 7)
  }

  @Test func globalVariables() throws {
    let object = try BPFObject(
      source: CSource(
        """
        #include <linux/bpf.h>
        #include <bpf/bpf_helpers.h>
        __u64 threshold = 5;
        SEC("raw_tp/sys_enter") int run(void *context) { return threshold == 1000000; }
        char LICENSE[] SEC("license") = "GPL";
        """, name: "threshold.bpf.c"))

    let threshold = try object.variable("threshold", as: UInt64.self)
    threshold.value = 1_000_000

    #expect(try object.program(named: "run").run().returnValue == 1)
  }
}
