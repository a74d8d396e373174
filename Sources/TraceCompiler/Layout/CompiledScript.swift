public import Diagnostics

/// What a script became: everything that is needed to run it, as pure data.
public struct CompiledScript: Sendable {
  /// The programs, in the order in which their probes stand in the script.
  public var programs: [CompiledProgram]
  /// The maps that instructions and actions name by index.
  public var maps: [CompiledMap]
  /// What to do for each kind of event.
  public var actions: [EventAction]
  /// The names that ``WireType/probeName`` values are indexes of.
  public var probeNames: [String]
  /// The script's settings, defaults filled in.
  public var configuration: ScriptConfiguration
  /// The text that spans point into.
  public var source: SourceText

  /// A script that was compiled.
  public init(
    programs: [CompiledProgram], maps: [CompiledMap], actions: [EventAction], probeNames: [String],
    configuration: ScriptConfiguration, source: SourceText
  ) {
    self.programs = programs
    self.maps = maps
    self.actions = actions
    self.probeNames = probeNames
    self.configuration = configuration
    self.source = source
  }
}

/// A map that a script's programs use.
public struct CompiledMap: Hashable, Sendable {
  /// What the map is for.
  public enum Role: Hashable, Sendable {
    /// A map of the script: `@x`. A nil key means a scalar, stored under the key 0.
    case script(name: String, key: WireType?, value: Value)
    /// The ring buffer that carries events; `maximumEntries` is decided by the runtime.
    case events
    /// Constant bytes, in the single entry of an array that programs read from.
    case table(bytes: [UInt8])
    /// Counters (u64 each) of events that found no room, one per program in the order of the programs.
    case lossCounters
    /// Frames (u64 each) of stacks by the hash of the frames (u64).
    case stacks(frameLimit: Int)
    /// Working memory of one program, one entry per level of re-entry.
    case scratch(program: Int)
  }

  /// What an entry of a script's map holds.
  public enum Value: Hashable, Sendable {
    case plain(WireType)
    case aggregation(Aggregation)
  }

  /// The kernel's kind of map.
  public enum Storage: Hashable, Sendable {
    case hash, perCPUHash, lruHash, lruPerCPUHash, array, perCPUArray, ringBuffer
  }

  /// What the map is for.
  public var role: Role
  /// The kernel's kind of map.
  public var storage: Storage
  /// Bytes of a key; 0 for the ring buffer.
  public var keyByteCount: Int
  /// Bytes of a value, of one CPU's value for the per-CPU kinds; 0 for the ring buffer.
  public var valueByteCount: Int
  /// How many entries there can be; 0 where the runtime decides.
  public var maximumEntries: Int

  /// A map.
  public init(role: Role, storage: Storage, keyByteCount: Int, valueByteCount: Int, maximumEntries: Int) {
    self.role = role
    self.storage = storage
    self.keyByteCount = keyByteCount
    self.valueByteCount = valueByteCount
    self.maximumEntries = maximumEntries
  }
}
