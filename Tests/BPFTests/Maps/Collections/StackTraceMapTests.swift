import Bytecode
import KernelInterface
import KernelTesting
import Testing

@testable import BPF

@Suite struct StackTraceMapTests {
  private func stack(_ map: Map, flags: Int32) throws -> UInt32 {
    var code = Assembler()
    code.loadMap(.r2, MapReference(index: 0))
    code.append(.move(.r3, flags))
    code.append(.call(.getStackid))
    code.append(.exit)
    let program = try Program(ProgramSpec(name: "stack", type: .rawTracepoint, code: code.finish()), maps: [map])
    return try program.run().returnValue
  }

  @Test(.needs(.map(.stackTrace))) func kernelStacks() throws {
    let map = try Map(MapSpec(name: "stacks", type: .stackTrace, keySize: 4, valueSize: 127 * 8, maxEntries: 64))
    let stacks = try StackTraceMap(map)
    let id = try stack(map, flags: 0)
    let addresses = try #require(try stacks.addresses(of: id))
    // Of this call: bpf(2), and the program's run in the kernel.
    #expect(addresses.count > 3 && addresses.allSatisfy { $0 >> 63 == 1 })
    #expect(try stacks.ids() == [id])
    #expect(throws: BPFError.mapMismatch(MapMismatch(map: "stacks", .missingFlag("BPF_F_STACK_BUILD_ID")))) {
      try stacks.places(of: id)
    }
    #expect(try stacks.remove(id))
    #expect(try !stacks.remove(id))
    #expect(try stacks.addresses(of: id) == nil)
  }

  @Test(.needs(.map(.stackTrace))) func userStacksByBuildID() throws {
    let map = try Map(
      MapSpec(
        name: "places", type: .stackTrace, keySize: 4, valueSize: 127 * 32, maxEntries: 64, flags: .stackBuildID))
    let stacks = try StackTraceMap(map)
    // BPF_F_USER_STACK
    let id = try stack(map, flags: 1 << 8)
    let places = try #require(try stacks.places(of: id))
    #expect(!places.isEmpty)
    #expect(places.allSatisfy { $0.buildID.isEmpty || $0.buildID.count == 20 })
    #expect(throws: BPFError.mapMismatch(MapMismatch(map: "places", .flag("BPF_F_STACK_BUILD_ID")))) {
      try stacks.addresses(of: id)
    }
  }
}
