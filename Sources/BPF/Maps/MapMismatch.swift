public import KernelInterface

/// A map that is not what a typed wrapper needs.
public struct MapMismatch: Error, Hashable, Sendable {
  /// What does not fit.
  public enum Fact: Hashable, Sendable {
    /// The map is of one type, and the wrapper is for others.
    case type(MapType, expected: [MapType])
    /// Bytes of the map's keys, the Swift type that was to be one, and the bytes it takes.
    case keySize(Int, type: String, byteCount: Int)
    /// Bytes of the map's values, the Swift type that was to be one, and the bytes it takes.
    case valueSize(Int, type: String, byteCount: Int)
    /// Some bytes of a key type may be padding or not, so equal keys might differ.
    case unclearPadding(reason: String)
    /// A key of a prefix trie does not begin with 4 bytes that say how long the prefix is.
    case prefixKey(type: String)
    /// The map was created without a flag, here by its C name.
    case missingFlag(String)
    /// The map was created with a flag that excludes this, here by its C name.
    case flag(String)
    /// The map's memory is for reading only.
    case readOnlyMemory
    /// The map has no variable of this name.
    case noVariable(String)
    /// A variable does not lie within the map's value, or not at a multiple of its alignment.
    case variable(name: String, offset: Int, byteCount: Int, of: Int)
    /// A variable is of other bytes than the Swift type.
    case variableSize(name: String, Int, type: String, byteCount: Int)
  }

  /// The map's name.
  public var map: String
  /// What does not fit.
  public var fact: Fact

  /// A fact about a map.
  public init(map: String, _ fact: Fact) {
    self.map = map
    self.fact = fact
  }
}

extension MapMismatch: CustomStringConvertible {
  /// One sentence with both sides.
  public var description: String {
    switch fact {
    case .type(let type, let expected):
      return "map '\(map)' is of type \(type), not \(expected.map(\.description).joined(separator: " or "))"
    case .keySize(let size, let type, let byteCount):
      return "map '\(map)' has keys of \(size) bytes, but \(type) takes \(byteCount)"
    case .valueSize(let size, let type, let byteCount):
      return "map '\(map)' has values of \(size) bytes, but \(type) takes \(byteCount)"
    case .unclearPadding(let reason):
      return "keys of map '\(map)' might differ in padding: \(reason); say which it is by conforming to KnownPadding"
    case .prefixKey(let type):
      return "keys of map '\(map)' are prefixes: \(type) must be a UInt32 and then bytes, without a gap between them"
    case .missingFlag(let flag): return "map '\(map)' was created without \(flag)"
    case .flag(let flag): return "map '\(map)' was created with \(flag), which excludes this"
    case .readOnlyMemory: return "map '\(map)' is mapped for reading only"
    case .noVariable(let name): return "map '\(map)' has no variable '\(name)'"
    case .variable(let name, let offset, let byteCount, let size):
      return
        "variable '\(name)' of \(byteCount) bytes cannot be at offset \(offset) of the \(size) bytes of map '\(map)'"
    case .variableSize(let name, let size, let type, let byteCount):
      return "variable '\(name)' in map '\(map)' has \(size) bytes, but \(type) takes \(byteCount)"
    }
  }
}
