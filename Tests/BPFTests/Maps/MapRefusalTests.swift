import KernelInterface
import KernelTesting
import LinuxSystem
import Testing

@testable import BPF

@Suite struct MapRefusalTests {
  private func spec(
    _ type: MapType, key: Int = 4, value: Int = 4, entries: Int = 4, flags: MapCreation.Flags = [], extra: UInt64 = 0
  ) -> MapSpec {
    MapSpec(name: "odd", type: type, keySize: key, valueSize: value, maxEntries: entries, flags: flags, extra: extra)
  }

  /// What the running kernel refuses is told by the part that is at fault; the same without that part is taken.
  @Test func theKernelRefusesWhatTheRulesSay() throws {
    let cases: [(MapSpec, field: String, remedy: String?)] = [
      (spec(.hash, entries: 0), "maxEntries", "say how many it may have"),
      (spec(.hash, key: 0), "keySize", "keys of this type have at least a byte"),
      (spec(.hash, value: 0), "valueSize", "values of this type have at least a byte"),
      (spec(.array, key: 8), "keySize", "keys of this type have 4 bytes: an index or a descriptor"),
      (spec(.queue), "keySize", "keys of this type have no bytes: there are no keys"),
      (spec(.ringBuffer, key: 0, value: 0, entries: 5000), "maxEntries", "take 8192"),
      (
        spec(.ringBuffer, key: 0, value: 8, entries: 4096), "valueSize",
        "values of this type have no bytes: there are no values"
      ),
      (spec(.longestPrefixTrie, key: 8), "flags: BPF_F_NO_PREALLOC", "add it"),
      (
        spec(.longestPrefixTrie, key: 4, flags: .noPreallocation), "keySize",
        "keys of this type have 4 bytes for the length of the prefix, and 1 to 256 of its own"
      ),
      (spec(.lruHash, flags: .noPreallocation), "flags: BPF_F_NO_PREALLOC", "leave it out"),
      (spec(.hash, flags: .noCommonLRU), "flags: BPF_F_NO_COMMON_LRU", "leave it out, or take an LRU map"),
      (spec(.hash, flags: .mappable), "flags: BPF_F_MMAPABLE", "leave it out"),
      (spec(.array, flags: [.readOnly, .writeOnly]), "flags: BPF_F_RDONLY, BPF_F_WRONLY", nil),
      (
        spec(.array, flags: [.readOnlyForPrograms, .writeOnlyForPrograms]),
        "flags: BPF_F_RDONLY_PROG, BPF_F_WRONLY_PROG", nil
      ),
      (spec(.programArray, value: 8), "valueSize", "values of this type have 4 bytes: a descriptor"),
      (
        spec(.stackTrace, value: 12), "valueSize",
        "values of this type have 8 bytes for each frame, 127 frames unless kernel.perf_event_max_stack allows more"
      ),
      (spec(.arrayOfMaps), "innerMap", "give a map that is like them"),
      (spec(.array, extra: 1), "extra", "leave it 0"),
    ]
    for (spec, field, remedy) in cases {
      // A part that an older kernel does not know is not checked.
      if field == "extra", !runs(5, 16) { continue }
      let error = #expect(throws: BPFError.self, "\(spec.type) \(field)") { try Map(spec) }
      guard case .mapRefused(let refusal)? = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
      #expect(refusal.field == field, "\(refusal)")
      #expect(refusal.remedy == remedy, "\(refusal)")
      #expect("\(refusal)".hasPrefix("map 'odd' of type \(spec.type) cannot be created: \(field): "))
    }
  }

  @Test func whatIsNotInTheSpec() {
    func refusal(_ errno: SystemErrno, _ type: MapType = .hash) -> MapRefusal {
      MapRefusal(
        MapCreation(type: type, keySize: 4, valueSize: 8, maxEntries: 9, flags: .mappable), named: "m",
        SystemCallError(call: "bpf(BPF_MAP_CREATE)", subject: "map 'm'", errno: errno), features: nil)
    }
    #expect(refusal(.notPermitted).remedy?.hasPrefix("run as root, or with CAP_BPF") == true)
    #expect(refusal(.noMemory).reason == "there is no memory for 9 entries of 8 bytes")
    #expect(refusal(.argumentListTooLong).reason == "9 entries of 4 + 8 bytes are too many")
    #expect(refusal(.invalidArgument, .array).remedy == "this kernel may not have BPF_F_MMAPABLE (Linux 5.5)")
    #expect(
      "\(refusal(.noMemory))"
        == "map 'm' of type hash cannot be created: there is no memory for 9 entries of 8 bytes; take fewer, or "
        + "BPF_F_NO_PREALLOC, by which entries take memory when they come (ENOMEM)")
  }

  /// A type that the kernel does not have is told as a missing feature.
  @Test func typesThatAreMissing() throws {
    let error = #expect(throws: BPFError.self) { try Map(spec(MapType(rawValue: 999))) }
    guard case .mapRefused(let refusal)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(refusal.field == nil)
    #expect(refusal.reason.contains("this kernel"), "\(refusal)")
  }
}
