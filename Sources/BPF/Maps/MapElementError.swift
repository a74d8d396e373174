public import KernelInterface
public import LinuxSystem

/// The kernel refused to read or write an element of a map.
///
///     map 'counts', key 7: the map is full (1024 entries); remove some, allow more, or take an LRU map (E2BIG)
public struct MapElementError: Error, Hashable, Sendable {
  /// The map's name.
  public var map: String
  /// The map's type.
  public var type: MapType
  /// How many entries it may have.
  public var maxEntries: Int
  /// The key as text; nil where there is none.
  public var key: String?
  /// The call that failed: "bpf(BPF_MAP_UPDATE_ELEM)".
  public var call: String
  /// Why it failed.
  public var errno: SystemErrno

  /// What a failed call means for a map.
  public init(_ error: SystemCallError, _ spec: MapSpec, key: String?) {
    map = spec.name
    type = spec.type
    maxEntries = spec.maxEntries
    self.key = key.map { $0.count > 80 ? "\($0.prefix(80))…" : $0 }
    call = error.call
    errno = error.errno
  }
}

extension MapElementError: CustomStringConvertible {
  /// What, why, and what to do.
  public var description: String {
    "map '\(map)'\(key.map { ", key \($0)" } ?? ""): \(cause) (\(errno.name) from \(call))"
  }

  private var isIndexed: Bool {
    switch type {
    case .array, .perCPUArray, .programArray, .perfEventArray, .cgroupArray, .arrayOfMaps, .deviceMap, .socketMap,
      .cpuMap, .xskMap, .reusePortSocketArray, .instructionArray:
      true
    default: false
    }
  }

  /// What the numbers mean here: the map types' functions in `kernel/bpf/` and `net/core/sock_map.c`.
  private var cause: String {
    switch errno {
    case .argumentListTooLong where isIndexed: "the index is beyond the map's \(maxEntries) entries"
    case .argumentListTooLong where type == .queue || type == .stack:
      "it is full (\(maxEntries) entries); pop some, or push so that the oldest goes"
    case .noSpace where type == .longestPrefixTrie, .argumentListTooLong:
      "the map is full (\(maxEntries) entries); remove some, allow more, or take an LRU map"
    case .noSpace where [.socketMap, .socketHash, .reusePortSocketArray].contains(type):
      "only maps of sockets with values of 8 bytes can be read"
    case .fileExists: "the key is there already"
    case .noSuchFileOrDirectory where isIndexed: "there is no such index, or nothing is there"
    case .noSuchFileOrDirectory: "there is no such key"
    case .notPermitted: "the map is frozen, or this descriptor or the map is for reading or for writing only"
    case .noMemory: "there is no memory for another element"
    case .resourceBusy: "a program or another thread is at this place just now, or uses the map; try again"
    case .badFileDescriptor: "the descriptor is none, or not of the kind that this map holds"
    case .invalidArgument, .notSupported, .notSupportedByKernel:
      "maps of type \(type) do not do this on this kernel, or not with this key, value or flag"
    default: errno.text
    }
  }
}
