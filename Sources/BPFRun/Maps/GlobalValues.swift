internal import BPF
internal import BTF

/// The global variables of an object that its programs write, as they are.
struct GlobalValues {
  private let object: BPFObject
  private let variables: [(name: String, type: TypeID)]

  /// The variables of the object's `.bss` and `.data` sections; pointers, which mean nothing outside, are left out.
  init(of object: BPFObject) {
    self.object = object
    guard let types = object.spec.types else {
      variables = []
      return
    }
    variables = object.spec.maps.filter { $0.dataSection != nil && $0.dataSection != ".kconfig" && !$0.isFrozen }
      .flatMap(\.variables)
      .compactMap { variable in
        guard let type = variable.typeID, variable.name != Self.checkCounters,
          (try? types.pointee(of: type)) ?? nil == nil
        else { return nil }
        return (variable.name, type)
      }
  }

  /// The array in which programs in Swift count checks that failed, one for each place; `bpf build` makes it.
  private static let checkCounters = "swift_traps"

  /// Calls `body` with each variable's name and value.
  func values() throws(LoadError) -> [(name: String, value: TypedValue)] {
    guard let types = object.spec.types else { return [] }
    var values: [(name: String, value: TypedValue)] = []
    for variable in variables {
      let bytes = try object.bytes(ofVariable: variable.name)
      if let value = bytes.withUnsafeBytes({ try? types.value(of: variable.type, in: $0) }) {
        values.append((variable.name, value.withTexts))
      }
    }
    return values
  }
}
