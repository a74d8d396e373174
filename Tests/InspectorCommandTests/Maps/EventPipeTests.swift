import BPF
import Bytecode
import Foundation
import KernelInterface
import KernelTesting
import LinuxSystem
import Testing

@testable import InspectorCommand

@Suite struct EventPipeTests {
  /// A program that writes eight bytes to the map each time it runs.
  private func writer(_ map: Map) throws -> Program {
    var code = Assembler()
    code.load(.r2, 0x0807_0605_0403_0201)
    code.append(.store(.doubleWord, .r2, to: .r10, offset: -8))
    if map.spec.type == .ringBuffer {
      code.loadMap(.r1, MapReference(index: 0))
      code.append(.move(.r2, .r10))
      code.append(.arithmetic(.add, .r2, -8))
      code.append(.move(.r3, 8))
      code.append(.move(.r4, 0))
      code.append(.call(.ringbufOutput))
    } else {
      code.loadMap(.r2, MapReference(index: 0))
      code.append(.move(.r3, -1, width: .bits32))  // BPF_F_CURRENT_CPU
      code.append(.move(.r4, .r10))
      code.append(.arithmetic(.add, .r4, -8))
      code.append(.move(.r5, 8))
      code.append(.call(.perfEventOutput))
    }
    code.append(.move(.r0, 0))
    code.append(.exit)
    return try Program(
      ProgramSpec(name: "writer", type: .schedulerClassifier, code: try code.finish()), maps: [map])
  }

  private func map(_ type: MapType) throws -> Map {
    try Map(
      type == .ringBuffer
        ? MapSpec(name: "piped", type: type, keySize: 0, valueSize: 0, maxEntries: 4096)
        : MapSpec(name: "piped", type: type, keySize: 4, valueSize: 4, maxEntries: CPUList.possible().cpus.count))
  }

  @Test(.needs(.ringBuffer), arguments: [MapType.ringBuffer, .perfEventArray])
  func printsWhatProgramsWrite(_ type: MapType) throws {
    let map = try map(type)
    let program = try writer(map)
    let packet = TestRun(data: [UInt8](repeating: 0, count: 64))
    let plain = try InspectionProcess(["map", "event_pipe"] + map.words)
    _ = try plain.readErrors(until: "its owner does not get the events that are read here\n")
    try program.run(packet)
    let text = try plain.read(until: "| ")
    #expect(text.hasPrefix("== @"))
    #expect(text.contains(" =====\n0000000\t0102 0304 0506 0708 "), "\(text)")
    #expect(text.contains(" CPU: ") == (type == .perfEventArray))
    #expect(try plain.interrupt().status == 0)

    let pretty = try InspectionProcess(["-j", "map", "event_pipe"] + map.words)
    _ = try pretty.read(until: "[")
    // The mark of the array comes when everything is in place.
    try program.run(packet)
    let event = try pretty.read(until: "]}")
    let rest = try pretty.interrupt()
    #expect(rest.status == 0)
    let document = try JSONSerialization.jsonObject(with: Data("[\(event)\(rest.output)".utf8)) as? [[String: Any]]
    // Records of perf buffers are filled up to multiples of eight bytes, less four.
    #expect((document?.first?["data"] as? [Int])?.prefix(8) == [1, 2, 3, 4, 5, 6, 7, 8])
    #expect(document?.first?["type"] as? Int == 9)
  }

  @Test func refusesOtherMaps() throws {
    let map = try LiveMap.make(.hash, key: 4, value: 4)
    let refused = try Inspection(["map", "event_pipe"] + map.words)
    #expect(refused.status == 1)
    #expect(refused.errors.contains("of type hash has no events"), "\(refused.errors)")
    #expect(try Inspection(["map", "event_pipe"] + map.words + ["cpu", "0", "index", "1"]).status == 2)
    #expect(try Inspection(["map", "event_pipe"] + map.words + ["cpu", "x"]).status == 2)
  }
}
