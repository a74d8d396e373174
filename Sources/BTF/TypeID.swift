/// The number of a type in a ``TypeGraph``; 0 is `void`.
///
/// Ids of a split graph (a module's) go on where those of its base graph end.
public struct TypeID: RawRepresentable, Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The number as it stands in the bytes.
  public let rawValue: UInt32

  /// The id with this number, which need not exist in any graph.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// The id with this number, which need not exist in any graph.
  public init(_ number: UInt32) { rawValue = number }

  /// The id of `void`, which has no record.
  public static let void = TypeID(0)

  /// Orders ids as the graph holds them.
  public static func < (left: TypeID, right: TypeID) -> Bool { left.rawValue < right.rawValue }

  /// The number in brackets, as raw dumps write it.
  public var description: String { "[\(rawValue)]" }
}
