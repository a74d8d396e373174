internal import BTF
internal import ELF

extension ObjectReader {
  /// Collects what the object uses and does not have: undefined symbols, with the types that it takes them for.
  mutating func readExterns() throws(ObjectError) {
    var sections: [TypeID: String] = [:]
    for name in [".kconfig", ".ksyms"] {
      guard let id = typedSections[name], let types, case .dataSection(let section)? = try? types.type(id) else {
        continue
      }
      for variable in section.variables { sections[variable.variable] = name }
    }
    var seen: Set<String> = []
    for symbol in symbols where symbol.place == .undefined && !symbol.name.isEmpty {
      guard seen.insert(symbol.name).inserted else { throw failure(.duplicate("the extern"), symbol: symbol.name) }
      object.externs.append(try extern(symbol, sections))
    }
    object.layOutConfiguration(types, section: typedSections[".kconfig"])
  }

  private func extern(_ symbol: ObjectSymbol, _ sections: [TypeID: String]) throws(ObjectError) -> ExternSpec {
    guard let types else {
      throw failure(.missing("the type information (.BTF) that says what extern it is"), symbol: symbol.name)
    }
    let isWeak = symbol.binding == .weak
    let ids = types.ids(named: symbol.name)
    for id in ids {
      switch try wrapTypes(symbol: symbol.name, { () throws(BTFError) in try types.type(id) }) {
      case .variable(let variable) where sections[id] == ".kconfig":
        let size = try wrapTypes(symbol: symbol.name) { () throws(BTFError) in try types.size(of: variable.type) }
        try checkOption(variable)
        return ExternSpec(
          name: symbol.name, kind: .configuration, isWeak: isWeak, typeID: variable.type, size: size)
      case .variable(let variable) where sections[id] == ".ksyms":
        let type = try wrapTypes(symbol: symbol.name) { () throws(BTFError) in try types.resolve(variable.type) }
        // `const void` means as little as `void`.
        return ExternSpec(
          name: symbol.name, kind: .kernelVariable, isWeak: isWeak, typeID: type == .void ? .void : variable.type)
      case .function where sections[id] == ".ksyms":
        return ExternSpec(name: symbol.name, kind: .kernelFunction, isWeak: isWeak, typeID: id)
      case .variable(let variable) where variable.linkage == .extern:
        return ExternSpec(name: symbol.name, kind: .otherObject, isWeak: isWeak, typeID: variable.type)
      case .function(let function) where function.linkage == .extern:
        return ExternSpec(name: symbol.name, kind: .otherObject, isWeak: isWeak, typeID: id)
      default: continue
      }
    }
    throw failure(.missing("the type of the extern"), symbol: symbol.name)
  }

  /// Options are booleans, characters, tristates, integers or texts.
  private func checkOption(_ variable: VariableType) throws(ObjectError) {
    guard let types else { return }
    let name = variable.name
    switch try wrapTypes(symbol: name, { () throws(BTFError) in try types.resolvedType(variable.type) }) {
    case .integer(let integer) where [1, 2, 4, 8].contains(integer.size): return
    case .enumeration(let enumeration) where enumeration.name == "libbpf_tristate" && enumeration.size == 4: return
    case .array(let array) where array.count > 0:
      if case .integer(let integer)? = try? types.resolvedType(array.element), integer.size == 1 { return }
    default: break
    }
    throw failure(
      .malformed(
        found: "an option of another type",
        expected: "a bool, char, enum libbpf_tristate, integer of up to 64 bits or array of char"),
      symbol: name)
  }
}
