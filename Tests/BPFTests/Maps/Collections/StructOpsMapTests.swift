import BTF
import KernelInterface
import KernelTesting
import LinuxSystem
import Testing

@testable import BPF

@Suite struct StructOpsMapTests {
  @Test(.needs(.map(.structOps))) func beginsUnregistered() throws {
    let kernelTypes = try TypeGraph(bytes: FileSystem.contents(of: "/sys/kernel/btf/vmlinux"))
    let type = try #require(kernelTypes.id(named: "bpf_struct_ops_tcp_congestion_ops", kind: .structure))
    let size = try kernelTypes.size(of: type)
    var types = TypeGraphBuilder()
    _ = try types.addInteger(named: "int", size: 4, isSigned: true)
    let btf = try LiveKernel().loadBTF(types.build())
    let descriptor = try btf.withNumber { number in
      var creation = MapCreation(
        type: .structOps, keySize: 4, valueSize: UInt32(size), maxEntries: 1, name: ObjectName("congestion"))
      (creation.btf, creation.kernelValueTypeID) = (number, type.rawValue)
      return try LiveKernel().createMap(creation)
    }
    let map = try StructOpsMap(Map(adopting: descriptor))
    #expect(try map.state() == .initial)
    #expect(try !map.unregister())
    #expect(throws: BPFError.wrongSize(map: "congestion", expected: size, given: 3)) { try map.register([1, 2, 3]) }
    // Without functions it is no congestion control.
    #expect(throws: BPFError.self) { try map.register(Array(repeating: 0, count: size)) }
    #expect(try map.state() == .initial)
  }
}
