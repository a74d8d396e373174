import BPF
import KernelInterface
import LinuxSystem
import TraceCompiler

/// The maps of a script in the kernel, in the order in which its programs name them.
final class ScriptMaps: ScriptMapStore {
  /// The maps.
  let maps: [Map]
  private let script: CompiledScript
  private let stacks: Int?
  private let lossCounters: Int?
  /// The index of the ring buffer that carries events.
  let events: Int?

  /// Creates all maps.
  ///
  /// - Throws: ``TraceFailure/mapRefused(_:_:)`` with the map that could not be made.
  init(_ script: CompiledScript, on machine: MachineFacts, kernel: any KernelCalls) throws(TraceFailure) {
    var maps: [Map] = []
    for description in script.maps {
      do throws(BPFError) {
        maps.append(try Self.create(description, script, machine, kernel))
      } catch {
        throw .mapRefused(description, error)
      }
    }
    self.maps = maps
    self.script = script
    stacks = script.maps.firstIndex { if case .stacks = $0.role { true } else { false } }
    lossCounters = script.maps.firstIndex { $0.role == .lossCounters }
    events = script.maps.firstIndex { $0.role == .events }
  }

  private static func create(
    _ description: CompiledMap, _ script: CompiledScript, _ machine: MachineFacts, _ kernel: any KernelCalls
  ) throws(BPFError) -> Map {
    let map = try Map(MapSpec(description, script, machine), kernel: kernel)
    if case .table(let bytes) = description.role {
      try map.update([UInt8](repeating: 0, count: map.spec.keySize), to: bytes)
      // The verifier may then take the bytes for constants.
      do { try kernel.freezeMap(map.descriptor) } catch { throw .systemCall(error) }
    }
    return map
  }

  func contents(ofMap index: Int) throws(BPFError) -> MapContents? {
    guard maps.indices.contains(index), case .script(let name, let key, let value) = script.maps[index].role else {
      return nil
    }
    var entries: [MapContents.Entry] = []
    try maps[index].forEach { keyBytes, valueBytes in
      let shown: MapContents.Value =
        switch value {
        case .plain: .plain(valueBytes.allBytes)
        case .aggregation(let aggregation): .aggregated(AggregatedValue(merging: valueBytes, of: aggregation))
        }
      entries.append(MapContents.Entry(key: keyBytes.allBytes, value: shown))
    }
    return MapContents(name: name, key: key, value: value, entries: entries)
  }

  /// The contents of every map that has a name in the script.
  func allContents() throws(BPFError) -> [MapContents] {
    var all: [MapContents] = []
    for index in maps.indices {
      if let contents = try contents(ofMap: index) { all.append(contents) }
    }
    return all
  }

  func clear(map index: Int) throws(BPFError) {
    guard maps.indices.contains(index) else { return }
    switch script.maps[index].storage {
    case .hash, .perCPUHash, .lruHash, .lruPerCPUHash: try maps[index].removeAll()
    // An array's entries cannot be removed.
    case .array, .perCPUArray: try zero(map: index)
    case .ringBuffer: break
    }
  }

  func zero(map index: Int) throws(BPFError) {
    guard maps.indices.contains(index), script.maps[index].storage != .ringBuffer else { return }
    var keys: [[UInt8]] = []
    try maps[index].forEach { key, _ in keys.append(key.allBytes) }
    let nothing = [UInt8](repeating: 0, count: maps[index].storedValueSize)
    for key in keys {
      do throws(BPFError) {
        try maps[index].update(key, to: nothing, .onlyExisting)
      } catch {
        // The script itself may delete an entry meanwhile.
        guard case .systemCall(let call) = error, call.errno == .noSuchFileOrDirectory else { throw error }
      }
    }
  }

  /// The frames of a stack, innermost first; nil when it is not kept.
  func frames(ofStack hash: UInt64, count: Int) -> [UInt64]? {
    guard let stacks, let bytes = try? maps[stacks].value(of: withUnsafeBytes(of: hash) { Array($0) }) else {
      return nil
    }
    let frames = bytes.span.bytes
    return (0..<min(max(count, 0), bytes.count / 8)).compactMap { frames.unsignedInteger(at: $0 * 8) }
  }

