import Bytecode
import KernelInterface
import LinuxSystem
import Testing

@testable import BPF

@Suite struct MapOpeningTests {
  private let spec = MapSpec(name: "pinned", type: .hash, keySize: 4, valueSize: 4, maxEntries: 7)

  @Test func outlivesItsOwnerByAPin() throws {
    let files = try BPFFileSystem()
    let id: UInt32
    do {
      let map = try Map(spec)
      id = try map.info().id
      #expect(try map.pin(byNameIn: files.path) == "\(files.path)/pinned")
      try map.update(bytes(1 as UInt32), to: bytes(2 as UInt32))
      #expect(throws: BPFError.self) { try map.pin(byNameIn: files.path) }
    }
    let again = try Map(pinnedAt: "\(files.path)/pinned")
    #expect(again.spec == spec)
    #expect(try again.info().id == id)
    #expect(try HashMap<UInt32, UInt32>(pinnedAt: "\(files.path)/pinned").value(for: 1) == 2)
    #expect(try Map(id: id).info().id == id)
    try Map.unpin("\(files.path)/pinned")
    #expect {
      try Map(pinnedAt: "\(files.path)/pinned")
    } throws: {
      "\($0)" == "bpf(BPF_OBJ_GET) \(files.path)/pinned: No such file or directory (ENOENT)"
    }
  }

  @Test func sharesWhatIsPinned() throws {
    let files = try BPFFileSystem()
    let path = "\(files.path)/shared"
    let one = try Map.shared(spec, pinnedAt: path)
    let other = try Map.shared(spec, pinnedAt: path)
    #expect(try one.info().id == other.info().id)
    var larger = spec
    larger.maxEntries = 8
    #expect(throws: BPFError.pinnedMapDiffers(path: path, difference: "entries: 7, not 8")) {
      try Map.shared(larger, pinnedAt: path)
    }
    #expect(try Map(pinnedAt: path).info().id == one.info().id)
  }

  /// Maps of devices get a flag from the kernel.
  @Test func sharesMapsOfDevices() throws {
    let files = try BPFFileSystem()
    let spec = MapSpec(name: "devices", type: .deviceMap, keySize: 4, valueSize: 4, maxEntries: 4)
    let one = try Map.shared(spec, pinnedAt: "\(files.path)/devices")
    #expect(try one.info().flags == .readOnlyForPrograms)
    #expect(try Map.shared(spec, pinnedAt: "\(files.path)/devices").info().id == one.info().id)
  }

  @Test func opensMapsOnly() throws {
    let files = try BPFFileSystem()
    let program = try Program(ProgramTests.spec(.rawTracepoint, [.move(.r0, 0), .exit]))
    try program.pin(at: "\(files.path)/program")
    #expect(throws: BPFError.notAMap("\(files.path)/program")) { try Map(pinnedAt: "\(files.path)/program") }
    let link = try program.attach(toRawTracepoint: "sched_process_exit")
    try link.pin(at: "\(files.path)/link")
    #expect(throws: BPFError.notAMap("\(files.path)/link")) { try Map(pinnedAt: "\(files.path)/link") }
    #expect(throws: BPFError.notALink("\(files.path)/program")) { try Link(pinnedAt: "\(files.path)/program") }
  }

  @Test func freezes() throws {
    let map = try Map(MapSpec(name: "frozen", type: .array, keySize: 4, valueSize: 4, maxEntries: 1))
    #expect(try !map.state().isFrozen)
    #expect(try map.state().memory > 0)
    try map.freeze()
    #expect(try map.state().isFrozen)
    #expect {
      try map.freeze()
    } throws: { error in
      [SystemErrno.notPermitted, .resourceBusy].contains {
        error as? BPFError
          == .systemCall(SystemCallError(call: "bpf(BPF_MAP_FREEZE)", subject: "map 'frozen'", errno: $0))
      }
    }
  }
}
