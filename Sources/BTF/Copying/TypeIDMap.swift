/// Which type became which when types were copied or deduplicated.
public struct TypeIDMap: Sendable {
  /// The new ids by the old ones; 0 for types without one.
  private var ids: [UInt32] = []

  /// The new id of a type, where `void` stays `void`; nil for a type that was not copied.
  public internal(set) subscript(old: TypeID) -> TypeID? {
    get {
      if old == .void { return .void }
      guard ids.indices.contains(Int(old.rawValue)), ids[Int(old.rawValue)] != 0 else { return nil }
      return TypeID(ids[Int(old.rawValue)])
    }
    set {
      let place = Int(old.rawValue)
      if place >= ids.count { ids += repeatElement(0, count: place + 1 - ids.count) }
      ids[place] = newValue?.rawValue ?? 0
    }
  }
}
