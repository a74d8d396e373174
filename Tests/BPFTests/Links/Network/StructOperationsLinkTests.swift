import BTF
import Bytecode
import Glibc
import KernelInterface
import KernelTesting
import LinuxSystem
import Testing

@testable import BPF

/// A way of TCP to avoid congestion, of programs that do next to nothing.
private struct TestCongestionControl {
  let map: Map
  private let programs: [Program]

  init(_ name: String, flags: MapCreation.Flags = .link) throws {
    let types = try TypeGraph(bytes: FileSystem.contents(of: "/sys/kernel/btf/vmlinux"))
    let operations = try #require(types.id(named: "tcp_congestion_ops", kind: .structure))
    let wrapper = try #require(types.id(named: "bpf_struct_ops_tcp_congestion_ops", kind: .structure))
    let data = try types.member(path: "data", of: wrapper).byteOffset
    let members = try types.memberNames(of: operations)
    func offset(_ member: String) throws -> Int { data + (try types.member(path: member, of: operations).byteOffset) }

    var value = [UInt8](repeating: 0, count: try types.size(of: wrapper))
    value.replaceSubrange(try offset("name")..<(offset("name") + name.utf8.count), with: name.utf8)
    programs = try ["ssthresh", "undo_cwnd", "cong_avoid"].map { function in
      let program = try Program(
        ProgramSpec(
          name: function, type: .structOperations,
          expectedAttachType: AttachType(rawValue: UInt32(try #require(members.firstIndex(of: function)))),
          code: Assembly(instructions: [.move(.r0, 2), .exit]), attachTypeID: operations.rawValue))
      let start = try offset(function)
      value.replaceSubrange(start..<(start + 8), with: bytes(UInt64(program.descriptor.withNumber { $0 })))
      return program
    }
    // The kernel wants type information of the map's owner, whatever is in it.
    var builder = TypeGraphBuilder()
    _ = try builder.addInteger(named: "int", size: 4, isSigned: true)
    let owned = try LiveKernel().loadBTF(builder.build())
    var creation = MapCreation(
      type: .structOps, keySize: 4, valueSize: UInt32(value.count), maxEntries: 1, flags: flags,
      name: ObjectName(name), btf: owned.withNumber { $0 })
    creation.kernelValueTypeID = wrapper.rawValue
    map = try Map(adopting: LiveKernel().createMap(creation))
    try map.update(bytes(0 as UInt32), to: value)
  }

  /// Whether TCP knows a way of this name.
  static func isRegistered(_ name: String) throws -> Bool {
    let socket = try TestSockets.make(SOCK_STREAM)
    return socket.withNumber { setsockopt($0, Int32(IPPROTO_TCP), TCP_CONGESTION, name, socklen_t(name.utf8.count)) }
      == 0
  }
}

@Suite(.needs(.link(.structOps))) struct StructOperationsLinkTests {
  @Test func registersAndLeaves() throws {
    let name = "bpf_test_\(CurrentProcess.id % 100_000)"
    let control = try TestCongestionControl(name)
    #expect(try !TestCongestionControl.isRegistered(name))
    let link = try control.map.attachOperations()
    #expect(try TestCongestionControl.isRegistered(name))
    let info = try #require(try link.info())
    #expect(info.type == .structOperations && info.target == .map(id: try control.map.info().id, nil))
    let twice = try refusal { try TestCongestionControl(name).map.attachOperations() }
    #expect(twice.cause == .occupied(programIDs: []))
    let other = try TestCongestionControl(name)
    try link.update(to: other.map, replacing: control.map)
    #expect(try link.info()?.target == .map(id: try other.map.info().id, nil))
    #expect(throws: BPFError.self) { try link.update(to: control.map, replacing: control.map) }
    link.close()
    #expect(try eventually { try !TestCongestionControl.isRegistered(name) })
  }

  @Test func needsAMapForLinks() throws {
    let array = try Map(MapSpec(name: "array", type: .array, keySize: 4, valueSize: 4, maxEntries: 1))
    #expect(throws: BPFError.wrongMapType(map: "array", .array)) { try array.attachOperations() }
    // Without the flag, the value itself registers the operations.
    let name = "bpf_old_\(CurrentProcess.id % 100_000)"
    let control = try TestCongestionControl(name, flags: [])
    #expect(try TestCongestionControl.isRegistered(name))
    let refusal = try refusal { try control.map.attachOperations() }
    #expect(refusal.error?.errno == .invalidArgument)
    #expect(try control.map.remove(bytes(0 as UInt32)))
    #expect(try eventually { try !TestCongestionControl.isRegistered(name) })
  }
}
