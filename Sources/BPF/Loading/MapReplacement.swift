internal import KernelInterface

/// Maps of others in place of an object's own.
extension LoadContext {
  /// The map that is to be used in place of the object's; nil when it is to be created.
  func replacement(of spec: MapSpec) throws(LoadError) -> Map? {
    guard let map = options.maps[spec.name] else { return nil }
    let found = map.spec
    for (name, present, wanted) in [
      ("type", found.type.description, spec.type.description),
      ("bytes of a key", "\(found.keySize)", "\(spec.keySize)"),
      ("bytes of a value", "\(found.valueSize)", "\(spec.valueSize)"),
    ] where present != wanted {
      throw .badMap(spec.name, "map '\(found.name)' cannot take its place: \(name): \(present), not \(wanted)")
    }
    return map
  }

  /// - Throws: ``LoadError/unknownName(_:expected:)`` when a map is given for one that the object does not have.
  func checkReplacements() throws(LoadError) {
    for name in options.maps.keys.sorted() where !spec.maps.contains(where: { $0.name == name }) {
      throw .unknownName(name, expected: "map")
    }
  }
}
