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
    #expect {
      try Map.shared(larger, pinnedAt: path)
    } throws: {
      "\($0)"
        == "\(path) is a map of other make: hash, keys of 4 and values of 4 bytes, 7 entries, flags 0x0, extra 0; "
        + "not hash, keys of 4 and values of 4 bytes, 8 entries, flags 0x0, extra 0"
    }
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
