import BPF
import KernelInterface
import LinuxSystem

/// Maps to look at, each of which lives as long as the value.
enum LiveMap {
  /// An empty one.
  static func make(
    _ type: MapType, key: Int, value: Int, entries: Int = 8, flags: MapCreation.Flags = [], name: String = "looked_at"
  ) throws -> Map {
    try Map(
      MapSpec(name: name, type: type, keySize: key, valueSize: value, maxEntries: entries, flags: flags))
  }

  /// With three elements of bytes that all differ.
  static func filled(_ type: MapType, key: Int, value: Int, flags: MapCreation.Flags = []) throws -> Map {
    let map = try make(type, key: key, value: value, flags: flags)
    for number in 0..<3 {
      var keyBytes = [UInt8](repeating: 0, count: key)
      for index in keyBytes.indices where index >= 4 { keyBytes[index] = UInt8(truncatingIfNeeded: index * 7) }
      // Of prefixes it is the length.
      keyBytes[0] = UInt8(number)
      let stored = (0..<map.storedValueSize).map { UInt8(truncatingIfNeeded: number &* 50 &+ $0 &* 3) }
      try map.update(keyBytes, to: stored)
    }
    return map
  }

  /// A map of maps with one inner map, which comes with it.
  static func holding(_ type: MapType) throws -> (outer: Map, inner: Map) {
    let inner = try make(.hash, key: 4, value: 4)
    var creation = MapCreation(type: type, keySize: 4, valueSize: 4, maxEntries: 3, name: ObjectName("outer"))
    let kernel = LiveKernel()
    let outer = try inner.descriptor.withNumber { number in
      creation.innerMap = number
      let outer = try Map(adopting: kernel.createMap(creation))
      try outer.update([1, 0, 0, 0], to: withUnsafeBytes(of: number) { Array($0) })
      return outer
    }
    return (outer, inner)
  }
}

extension Map {
  /// How the map is named on a command line.
  var words: [String] { get throws { ["id", "\(try info().id)"] } }
}
