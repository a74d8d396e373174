import KernelTesting
import LinuxSystem
import Testing

@testable import BPF

private struct Gapped: PrefixKey {
  var prefixLength: UInt32
  var address: UInt64
}

@Suite struct LPMTrieTests {
  @Test func longestPrefix() throws {
    let routes = try LPMTrie<IPv4Prefix, UInt32>(name: "routes", maxEntries: 10)
    for (text, value) in [("0.0.0.0/0", 1), ("10.0.0.0/8", 2), ("10.1.0.0/16", 3), ("10.1.2.3", 4)] {
      try routes.set(UInt32(value), for: #require(IPv4Prefix(text)))
    }
    for (text, value) in [("11.0.0.1", 1), ("10.2.0.1", 2), ("10.1.9.9", 3), ("10.1.2.3", 4), ("10.1.0.0/12", 2)] {
      #expect(try routes.value(for: #require(IPv4Prefix(text))) == UInt32(value), "\(text)")
    }
    #expect(try Set(routes.keys().map(\.description)) == ["0.0.0.0/0", "10.0.0.0/8", "10.1.0.0/16", "10.1.2.3/32"])
    #expect(try routes.count() == 4)
    #expect(
      try routes.removeValues(for: [#require(IPv4Prefix("10.1.0.0/16")), #require(IPv4Prefix("9.0.0.0/8"))]) == 1)
    #expect(try routes.drain().count == 3)
    #expect {
      try routes.set(1, for: IPv4Prefix(0, prefixLength: 33))
    } throws: {
      "\($0)".hasPrefix("map 'routes', key 0.0.0.0/33: maps of type lpm_trie do not do this")
    }
  }

  /// Batches where the kernel has them, and elsewhere key by key; the same either way.
  @Test func walksManyPrefixes() throws {
    for (kernel, isWalked) in [
      (ShortBatches(times: 0), !runs(5, 13)), (ShortBatches(.invalidArgument), true),
      (ShortBatches(.interrupted, times: 3), !runs(5, 13)),
    ] {
      let routes = try LPMTrie<IPv4Prefix, UInt32>(name: "routes", maxEntries: 4000, kernel: kernel)
      let elements = (0..<3000 as Range<UInt32>).map { (key: IPv4Prefix($0 << 8, prefixLength: 24), value: $0) }
      try routes.set(contentsOf: elements)
      let found = try routes.elements().map { (key: $0.key.description, value: $0.value) }
      let isWhole = found.map(\.value).sorted() == Array(0..<3000)
      #expect(isWhole)
      #expect(Set(found.map(\.key)).count == 3000)
      #expect(kernel.steps == (isWalked ? 3001 : 0))
      #expect(try routes.removeValues(for: elements.map(\.key)) == 3000)
      #expect(try routes.count() == 0)
    }
  }

  @Test func version6() throws {
    let routes = try LPMTrie<IPv6Prefix, UInt8>(name: "routes6", maxEntries: 10)
    try routes.set(1, for: #require(IPv6Prefix("2001:db8::/32")))
    try routes.set(2, for: #require(IPv6Prefix("2001:db8:1::/48")))
    #expect(try routes.value(for: #require(IPv6Prefix("2001:db8:1::5"))) == 2)
    #expect(try routes.value(for: #require(IPv6Prefix("2001:db8:2::5"))) == 1)
    #expect(try routes.value(for: #require(IPv6Prefix("fe80::1"))) == nil)
  }

  @Test func refusesKeysWithAGap() {
    #expect(
      throws: BPFError.mapMismatch(MapMismatch(map: "gap", .prefixKey(type: "Gapped")))
    ) { try LPMTrie<Gapped, UInt8>(name: "gap", maxEntries: 1) }
  }

  @Test(arguments: [
    ("10.0.0.0/8", "10.0.0.0/8"), ("127.0.0.1", "127.0.0.1/32"), ("255.255.255.255/0", "255.255.255.255/0"),
    ("10.0.0/8", nil), ("10.0.0.256", nil), ("10.0.0.01", nil), ("10.0.0.0/33", nil), ("10.0.0.0/", nil), ("", nil),
    ("1.2.3.4/8/8", nil), ("+1.2.3.4", nil), ("a.b.c.d", nil),
  ]) func text4(_ text: String, _ description: String?) { #expect(IPv4Prefix(text)?.description == description) }

  @Test(arguments: [
    ("2001:db8::/32", "2001:db8::/32"), ("::", "::/128"), ("::1", "::1/128"), ("1::", "1::/128"),
    ("1:0:0:2:0:0:0:3/64", "1:0:0:2::3/64"), ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8/128"),
    ("::ffff:10.0.0.1", "::ffff:a00:1/128"), ("1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7/128"),
    ("FE80::1%1", nil), ("1::2::3", nil), ("1:2:3:4:5:6:7", nil), ("1:2:3:4:5:6:7:8:9", nil), ("12345::", nil),
    (":1", nil), ("1:", nil), (":::", nil), ("1:2:3:4:5:6:7::8", nil), ("::/129", nil), ("+1::", nil), ("", nil),
  ]) func text6(_ text: String, _ description: String?) { #expect(IPv6Prefix(text)?.description == description) }
}
