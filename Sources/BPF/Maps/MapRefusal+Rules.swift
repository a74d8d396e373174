internal import KernelInterface
internal import LinuxSystem

extension MapCreation {
  /// A part of a map's creation that no kernel takes.
  struct Problem {
    var field: String
    var reason: String
    var remedy: String?
  }

  /// What the kernel's own checks of this kind of map object to; nil when they do not.
  ///
  /// Source: the functions `map_alloc_check` and `map_alloc` of the types in `kernel/bpf`, `net/core/sock_map.c`,
  /// `net/core/bpf_sk_storage.c` and `net/xdp/xskmap.c`.
  func problem(for errno: SystemErrno) -> Problem? {
    guard [.invalidArgument, .notSupported, .notSupportedByKernel].contains(errno) else { return nil }
    return flagProblem ?? entryProblem ?? keyProblem ?? valueProblem ?? otherProblem
  }

  private var flagProblem: Problem? {
    func flag(_ name: String, _ reason: String, _ remedy: String? = nil) -> Problem {
      Problem(field: "flags: \(name)", reason: reason, remedy: remedy)
    }
    if flags.isSuperset(of: [.readOnly, .writeOnly]) {
      return flag("BPF_F_RDONLY, BPF_F_WRONLY", "they exclude each other")
    }
    if flags.isSuperset(of: [.readOnlyForPrograms, .writeOnlyForPrograms]) {
      return flag("BPF_F_RDONLY_PROG, BPF_F_WRONLY_PROG", "they exclude each other")
    }
    let isLRU = type == .lruHash || type == .lruPerCPUHash
    if isLRU, flags.contains(.noPreallocation) {
      return flag("BPF_F_NO_PREALLOC", "LRU maps take their memory at once", "leave it out")
    }
    if !isLRU, flags.contains(.noCommonLRU) {
      return flag("BPF_F_NO_COMMON_LRU", "only LRU maps have it", "leave it out, or take an LRU map")
    }
    let needsNoPreallocation: [MapType] = [
      .longestPrefixTrie, .socketStorage, .inodeStorage, .taskStorage, .cgroupLocalStorage,
    ]
    if needsNoPreallocation.contains(type), !flags.contains(.noPreallocation) {
      return flag("BPF_F_NO_PREALLOC", "maps of this type must have it", "add it")
    }
    if [.array, .arena].contains(type) == false, flags.contains(.mappable) {
      return flag("BPF_F_MMAPABLE", "only arrays and arenas can be mapped into memory", "leave it out")
    }
    if type == .arena, !flags.contains(.mappable) {
      return flag("BPF_F_MMAPABLE", "arenas must have it", "add it")
    }
    if type.isPerCPU, numaNode != nil || flags.contains(.numaNode) {
      return flag("BPF_F_NUMA_NODE", "the values of a per-CPU map lie with their CPUs", "leave it out")
    }
    return nil
  }

  private var entryProblem: Problem? {
    let hasNoEntries: [MapType] = [
      .socketStorage, .inodeStorage, .taskStorage, .cgroupLocalStorage, .cgroupStorage, .perCPUCgroupStorage,
    ]
    if hasNoEntries.contains(type) {
      return maxEntries == 0
        ? nil
        : Problem(
          field: "maxEntries", reason: "storages grow with what they belong to", remedy: "take 0, not \(maxEntries)")
    }
    if maxEntries == 0 {
      return Problem(field: "maxEntries", reason: "it has no entries", remedy: "say how many it may have")
    }
    if type == .ringBuffer || type == .userRingBuffer {
      let page = UInt32(clamping: MemoryPage.size)
      if maxEntries.nonzeroBitCount != 1 || maxEntries % page != 0 {
        var size = UInt64(page)
        while size < UInt64(maxEntries) { size *= 2 }
        return Problem(
          field: "maxEntries", reason: "\(maxEntries) bytes are no power of two and whole pages", remedy: "take \(size)"
        )
      }
    }
    return nil
  }

