import Bytecode
import Diagnostics

/// What the programs of a script share while they are written: its maps, its actions and its constants.
struct ScriptAssembly {
  let catalog: TypeCatalog
  let configuration: ScriptConfiguration
  let options: CompilerOptions
  /// The names that `probe` values are indexes of.
  let probeNames: [String]
  private(set) var maps: [CompiledMap] = []
  private(set) var actions: [EventAction] = []
  private(set) var scriptMaps: [String: ScriptMap] = [:]
  var diagnostics = DiagnosticList()
  private var stackMap: MapReference?
  private var actionIndexes: [EventAction: Int] = [:]

  /// A map of the script, as programs use it.
  struct ScriptMap {
    var reference: MapReference
    var key: ValueType?
    var value: ValueType
    var isKeyed: Bool
    var storage: CompiledMap.Storage
    var keyByteCount: Int
    var valueByteCount: Int
  }

  let events: MapReference
  let lossCounters: MapReference

  init(
    catalog: TypeCatalog, configuration: ScriptConfiguration, options: CompilerOptions, probeNames: [String],
    maps: [TypedMap], programCount: Int
  ) {
    self.catalog = catalog
    self.configuration = configuration
    self.options = options
    self.probeNames = probeNames
    events = MapReference(index: 0)
    lossCounters = MapReference(index: 1)
    self.maps = [
      CompiledMap(role: .events, storage: .ringBuffer, keyByteCount: 0, valueByteCount: 0, maximumEntries: 0),
      // One value with all counters, so that programs reach theirs by address, without a look-up.
      CompiledMap(
        role: .lossCounters, storage: .array, keyByteCount: 4, valueByteCount: 8 * max(1, programCount),
        maximumEntries: 1),
    ]
    for map in maps { add(map) }
  }

  private mutating func add(_ map: TypedMap) {
    let isKeyed = map.key != nil
    var isPerCPU = false
    let value: CompiledMap.Value
    let valueByteCount: Int
    if case .aggregation(let aggregation) = map.value {
      isPerCPU = true
      value = .aggregation(aggregation)
      valueByteCount = aggregation.byteCount
    } else {
      let layout = StorageLayout(of: map.value, catalog: catalog)
      value = .plain(layout.wire)
      valueByteCount = StorageLayout.roundedUp(layout.byteCount)
    }
    let keyLayout = map.key.map { StorageLayout(of: $0, catalog: catalog) }
    let isLRU = map.declaredKind?.hasPrefix("lru") ?? false || map.declaredKind == "percpulruhash"
    let storage: CompiledMap.Storage =
      switch (isKeyed, isPerCPU, isLRU) {
      case (false, false, _): .array
      case (false, true, _): .perCPUArray
      case (true, false, false): .hash
      case (true, true, false): .perCPUHash
      case (true, false, true): .lruHash
      case (true, true, true): .lruPerCPUHash
      }
    let keyByteCount = keyLayout.map { StorageLayout.roundedUp($0.byteCount) } ?? 4
    let reference = append(
      CompiledMap(
        role: .script(name: map.name, key: keyLayout?.wire, value: value), storage: storage,
        keyByteCount: keyByteCount, valueByteCount: valueByteCount,
        maximumEntries: isKeyed ? map.declaredCapacity ?? configuration.maximumMapKeys : 1))
    scriptMaps[map.name] = ScriptMap(
      reference: reference, key: map.key, value: map.value, isKeyed: isKeyed, storage: storage,
      keyByteCount: keyByteCount, valueByteCount: valueByteCount)
  }

  mutating func append(_ map: CompiledMap) -> MapReference {
    maps.append(map)
    return MapReference(index: maps.count - 1)
  }

  mutating func setScratchByteCount(_ byteCount: Int, of map: MapReference) {
    maps[map.index].valueByteCount = byteCount
  }

  /// The map that holds the frames of stacks.
  mutating func stacks() -> MapReference {
    if let stackMap { return stackMap }
    let reference = append(
      CompiledMap(
        role: .stacks(frameLimit: Self.frameLimit), storage: .hash, keyByteCount: 8,
        valueByteCount: 8 * Self.frameLimit, maximumEntries: 16384))
    stackMap = reference
    return reference
  }

  /// Frames that a stored stack has room for (`PERF_MAX_STACK_DEPTH` of the kernel).
  static let frameLimit = 127

  /// The index of an action; equal actions share one.
  mutating func index(of action: EventAction) -> Int {
    if let known = actionIndexes[action] { return known }
    actions.append(action)
    actionIndexes[action] = actions.count - 1
    return actions.count - 1
  }
}
