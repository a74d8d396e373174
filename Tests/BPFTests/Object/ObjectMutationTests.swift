import BPF
import BTF
import Bytecode
import ELF
import TestObjects
import Testing

/// Bytes that were damaged give an error or an object, and never a crash.
@Suite struct ObjectMutationTests {
  private static let objects = [
    "object_data", "object_maps", "object_legacy_maps", "object_functions", "object_externs", "object_struct_ops",
    "object_arena",
  ]

  /// Reads and links everything; errors are fine.
  private func interrogate(_ bytes: [UInt8]) {
    guard let object = try? ObjectSpec(bytes: bytes, name: "damaged.o") else { return }
    for program in object.programs { _ = try? object.linked(program) }
    for function in object.functions { _ = function.instructions.map(\.description) }
  }

  /// The parts of the file that reading looks at: all but the debug information.
  private func places(of bytes: [UInt8]) throws -> [Int] {
    let file = try ELFFile(ByteRegion(bytes))
    var places = Array(0..<64)
    for section in file.sections where section.type != .noBits && !section.name.contains("debug") {
      places += Int(section.fileOffset)..<Int(section.fileOffset + section.size)
    }
    return places + (bytes.count - file.sections.count * 64..<bytes.count)
  }

  @Test(arguments: objects, [false, true]) func damagedBytes(name: String, isBigEndian: Bool) throws {
    let bytes = try TestObject(name, .init(level: "v3", isBigEndian: isBigEndian)).bytes()
    let places = try places(of: bytes)
    var random = SeededGenerator(seed: 0x0b1ec7)
    for _ in 0..<400 {
      var damaged = bytes
      for _ in 0...Int.random(in: 0..<3, using: &random) {
        guard let place = places.randomElement(using: &random), damaged.indices.contains(place) else { continue }
        switch Int.random(in: 0..<4, using: &random) {
        case 0: damaged[place] = .random(in: 0...255, using: &random)
        case 1: damaged[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 2: damaged[place] = [0, 1, 0x7f, 0x80, 0xff].randomElement(using: &random) ?? 0
        default: damaged[place] &+= [1, 0xff].randomElement(using: &random) ?? 1
        }
      }
      interrogate(damaged)
    }
  }

  @Test(arguments: objects) func truncation(name: String) throws {
    let bytes = try TestObject(name, .init(level: "v3")).bytes()
    // The section headers stand at the end.
    for length in stride(from: 0, to: bytes.count, by: 97) {
      #expect(throws: ObjectError.self) { try ObjectSpec(bytes: Array(bytes[..<length]), name: "cut.o") }
    }
  }
}