  private var keyProblem: Problem? {
    func size(_ expected: String) -> Problem {
      Problem(field: "keySize", reason: "\(keySize) bytes", remedy: "keys of this type have \(expected)")
    }
    switch type {
    case .queue, .stack, .bloomFilter, .ringBuffer, .userRingBuffer, .arena:
      return keySize == 0 ? nil : size("no bytes: there are no keys")
    case .hash, .perCPUHash, .lruHash, .lruPerCPUHash, .hashOfMaps, .socketHash, .resizableHash:
      return keySize == 0 ? size("at least a byte") : nil
    case .longestPrefixTrie:
      return (5...260).contains(keySize) ? nil : size("4 bytes for the length of the prefix, and 1 to 256 of its own")
    case .cgroupStorage, .perCPUCgroupStorage:
      return keySize == 8 || keySize == 16 ? nil : size("8 bytes, the cgroup, or 16, cgroup and type of program")
    case .unspecified: return nil
    default: return keySize == 4 ? nil : size("4 bytes: an index or a descriptor")
    }
  }

  private var valueProblem: Problem? {
    func size(_ expected: String) -> Problem {
      Problem(field: "valueSize", reason: "\(valueSize) bytes", remedy: "values of this type have \(expected)")
    }
    switch type {
    case .ringBuffer, .userRingBuffer, .arena: return valueSize == 0 ? nil : size("no bytes: there are no values")
    case .programArray, .perfEventArray, .cgroupArray, .arrayOfMaps, .hashOfMaps, .xskMap:
      return valueSize == 4 ? nil : size("4 bytes: a descriptor")
    case .deviceMap, .deviceMapHash, .cpuMap, .socketMap, .socketHash, .reusePortSocketArray:
      return valueSize == 4 || valueSize == 8 ? nil : size("4 or 8 bytes")
    case .stackTrace:
      return valueSize >= 8 && valueSize % 8 == 0
        ? nil : size("8 bytes for each frame, 127 frames unless kernel.perf_event_max_stack allows more")
    case .unspecified, .structOps: return nil
    default: return valueSize == 0 ? size("at least a byte") : nil
    }
  }

  private var otherProblem: Problem? {
    if type == .arrayOfMaps || type == .hashOfMaps, innerMap == nil {
      return Problem(
        field: "innerMap", reason: "what its maps are like is not said", remedy: "give a map that is like them")
    }
    if extra != 0, type != .bloomFilter, type != .arena {
      return Problem(field: "extra", reason: "only bloom filters and arenas have it", remedy: "leave it 0")
    }
    let needsTypes: [MapType] = [.socketStorage, .inodeStorage, .taskStorage, .cgroupLocalStorage]
    if needsTypes.contains(type), btf == nil || keyTypeID == 0 || valueTypeID == 0 {
      return Problem(
        field: "types", reason: "storages must say of what types their keys and values are",
        remedy: "load it from an object, or with BTF of both")
    }
    return nil
  }
}

extension MapCreation.Flags {
  /// The flags that not every kernel with the type of map has, by their C names, with the first kernel.
  var names: [String] {
    let table: [(Self, String)] = [
      (.readOnlyForPrograms, "BPF_F_RDONLY_PROG (Linux 5.2)"), (.writeOnlyForPrograms, "BPF_F_WRONLY_PROG (Linux 5.2)"),
      (.cloned, "BPF_F_CLONE (Linux 5.4)"), (.mappable, "BPF_F_MMAPABLE (Linux 5.5)"),
      (.preservedElements, "BPF_F_PRESERVE_ELEMS (Linux 5.10)"), (.innerMap, "BPF_F_INNER_MAP (Linux 5.10)"),
      (.link, "BPF_F_LINK (Linux 6.4)"), (.moduleValueType, "BPF_F_VTYPE_BTF_OBJ_FD (Linux 6.9)"),
      (.token, "BPF_F_TOKEN_FD (Linux 6.9)"), (.faultOnMissingPage, "BPF_F_SEGV_ON_FAULT (Linux 6.9)"),
      (.noAddressConversion, "BPF_F_NO_USER_CONV (Linux 6.9)"),
    ]
    return table.filter { contains($0.0) }.map(\.1)
  }
}
