public import BTF

/// A global variable: a name for some bytes in a data section's map.
public struct VariableSpec: Hashable, Sendable {
  /// Its name in the source.
  public var name: String
  /// Its first byte in the map's value.
  public var offset: Int
  /// Its bytes.
  public var size: Int
  /// Its type in the object's ``ObjectSpec/types``; nil when the object does not say.
  public var typeID: TypeID?
  /// Whether only its own object file can name it.
  public var isStatic: Bool
  /// Whether another object's definition takes precedence when objects are linked.
  public var isWeak: Bool

  /// A variable.
  public init(
    name: String, offset: Int, size: Int, typeID: TypeID? = nil, isStatic: Bool = false, isWeak: Bool = false
  ) {
    self.name = name
    self.offset = offset
    self.size = size
    self.typeID = typeID
    self.isStatic = isStatic
    self.isWeak = isWeak
  }
}
