import BTF
import Glibc
import KernelInterface
import KernelTesting
import LinuxSystem
import Testing

@testable import BPF

@Suite struct LocalStorageTests {
  private func exercise(_ type: MapType, _ owner: borrowing OwnedDescriptor) throws {
    let storage = try LocalStorage<UInt64>(typedMap(type, name: "storage", flags: .noPreallocation))
    #expect(try storage.value(of: owner) == nil)
    try storage.set(5, of: owner)
    #expect(try storage.value(of: owner) == 5)
    #expect(throws: BPFError.self) {
      try storage.map.update(bytes(owner.withNumber { $0 }), to: bytes(1 as UInt64), .onlyNew)
    }
    try storage.set(6, of: owner, .onlyExisting)
    #expect(try storage.value(of: owner) == 6)
    #expect(try storage.removeValue(of: owner))
    #expect(try !storage.removeValue(of: owner))
    #expect(try storage.value(of: owner) == nil)
  }

  @Test(.needs(.map(.socketStorage))) func sockets() throws {
    let socket = try OwnedDescriptor(adopting: Glibc.socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0))
    try exercise(.socketStorage, socket)
  }

  @Test(.needs(.map(.inodeStorage))) func inodes() throws {
    try exercise(.inodeStorage, FileSystem.open("/", .directory))
  }

  @Test(.needs(.map(.taskStorage))) func tasks() throws {
    let process = try ProcessDescriptor(getpid())
    try exercise(.taskStorage, process.descriptor)
  }

  @Test(.needs(.map(.cgroupLocalStorage))) func cgroups() throws {
    let root = LiveKernel().mountDetached("cgroup2")
    try exercise(
      .cgroupLocalStorage, OwnedDescriptor(adopting: SystemCallError.check(root, "fsmount", on: "cgroup2")))
  }

  @Test(.needs(.map(.socketStorage))) func namesWhatIsWrong() throws {
    let storage = try LocalStorage<UInt64>(typedMap(.socketStorage, name: "sockets", flags: .noPreallocation))
    let file = try FileSystem.open("/dev/null")
    #expect {
      try storage.set(1, of: file)
    } throws: {
      "\($0)".hasPrefix("map 'sockets', key \(file.withNumber { $0 }): ") && "\($0)".contains("ENOTSOCK")
    }
    #expect(throws: BPFError.mapMismatch(MapMismatch(map: "sockets", .valueSize(8, type: "UInt32", byteCount: 4)))) {
      try LocalStorage<UInt32>(storage.map)
    }
  }

  /// A value with a `bpf_spin_lock` is copied while the lock is held; the lock's own bytes read as zero.
  @Test(.needs(.typeKind(.structure))) func locks() throws {
    struct Locked: BitwiseCopyable {
      var lock: UInt32 = 0
      var count: UInt32
    }
    let map = try typedMap(.hash, name: "locked", maxEntries: 2) { types in
      let word = try types.addInteger(named: "unsigned int", size: 4, isSigned: false)
      let lock = try types.addStructure(
        named: "bpf_spin_lock", size: 4, members: [.init("val", word, bitOffset: 0)])
      return try types.addStructure(
        named: "value", size: 8, members: [.init("lock", lock, bitOffset: 0), .init("count", word, bitOffset: 32)])
    }
    let counts = try HashMap<UInt32, Locked>(map)
    try counts.set(Locked(count: 1), for: 1)
    try counts.set(Locked(lock: 9, count: 2), for: 1, .any, .locked)
    let value = try #require(try counts.value(for: 1, .locked))
    #expect(value.count == 2 && value.lock == 0)
  }
}
