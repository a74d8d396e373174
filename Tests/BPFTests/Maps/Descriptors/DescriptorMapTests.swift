import Bytecode
import Glibc
import KernelInterface
import KernelTesting
import LinuxSystem
import Testing

@testable import BPF

/// Every kind of map that holds what descriptors stand for.
@Suite struct DescriptorMapTests {
  private func program(_ type: ProgramType, _ attachType: AttachType? = nil, result: Int32 = 2) throws -> Program {
    let code = Assembly(instructions: [.move(.r0, result), .exit], relocations: [])
    return try Program(ProgramSpec(name: "inner", type: type, expectedAttachType: attachType, code: code))
  }

  private func map(
    _ type: MapType, valueSize: Int = 4, entries: Int = 4, flags: MapCreation.Flags = []
  ) throws -> Map {
    try Map(
      MapSpec(name: "map", type: type, keySize: 4, valueSize: valueSize, maxEntries: entries, flags: flags))
  }

  /// A UDP socket with a port, shared where asked.
  private func boundSocket(reusePort: Bool = false) throws -> OwnedDescriptor {
    let socket = try OwnedDescriptor(adopting: Glibc.socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var yes: CInt = reusePort ? 1 : 0
    let answer = socket.withNumber { number in
      setsockopt(number, SOL_SOCKET, SO_REUSEPORT, &yes, 4)
      return withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          bind(number, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
    }
    #expect(answer == 0)
    return socket
  }

  private func cookie(_ socket: borrowing OwnedDescriptor) -> UInt64 {
    var cookie: UInt64 = 0
    var size = socklen_t(8)
    // SO_COOKIE
    _ = socket.withNumber { getsockopt($0, SOL_SOCKET, 57, &cookie, &size) }
    return cookie
  }

  @Test func programs() throws {
    let array = try ProgramArray(map(.programArray))
    let inner = try program(.rawTracepoint, result: 77)
    #expect(try array.programID(at: 1) == nil)
    try array.set(inner, at: 1)
    #expect(try array.programID(at: 1) == inner.info().id)
    var code = Assembler()
    code.loadMap(.r2, MapReference(index: 0))
    code.append(.move(.r3, 1))
    code.append(.call(.tailCall))
    code.append(.move(.r0, 0))
    code.append(.exit)
    let caller = try Program(
      ProgramSpec(name: "caller", type: .rawTracepoint, code: code.finish()), maps: [array.map])
    #expect(try caller.run().returnValue == 77)
    #expect(try array.remove(at: 1))
    #expect(try !array.remove(at: 1))
    #expect(try caller.run().returnValue == 0)
    #expect(throws: BPFError.self) { try array.set(inner, at: 4) }
    let file = try FileSystem.open("/dev/null")
    #expect(throws: BPFError.self) { try array.set(file, at: 0) }
  }

  @Test(arguments: [MapType.arrayOfMaps, .hashOfMaps]) func maps(_ type: MapType) throws {
    let spec = MapSpec(name: "inner", type: .hash, keySize: 4, valueSize: 8, maxEntries: 8)
    let outer = try MapOfMaps<UInt32>(name: "outer", type: type, maxEntries: 4, inner: spec)
    let inner = try HashMap<UInt32, UInt64>(Map(spec))
    #expect(try outer.mapID(for: 3) == nil)
    try outer.set(inner.map, for: 3)
    try inner.set(5, for: 6)
    let found = try #require(try outer.map(for: 3))
    #expect(try HashMap<UInt32, UInt64>(found).value(for: 6) == 5)
    #expect(try outer.mapIDs().map { [$0.key, $0.id] } == [[3, inner.map.info().id]])
    #expect(try outer.removeValue(for: 3))
    #expect(try outer.mapID(for: 3) == nil)
    let other = try Map(MapSpec(name: "other", type: .hash, keySize: 8, valueSize: 8, maxEntries: 8))
    #expect(throws: BPFError.self) { try outer.set(other, for: 0) }
    #expect(throws: BPFError.mapMismatch(MapMismatch(map: "x", .type(.hash, expected: [.arrayOfMaps, .hashOfMaps])))) {
      try MapOfMaps<UInt32>(name: "x", type: .hash, maxEntries: 1, inner: spec)
    }
  }

  @Test func cgroups() throws {
    let root = LiveKernel().mountDetached("cgroup2")
    let cgroup = try OwnedDescriptor(adopting: SystemCallError.check(root, "fsmount", on: "cgroup2"))
    let array = try DescriptorArray(map(.cgroupArray))
    try array.set(cgroup, at: 0)
    #expect(try array.remove(at: 0))
    #expect(try !array.remove(at: 0))
    let file = try FileSystem.open("/dev/null")
    #expect {
      try array.set(file, at: 0)
    } throws: {
      "\($0)"
        == "map 'map', key 0: the descriptor is none, or not of the kind that this map holds (EBADF from bpf(BPF_MAP_UPDATE_ELEM))"
    }
  }

