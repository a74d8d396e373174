/// An instruction that names a map, to be completed when the map has a descriptor.
///
/// The wide load at ``instruction`` already has its kind, and in its second slot the offset within the value; the loader
/// writes the descriptor into the immediate of the first.
public struct Relocation: Hashable, Sendable {
  /// The slot of the wide load.
  public var instruction: Int
  /// The map meant.
  public var map: MapReference

  /// The wide load at `instruction` means `map`.
  public init(instruction: Int, map: MapReference) {
    self.instruction = instruction
    self.map = map
  }
}

extension [Instruction] {
  /// Writes the maps' descriptors into the instructions that name them.
  ///
  /// - Returns: false when a relocation lies outside or names a map for which `descriptor` gives nil; then some
  ///   instructions may be completed already.
  public mutating func resolve(_ relocations: [Relocation], descriptor: (MapReference) -> Int32?) -> Bool {
    for relocation in relocations {
      guard indices.contains(relocation.instruction), self[relocation.instruction].isWide,
        let number = descriptor(relocation.map)
      else { return false }
      self[relocation.instruction].immediate = number
    }
    return true
  }
}
