internal import BTF
internal import KernelInterface
internal import LinuxSystem

/// Creating an object's maps.
extension LoadContext {
  /// Creates or picks up all maps that are to be created, and fills them, but for what needs loaded programs.
  func loadMaps(configuration: [UInt8]?) throws(LoadError) -> [String: Map] {
    try checkReplacements()
    var maps: [String: Map] = [:]
    for spec in spec.maps where spec.isCreated {
      guard maps[spec.name] == nil else { throw .badMap(spec.name, "the object has two maps of this name") }
      maps[spec.name] = try load(spec, configuration)
    }
    for spec in spec.maps {
      guard let map = maps[spec.name] else { continue }
      for slot in spec.slots {
        guard case .map(let name) = slot.content else { continue }
        guard let inner = maps[name] else {
          throw .badMap(spec.name, "slot \(slot.index) names map '\(name)', which is not created")
        }
        try fill(map, slot.index, inner.descriptor.withNumber { $0 })
      }
    }
    return maps
  }

  /// Puts programs into the slots of program arrays.
  func fillProgramArrays(_ maps: [String: Map], _ programs: [String: Program]) throws(LoadError) {
    for spec in spec.maps {
      guard let map = maps[spec.name] else { continue }
      for slot in spec.slots {
        guard case .program(let name) = slot.content else { continue }
        // A program that is not loaded leaves its slot empty.
        guard let program = programs[name] else { continue }
        try fill(map, slot.index, program.descriptor.withNumber { $0 })
      }
    }
  }

  private func fill(_ map: Map, _ index: Int, _ number: CInt) throws(LoadError) {
    guard map.spec.keySize == 4, let index = UInt32(exactly: index) else {
      throw .badMap(map.spec.name, "slot \(index) is no key of \(map.spec.keySize) bytes")
    }
    let key = withUnsafeBytes(of: index) { Array($0) }
    let value = withUnsafeBytes(of: number) { Array($0) }
    do throws(BPFError) { try map.update(key, to: value) } catch { throw .map(map.spec.name, error) }
  }

  private func load(_ spec: MapSpec, _ configuration: [UInt8]?) throws(LoadError) -> Map {
    if let map = try replacement(of: spec) { return map }
    var spec = spec
    if spec.dataSection == ".kconfig", let configuration { spec.contents = configuration }
    let path = spec.pinning == .byName ? "\(options.pinFolder)/\(spec.pinName)" : nil
    if let path, let map = try openPin(spec, path) { return map }
    let map = try create(spec)
    try setContents(of: map, spec)
    if let path {
      do throws(SystemCallError) {
        try pin(map, at: path)
      } catch {
        // Another process has pinned it meanwhile: that one is the map.
        if error.errno == .fileExists, let other = try openPin(spec, path) { return other }
        throw .map(spec.name, .systemCall(error))
      }
      pins.append(path)
    }
    return map
  }

  private func pin(_ map: Map, at path: String) throws(SystemCallError) {
    do throws(SystemCallError) { try kernel.pin(map.descriptor, at: path) } catch {
      guard error.errno == .noSuchFileOrDirectory else { throw error }
      try FileSystem.makeFolder(options.pinFolder)
      do throws(SystemCallError) { try kernel.pin(map.descriptor, at: path) } catch {
        try? FileSystem.removeFolder(options.pinFolder)
        throw error
      }
    }
  }

  /// The map that is pinned at `path`; nil when nothing is.
  private func openPin(_ spec: MapSpec, _ path: String) throws(LoadError) -> Map? {
    do throws(BPFError) {
      return try Map.opened(completed(spec), path, kernel)
    } catch {
      if case .systemCall(let call) = error, call.errno == .noSuchFileOrDirectory { return nil }
      throw .map(spec.name, error)
    }
  }

  /// Fills in what the object leaves to the machine.
  private func completed(_ spec: MapSpec) -> MapSpec {
    var spec = spec
    switch spec.type {
    case .perfEventArray:
      if spec.maxEntries == 0 { spec.maxEntries = (try? CPUList.possible().cpus.count) ?? 1 }
      // A value's type says what the records are; the elements are descriptors.
      (spec.keySize, spec.valueSize) = (4, 4)
    case .ringBuffer, .userRingBuffer:
      // Here, too, a value's type says what the records are; there are no elements.
      (spec.keySize, spec.valueSize) = (0, 0)
      // A power of two and whole pages.
      var size = MemoryPage.size
      while size < spec.maxEntries, size <= 1 << 30 { size *= 2 }
      spec.maxEntries = size
    default: break
    }
    return spec
  }

  /// Creates one map, with the prototype of its inner maps when it has some.
  private func create(_ given: MapSpec) throws(LoadError) -> Map {
    var spec = completed(given)
    if let operations = spec.structOperations {
      spec.valueSize = try structOperationsValueSize(operations, spec.name)
    }
    var inner: OpenDescriptor?
    if spec.type == .arrayOfMaps || spec.type == .hashOfMaps {
      guard let innerSpec = spec.innerMap else { throw .badMap(spec.name, "what its maps are like is not given") }
      inner = OpenDescriptor(try createDescriptor(completed(innerSpec), innerMap: nil))
    }
    let descriptor = try createDescriptor(spec, innerMap: inner?.number)
    do throws(BPFError) {
      return try Map(spec, adopting: descriptor, kernel: kernel)
    } catch {
      throw .map(spec.name, error)
    }
  }

