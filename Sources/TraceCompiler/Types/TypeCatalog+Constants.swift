import BTF
import TraceLanguage

extension TypeCatalog {
  /// A named constant: of the script's C section or an enumerator of the kernel.
  func constant(named name: String) -> (value: Int64, type: ValueType)? {
    if let value = declarations.integerConstants[name] {
      for (index, enumeration) in declarations.enumerations.enumerated()
      where enumeration.values.contains(where: { $0.name == name }) {
        return (value, .enumeration(.script(index)))
      }
      return (value, .integer(IntegerType.ofSignedLiteral(value)))
    }
    guard let enumerator = target.kernelTypes?.enumerator(named: name) else { return nil }
    return (enumerator.value, .enumeration(.kernel(enumerator.enumeration.rawValue)))
  }

  /// An enum's name, whether its values have signs, and their names.
  func enumerators(of id: EnumerationID) -> (name: String, isSigned: Bool, values: [Int64: String]) {
    switch id {
    case .script(let index):
      guard declarations.enumerations.indices.contains(index) else { return ("", true, [:]) }
      let enumeration = declarations.enumerations[index]
      return (enumeration.name, true, Dictionary(enumeration.values.map { ($1, $0) }) { first, _ in first })
    case .kernel(let id):
      guard case .enumeration(let enumeration) = try? target.kernelTypes?.type(TypeID(id)) else {
        return ("", false, [:])
      }
      let values = Dictionary(enumeration.enumerators.map { ($0.value, $0.name) }) { first, _ in first }
      return (enumeration.name, enumeration.isSigned, values)
    }
  }
}
