/// A map by its place in the list of maps that belongs to a program, before it has a descriptor.
///
/// The loader creates the maps, then writes their descriptors into the instructions that ``Relocation`` names.
public struct MapReference: Hashable, Sendable, CustomStringConvertible {
  /// The place in the program's list of maps, from 0.
  public var index: Int

  /// Refers to the map at `index`.
  public init(index: Int) { self.index = index }

  /// As text, for messages and listings.
  public var description: String { "map[\(index)]" }
}
