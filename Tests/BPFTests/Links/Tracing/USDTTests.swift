import Bytecode
import ELF
import KernelInterface
import KernelTesting
import LinuxSystem
import Symbols
import TestObjects
import Testing

@testable import BPF

/// A program that reads the arguments of one place of a USDT probe, compiled from their description, the way a front
/// end does it that has no `bpf/usdt.bpf.h`.
private struct ArgumentReader {
  let program: Program
  private let map: Map
  private let count: Int

  init(_ place: USDTProbe, symbols: [String: UInt64] = [:], isFixed: Bool = false) throws {
    let spec = try USDTSpec(place, cookie: 0, isFixedAddress: isFixed) { symbols[$0] }
    count = spec.arguments.count
    map = try Map(MapSpec(name: "arguments", type: .array, keySize: 4, valueSize: 8 * (count + 1), maxEntries: 1))
    var code = Assembler()
    code.append(.move(.r6, .r1))
    code.loadMapValue(.r8, MapReference(index: 0), offset: 0)
    code.append([.move(.r1, 1), .atomic(.add, .doubleWord, .r1, at: .r8, offset: 0)])
    for (index, argument) in spec.arguments.enumerated() {
      func register(_ destination: Register, _ offset: Int) {
        code.append(.load(.doubleWord, destination, from: .r6, offset: Int16(offset)))
      }
      func read(_ displacement: Int64) {
        code.load(.r4, displacement)
        code.append([
          .arithmetic(.add, .r3, .r4), .move(.r1, .r10), .arithmetic(.add, .r1, -8), .move(.r2, 8),
          .call(.probeReadUser), .load(.doubleWord, .r7, from: .r10, offset: -8),
        ])
      }
      switch argument.place {
      case .constant(let value): code.load(.r7, value)
      case .register(let offset): register(.r7, offset)
      case .memory(let base, let displacement):
        register(.r3, base)
        read(displacement)
      case .indexed(let base, let index, let shift, let displacement):
        register(.r3, base)
        register(.r5, index)
        code.append([.arithmetic(.shiftLeft, .r5, Int32(shift)), .arithmetic(.add, .r3, .r5)])
        read(displacement)
      }
      let shift = Int32(argument.bitShift)
      if shift > 0 {
        code.append(.arithmetic(.shiftLeft, .r7, shift))
        code.append(.arithmetic(argument.isSigned ? .arithmeticShiftRight : .logicalShiftRight, .r7, shift))
      }
      code.append(.store(.doubleWord, .r7, to: .r8, offset: Int16(8 * (index + 1))))
    }
    code.append([.move(.r0, 0), .exit])
    program = try Program(ProgramSpec(name: "usdt", type: .kprobe, code: code.finish()), maps: [map])
  }

  /// How often it ran, and what it read last.
  func result() throws -> (count: UInt64, arguments: [Int64]) {
    let value = try map.value(of: bytes(0 as UInt32)) ?? []
    let words = value.withUnsafeBytes { bytes in
      (0...count).map { bytes.loadUnaligned(fromByteOffset: $0 * 8, as: Int64.self) }
    }
    return (UInt64(words[0]), Array(words.dropFirst()))
  }
}

@Suite(.needs(.uprobes)) struct USDTTests {
  private static let sizes: [Int64] = [-3, 253, -1234, 64302, -889323520, 3405643776, -9223372036854775807, .min + 1]

  private func attach(_ reader: ArgumentReader, to place: USDTProbe) throws -> Link {
    try reader.program.attach(
      toFile: place.path, place.fileOffset, referenceCounter: place.semaphoreFileOffset ?? 0, onReturn: false,
      process: nil, subject: "usdt", ProbeOptions())
  }

  @Test(arguments: [false, true]) func argumentsOfEverySizeAndPlace(isFixed: Bool) throws {
    let target = try TestProgram("markers", isFixed: isFixed)
    let file = try AttachedFile(target.path)
    #expect(file.functions.file.type == (isFixed ? .executable : .sharedObject))
    for (name, expected) in [
      ("sizes", Self.sizes), ("places", [-9, -123456, 65000, -7_000_000_000, 1 << 20]), ("table", [-33]),
    ] {
      let places = try USDTProbe.places(of: name, provider: "markers", in: target.path)
      try #require(places.count == 1)
      var symbols: [String: UInt64] = [:]
      if let address = file.functions.address(ofSymbol: "global") { symbols["global"] = address }
      let reader = try ArgumentReader(places[0], symbols: symbols, isFixed: isFixed)
      let link = try attach(reader, to: places[0])
      try run(target.path, "2")
      let result = try reader.result()
      #expect(result.count == 2)
      #expect(result.arguments == expected, "\(name): \(places[0].argumentText)")
      link.close()
    }
  }

  @Test func everyPlaceHasItsOwnArguments() throws {
    let target = try TestProgram("markers")
    let places = try USDTProbe.places(of: "twice", provider: nil, in: target.path)
    try #require(places.count == 2)
    let readers = try places.map { try ArgumentReader($0) }
    let links = try zip(readers, places).map { try attach($0, to: $1) }
    try run(target.path)
    #expect(try readers.map { try $0.result().arguments } == [[1000], [77]])
    #expect(try readers.map { try $0.result().count } == [1, 1])
    Link.close(links)
  }

  @Test func semaphoresAreRaisedWhileAttached() throws {
    let target = try TestProgram("markers")
    let place = try #require(try USDTProbe.places(of: "guarded", provider: "markers", in: target.path).first)
    #expect(place.semaphoreFileOffset != nil)
    #expect(try run(target.path, "3") == 0)
    let reader = try ArgumentReader(place)
    let link = try attach(reader, to: place)
    #expect(try run(target.path, "3") == 3)
    #expect(try reader.result().count == 3)
    #expect(try reader.result().arguments == [5])
    #expect(closeForGood(link))
    #expect(try eventually { try run(target.path, "3") == 0 })
  }

  @Test func namesWhatIsMissing() throws {
    let target = try TestProgram("markers")
    #expect {
      try USDTProbe.places(of: "size", provider: "markers", in: target.path)
    } throws: {
      guard case BPFError.attach(.noSuchUSDT("markers", "size", target.path, let nearest)) = $0 else { return false }
      return nearest.first == "markers:sizes"
    }
    #expect(throws: BPFError.attach(.noSuchUSDT(provider: nil, name: "x", path: "/bin/true", nearest: []))) {
      try USDTProbe.places(of: "x", provider: nil, in: "/bin/true")
    }
  }
}