  private func createDescriptor(_ spec: MapSpec, innerMap: CInt?) throws(LoadError) -> OwnedDescriptor {
    guard let keySize = UInt32(exactly: spec.keySize), let valueSize = UInt32(exactly: spec.valueSize),
      let maxEntries = UInt32(exactly: spec.maxEntries)
    else { throw .badMap(spec.name, "a size is negative or beyond 32 bits") }
    var creation = MapCreation(
      type: spec.type, keySize: keySize, valueSize: valueSize, maxEntries: maxEntries, flags: spec.flags,
      name: ObjectName(spec.name), innerMap: innerMap, extra: spec.extra)
    creation.numaNode = spec.numaNode
    creation.token = tokenNumber
    // Perf event arrays are the kernel's in any case.
    if let device = options.device, device.isOffloaded, spec.type != .perfEventArray {
      creation.deviceIndex = device.index
    }
    if let types, spec.type.takesTypes {
      creation.btf = types.descriptor.number
      creation.keyTypeID = spec.keyTypeID?.rawValue ?? 0
      creation.valueTypeID = spec.valueTypeID?.rawValue ?? 0
      if creation.valueTypeID == 0 { creation.btf = nil }
    }
    if let operations = spec.structOperations { try setKernelType(of: operations, spec, &creation) }
    return try create(creation, spec)
  }

  private func create(_ given: MapCreation, _ spec: MapSpec) throws(LoadError) -> OwnedDescriptor {
    var creation = given
    do throws(SystemCallError) { return try kernel.createMap(creation) } catch {
      let refusal = MapRefusal(given, named: spec.name, error, features: kernel is LiveKernel ? .running : nil)
      guard error.errno != .notPermitted, error.errno != .argumentListTooLong || creation.btf != nil else {
        throw .map(spec.name, .mapRefused(refusal))
      }
      // Types describe a map and few kinds need them; an older kernel may refuse a map for them.
      if creation.btf != nil, creation.kernelValueTypeID == 0 {
        creation.btf = nil
        creation.keyTypeID = 0
        creation.valueTypeID = 0
        if let descriptor = try? kernel.createMap(creation) { return descriptor }
      }
      if creation.flags.contains(.mappable), spec.dataSection != nil {
        creation.flags.remove(.mappable)
        if let descriptor = try? kernel.createMap(creation) { return descriptor }
      }
      if spec.dataSection != nil, error.errno == .invalidArgument, creation.flags.contains(.readOnlyForPrograms) {
        throw .missingFeature(Self.globalData, neededBy: "map '\(spec.name)'")
      }
      throw .map(spec.name, .mapRefused(refusal))
    }
  }

  /// Writes a data section's first value, and locks it when the object says so.
  private func setContents(of map: Map, _ spec: MapSpec) throws(LoadError) {
    guard spec.structOperations == nil else { return }
    if spec.type == .arena { return try setContents(ofArena: map, spec) }
    do throws(BPFError) {
      if let contents = spec.contents {
        guard contents.count <= spec.valueSize else {
          throw BPFError.wrongSize(map: spec.name, expected: spec.valueSize, given: contents.count)
        }
        // The kernel fills a new map with zeroes.
        if contents.contains(where: { $0 != 0 }) {
          let rest = [UInt8](repeating: 0, count: map.storedValueSize - contents.count)
          try map.update([UInt8](repeating: 0, count: spec.keySize), to: contents + rest)
        }
      }
      if spec.isFrozen {
        try BPFError.wrap { () throws(SystemCallError) in try kernel.freezeMap(map.descriptor) }
      }
    } catch {
      throw .map(spec.name, error)
    }
  }
}

extension LoadContext {
  /// Maps an arena into memory, for programs can be loaded with it only then, and writes its variables' first values.
  private func setContents(ofArena map: Map, _ spec: MapSpec) throws(LoadError) {
    do throws(BPFError) {
      let memory = try MapMemory(map)
      arenas[spec.name] = memory
      guard let contents = spec.contents else { return }
      let fits = memory.withUnsafeBytes { bytes in
        guard contents.count <= bytes.count else { return false }
        bytes.copyBytes(from: contents)
        return true
      }
      if !fits {
        throw .wrongSize(map: spec.name, expected: spec.maxEntries * MemoryPage.size, given: contents.count)
      }
    } catch {
      throw .map(spec.name, error)
    }
  }
}

extension MapType {
  /// Whether the kernel takes the types of keys and values for a map of this type: those whose values are descriptors,
  /// sockets or stacks have none (`map_check_btf` is missing from their operations).
  fileprivate var takesTypes: Bool {
    switch self {
    case .perfEventArray, .cgroupArray, .stackTrace, .arrayOfMaps, .hashOfMaps, .deviceMap, .deviceMapHash, .cpuMap,
      .xskMap, .socketMap, .socketHash, .queue, .stack, .arena, .ringBuffer, .userRingBuffer:
      false
    default: true
    }
  }
}