  /// How many events of each program found no room so far.
  ///
  /// The counters lie in one value, in the order of the programs.
  func losses() throws(BPFError) -> [UInt64] {
    guard let lossCounters else { return [] }
    let counters = try maps[lossCounters].value(of: [UInt8](repeating: 0, count: maps[lossCounters].spec.keySize)) ?? []
    return script.programs.indices.map { counters.span.bytes.unsignedInteger(at: $0 * 8) ?? 0 }
  }

  /// The processes whose code the user stacks and symbols in keys and values lie in.
  func processesOfUserCode() throws(BPFError) -> Set<UInt32> {
    var processes: Set<UInt32> = []
    for (map, description) in zip(maps, script.maps) {
      guard case .script(_, let key, let value) = description.role else { continue }
      let keyFields = key.map { WireField(offset: 0, type: $0).userFields } ?? []
      var valueFields: [WireField] = []
      if case .plain(let type) = value { valueFields = WireField(offset: 0, type: type).userFields }
      if keyFields.isEmpty, valueFields.isEmpty { continue }
      try map.forEach { keyBytes, valueBytes in
        for field in keyFields { if let process = keyBytes.process(of: field) { processes.insert(process) } }
        for field in valueFields { if let process = valueBytes.process(of: field) { processes.insert(process) } }
      }
    }
    return processes
  }

  /// Whether any key or value names user code.
  var holdUserCode: Bool {
    script.maps.contains { map in
      guard case .script(_, let key, let value) = map.role else { return false }
      var types = key.map { [$0] } ?? []
      if case .plain(let type) = value { types.append(type) }
      return types.contains { !WireField(offset: 0, type: $0).userFields.isEmpty }
    }
  }
}

extension MapSpec {
  /// Values from this size on are not reserved in advance for every key there may be.
  private static let bigValueByteCount = 256

  /// How a script's map is made.
  init(_ map: CompiledMap, _ script: CompiledScript, _ machine: MachineFacts) {
    self.init(
      name: map.role.kernelName, type: MapType(map.storage), keySize: map.keyByteCount,
      valueSize: map.valueByteCount,
      maxEntries: map.role == .events ? RingBufferSize(script, machine).byteCount : max(map.maximumEntries, 1))
    switch map.storage {
    case .hash, .perCPUHash:
      let copies = map.storage == .perCPUHash ? machine.possibleCPUCount : 1
      // Before 6.1 entries that are not reserved cannot be made where programs run in interrupts of any kind: the
      // allocator of `kernel/bpf/memalloc.c` came then.
      if map.valueByteCount * copies >= Self.bigValueByteCount, machine.kernelVersion >= KernelVersion(6, 1) {
        flags.insert(.noPreallocation)
      }
    case .array:
      if case .table = map.role { flags.insert(.readOnlyForPrograms) }
    case .lruHash, .lruPerCPUHash, .perCPUArray, .ringBuffer:
      break
    }
  }
}

extension MapType {
  fileprivate init(_ storage: CompiledMap.Storage) {
    switch storage {
    case .hash: self = .hash
    case .perCPUHash: self = .perCPUHash
    case .lruHash: self = .lruHash
    case .lruPerCPUHash: self = .lruPerCPUHash
    case .array: self = .array
    case .perCPUArray: self = .perCPUArray
    case .ringBuffer: self = .ringBuffer
    }
  }
}

extension CompiledMap.Role {
  /// The name that the kernel's tools show: `AT_x` for `@x`, as bpftrace names them.
  var kernelName: String {
    switch self {
    case .script(let name, _, _): "AT_" + name.drop { $0 == "@" }
    case .events: "events"
    case .table: "table"
    case .lossCounters: "losses"
    case .stacks: "stacks"
    case .scratch(let program): "scratch_\(program)"
    }
  }
}

extension RawSpan {
  /// A copy of all bytes.
  fileprivate var allBytes: [UInt8] { withUnsafeBytes { Array($0) } }

  /// The process that a user stack or symbol names.
  func process(of field: WireField) -> UInt32? {
    let place: Int =
      if case .userSymbol = field.type { StackReference.frameCountOffset } else { StackReference.processOffset }
    return unsignedInteger(at: field.offset &+ place, byteCount: 4).map { UInt32(truncatingIfNeeded: $0) }
  }
}
