import KernelInterface
import KernelTesting
import LinuxSystem
import TestObjects
import Testing

@testable import BPF

/// Programs that use libbpf's `bpf/usdt.bpf.h`.
@Suite(.needs(.uprobes)) struct USDTObjectTests {
  private func object(_ name: String, many: Bool) throws -> BPFObject {
    #if arch(x86_64)
      let options = TestObject.Options(definitions: ["__TARGET_ARCH_x86"])
    #else
      let options = TestObject.Options(definitions: ["__TARGET_ARCH_arm64"])
    #endif
    var spec = try ObjectSpec(path: TestObject("usdt", options).path)
    for index in spec.programs.indices {
      spec.programs[index].isLoaded = spec.programs[index].name == name
      spec.programs[index].expectedAttachType = many ? .traceUprobeMulti : nil
    }
    return try BPFObject(spec)
  }

  private func result(_ object: BPFObject) throws -> [Int64] {
    let value = try object.map(named: "results").value(of: bytes(0 as UInt32)) ?? []
    return value.withUnsafeBytes { bytes in
      (0..<11).map { bytes.loadUnaligned(fromByteOffset: $0 * 8, as: Int64.self) }
    }
  }

  /// Without cookies only fixed addresses can be told apart without a process.
  private func target() throws -> TestProgram {
    try TestProgram("markers", isFixed: !KernelFeatures.running.has(.attachCookie))
  }

  private static let ways = KernelFeatures.running.has(.uprobeMulti) ? [false, true] : [false]

  @Test(arguments: ways) func argumentsAndCookie(many: Bool) throws {
    let target = try target()
    let object = try object("arguments", many: many)
    let maps = try #require(try USDTMaps(of: object))
    let program = try object.program(named: "arguments")
    let link = try program.attach(
      toUSDT: "sizes", of: "markers", in: target.path, cookie: 0x0123_4567_89ab_cdef, maps: maps)
    #expect(link.parts.count == (many ? 0 : 1))
    try run(target.path, "3")
    let expected: [Int64] = [
      3, 8, 0x0123_4567_89ab_cdef, -3, 253, -1234, 64302, -889_323_520, 3_405_643_776, -9_223_372_036_854_775_807,
      .min + 1,
    ]
    #expect(try result(object) == expected)
    #expect(closeForGood(link))
    let second = try program.attach(to: .usdt(file: target.path, provider: "markers", name: "places"), usdtMaps: maps)
    try run(target.path)
    let places: [Int64] = [4, 5, 0, -9, -123456, 65000, -7_000_000_000, 1 << 20]
    #expect(try Array(result(object).prefix(8)) == places)
    #expect(closeForGood(second))
    try run(target.path)
    #expect(try result(object)[0] == 4)
  }

  @Test(arguments: ways) func everyPlaceHasItsOwnArguments(many: Bool) throws {
    let target = try target()
    let object = try object("sum", many: many)
    let maps = try #require(try USDTMaps(of: object))
    let program = try object.program(named: "sum")
    let link = try program.attach(toUSDT: "twice", of: nil, in: target.path, maps: maps)
    #expect(link.parts.count == (many ? 0 : 2))
    try run(target.path, "2")
    #expect(try Array(result(object).prefix(4)) == [4, 0, 0, 2154])
    #expect(closeForGood(link))
    let guarded = try program.attach(toUSDT: "guarded", of: nil, in: target.path, maps: maps)
    #expect(try run(target.path, "2") == 2)
    #expect(try Array(result(object).prefix(4)) == [6, 0, 0, 2164])
    #expect(closeForGood(guarded))
    #expect(try eventually { try run(target.path, "2") == 0 })
  }

  @Test func entriesAreUsedAgain() throws {
    let target = try target()
    let object = try object("sum", many: false)
    let maps = try #require(try USDTMaps(of: object))
    let program = try object.program(named: "sum")
    let place = try #require(try USDTProbe.places(of: "guarded", provider: nil, in: target.path).first)
    let spec = try USDTSpec(place, cookie: 0, isFixedAddress: true) { _ in nil }
    // The map has room for 256.
    for _ in 0..<300 {
      maps.remove(try maps.store(spec, of: "guarded"))
    }
    let link = try program.attach(toUSDT: "guarded", of: nil, in: target.path, maps: maps)
    #expect(try run(target.path) == 1)
    #expect(try result(object)[3] == 5)
    link.close()
  }

  @Test(.needs(.attachCookie)) func namesWhatTheHeaderCannotRead() throws {
    // base and index register need the header of libbpf 1.7
    let target = try TestProgram("markers")
    let object = try object("sum", many: false)
    let maps = try #require(try USDTMaps(of: object))
    try #require(maps.layout == .narrow || maps.layout == .wide)
    guard maps.layout == .narrow else { return }
    #expect {
      try object.program(named: "sum").attach(toUSDT: "table", of: "markers", in: target.path, maps: maps)
    } throws: {
      if case BPFError.attach(.badUSDTArgument("markers:table", _, _)) = $0 { true } else { false }
    }
  }
}