  @Test(.needs(.map(.perfEventArray))) func perfEvents() throws {
    let event = try LiveKernel().openPerfEvent(.programOutput(.records(1), isBackward: false), on: .cpu(0))
    let array = try DescriptorArray(map(.perfEventArray))
    try array.set(event, at: 0)
    #expect(try array.remove(at: 0))
    #expect(try !array.remove(at: 0))
    #expect {
      try array.set(event, at: 4)
    } throws: { "\($0)".hasPrefix("map 'map', key 4: the index is beyond the map's 4 entries (E2BIG") }
  }

  @Test(.needs(.map(.xskMap))) func expressSockets() throws {
    // AF_XDP
    let number = Glibc.socket(44, Int32(SOCK_RAW.rawValue), 0)
    let socket = try OwnedDescriptor(adopting: SystemCallError.check(number, "socket", on: "AF_XDP"))
    // XDP_RX_RING of SOL_XDP: from Linux 7 on only sockets that can receive are taken.
    var entries: UInt32 = 64
    #expect(setsockopt(number, 283, 2, &entries, 4) == 0)
    let array = try DescriptorArray(map(.xskMap))
    try array.set(socket, at: 2)
    #expect(try array.remove(at: 2))
  }

  @Test(.needs(.map(.socketMap))) func socketsByIndex() throws {
    let sockets = try SocketMap<UInt32>(map(.socketMap, valueSize: 8))
    let socket = try boundSocket()
    #expect(try sockets.cookie(for: 1) == nil)
    try sockets.set(socket, for: 1)
    #expect(try sockets.cookie(for: 1) == cookie(socket))
    #expect(try sockets.removeValue(for: 1))
    #expect(try !sockets.removeValue(for: 1))
    let narrow = try SocketMap<UInt32>(map(.socketMap))
    try narrow.set(socket, for: 0)
    #expect {
      try narrow.cookie(for: 0)
    } throws: { "\($0)".contains("only maps of sockets with values of 8 bytes can be read") }
  }

  @Test(.needs(.map(.socketHash))) func socketsByKey() throws {
    let map = try Map(MapSpec(name: "hash", type: .socketHash, keySize: 8, valueSize: 8, maxEntries: 4))
    let sockets = try SocketMap<(UInt16, UInt32)>(map)
    let socket = try boundSocket()
    try sockets.set(socket, for: (1, 2))
    #expect(try sockets.cookie(for: (1, 2)) == cookie(socket))
    #expect(try sockets.cookie(for: (2, 2)) == nil)
    #expect(try sockets.removeValue(for: (1, 2)))
    #expect(try !sockets.removeValue(for: (1, 2)))
  }

  @Test(.needs(.map(.reusePortSocketArray))) func socketsOfOnePort() throws {
    let sockets = try SocketMap<UInt32>(map(.reusePortSocketArray, valueSize: 8))
    let socket = try boundSocket(reusePort: true)
    try sockets.set(socket, for: 3)
    #expect(try sockets.cookie(for: 3) == cookie(socket))
    #expect(try sockets.removeValue(for: 3))
    #expect(try !sockets.removeValue(for: 3))
    let alone = try boundSocket()
    #expect(throws: BPFError.self) { try sockets.set(alone, for: 0) }
  }

  @Test(.needs(.map(.deviceMapHash)), arguments: [MapType.deviceMap, .deviceMapHash])
  func devices(_ type: MapType) throws {
    let devices = try DeviceMap(map(type, valueSize: 8))
    let inner = try program(.xdp, .xdpDevmap)
    // The loopback device of every network name space.
    try devices.set(interface: 1, for: 2)
    #expect(try devices.target(for: 2) == DeviceMap.Target(interface: 1))
    try devices.set(interface: 1, program: inner, for: 3)
    #expect(try devices.target(for: 3) == DeviceMap.Target(interface: 1, programID: inner.info().id))
    #expect(try devices.target(for: 1) == nil)
    #expect(try devices.removeValue(for: 2))
    #expect(try !devices.removeValue(for: 2))
    #expect(throws: BPFError.self) { try devices.set(interface: 0x7fff_ffff, for: 0) }
    let narrow = try DeviceMap(map(type))
    try narrow.set(interface: 1, for: 0)
    #expect(try narrow.target(for: 0) == DeviceMap.Target(interface: 1))
    #expect(
      throws: BPFError.mapMismatch(
        MapMismatch(map: "map", .valueSize(4, type: "a number with a program", byteCount: 8)))
    ) { try narrow.set(interface: 1, program: inner, for: 1) }
  }

  @Test(.needs(.map(.cpuMap))) func cpus() throws {
    let cpus = try CPUMap(map(.cpuMap, valueSize: 8, entries: 2))
    #expect(try cpus.target(at: 0) == nil)
    let inner = try program(.xdp, .xdpCpumap)
    try cpus.set(queueSize: 192, program: inner, at: 0)
    #expect(try cpus.target(at: 0) == CPUMap.Target(queueSize: 192, programID: inner.info().id))
    try cpus.set(queueSize: 64, at: 0)
    #expect(try cpus.target(at: 0) == CPUMap.Target(queueSize: 64))
    try cpus.remove(at: 0)
    #expect(try cpus.target(at: 0) == nil)
    #expect(throws: BPFError.self) { try cpus.set(queueSize: 1 << 20, at: 0) }
  }

  @Test(.needs(.map(.cgroupStorage))) func cgroupStorage() throws {
    let spec = MapSpec(name: "attached", type: .cgroupStorage, keySize: 16, valueSize: 8, maxEntries: 0)
    let storage = try CgroupStorage<UInt64>(Map(spec))
    #expect(try storage.elements().isEmpty)
    let nobody = CgroupStorageKey(cgroup: 1, attachType: 0)
    #expect(try storage.value(for: nobody) == nil)
    #expect(try !storage.replace(1, for: nobody))
    var perCPU = spec
    perCPU.type = .perCPUCgroupStorage
    #expect(try PerCPUCgroupStorage<UInt64>(Map(perCPU)).elements().isEmpty)
  }

  @Test func refusesOtherTypes() throws {
    let plain = try map(.array)
    #expect {
      try DescriptorArray(plain)
    } throws: { "\($0)" == "map 'map' is of type array, not perf_event_array or cgroup_array or xskmap" }
    #expect(throws: BPFError.self) { try ProgramArray(plain) }
    #expect(throws: BPFError.self) { try SocketMap<UInt32>(plain) }
    #expect(throws: BPFError.self) { try DeviceMap(plain) }
    #expect(throws: BPFError.self) { try CPUMap(plain) }
    #expect(throws: BPFError.self) { try MapOfMaps<UInt32>(plain) }
    #expect(throws: BPFError.self) { try LocalStorage<UInt32>(plain) }
    #expect(throws: BPFError.self) { try StackTraceMap(plain) }
    #expect(throws: BPFError.self) { try QueueMap<UInt32>(plain) }
    #expect(throws: BPFError.self) { try CgroupStorage<UInt32>(plain) }
  }
}
