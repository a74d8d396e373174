import KernelInterface
import KernelTesting
import Testing

@testable import BPF

@Suite struct BloomFilterTests {
  @Test(.needs(.map(.bloomFilter))) func membership() throws {
    let seen = try BloomFilter<(UInt8, UInt32)>(name: "seen", expectedCount: 1000, hashFunctions: 3)
    for value in 0..<1000 as Range<UInt32> { try seen.insert((7, value)) }
    for value in 0..<1000 as Range<UInt32> { #expect(try seen.contains((7, value))) }
    let wrong = try (1000..<2000 as Range<UInt32>).count { try seen.contains((7, $0)) }
    #expect(wrong < 500)
    #expect(throws: BPFError.self) { try BloomFilter<UInt16?>(name: "unclear", expectedCount: 1) }
  }
}