@Suite struct USDTSpecTests {
  private func probe(_ arguments: String) throws -> USDTProbe {
    USDTProbe(
      provider: "p", name: "n", path: "/x", fileOffset: 0x10, address: 0x1000, semaphoreFileOffset: nil,
      argumentText: arguments, arguments: try USDTArgument.parse(arguments, for: .amd64))
  }

  private func spec(_ arguments: String, isFixed: Bool = false) throws -> USDTSpec {
    try USDTSpec(probe(arguments), cookie: 0x1122, isFixedAddress: isFixed) { $0 == "global" ? 0x3000 : nil }
  }

  #if arch(x86_64)
    /// Field by field as `struct __bpf_usdt_spec` has it until libbpf 1.6.
    @Test func narrowLayout() throws {
      let bytes = try #require(try spec("-4@$-9 2@%ax 1@-96(%rbp)").encoded(.narrow))
      try #require(bytes.count == 208)
      #expect(bytes[0..<16] == [0xf7, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0, 0, 0, 1, 32])
      #expect(bytes[16..<32] == [0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 80, 0, 0, 48])
      #expect(bytes[32..<48] == [0xa0, 255, 255, 255, 255, 255, 255, 255, 2, 0, 0, 0, 32, 0, 0, 56])
      #expect(bytes[48..<192].allSatisfy { $0 == 0 })
      #expect(bytes[192...] == [0x22, 0x11, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0])
    }

    @Test func wideLayoutHasAnIndexRegister() throws {
      let spec = try spec("-8@-96(%rbp,%rax,8)")
      #expect(spec.encoded(.narrow) == nil)
      let bytes = try #require(spec.encoded(.wide))
      try #require(bytes.count == 304)
      #expect(
        bytes[0..<24] == [
          0xa0, 255, 255, 255, 255, 255, 255, 255, 3, 0, 80, 0x30, 0, 0, 32, 0, 1, 0, 0, 0, 0, 0, 0, 0,
        ])
      #expect(bytes[288...] == [0x22, 0x11, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0])
    }

    @Test func symbolsAreFoundFromTheInstructionPointer() throws {
      #expect(try spec("8@global(%rip)").arguments[0].place == .memory(base: 128, displacement: 0x2000))
      #expect(try spec("8@8+global").arguments[0].place == .memory(base: 128, displacement: 0x2008))
      #expect(try spec("8@global(%rax)", isFixed: true).arguments[0].place == .memory(base: 80, displacement: 0x3000))
      #expect(try spec("8@4(,%rax,1)").arguments[0].place == .memory(base: 80, displacement: 4))
    }
  #endif

  @Test(arguments: ["8@nothing(%rip)", "8@global(%rax)", "8@4(,%rax,8)"])
  func refusesWhatCannotBeFound(arguments: String) throws {
    #expect {
      try spec(arguments)
    } throws: {
      guard case AttachError.badUSDTArgument("p:n", arguments, let reason)? = $0 as? AttachError else { return false }
      return !reason.isEmpty
    }
  }

  @Test func refusesTooMany() throws {
    let words = Array(repeating: "8@%rax", count: 13).joined(separator: " ")
    #expect(throws: AttachError.badUSDTArgument(probe: "p:n", argument: words, reason: "there are more than 12")) {
      try spec(words)
    }
  }
}
