internal import BTF
internal import ELF

extension ObjectReader {
  /// Reads `.BTF`, with the places of variables that the compiler left to relocations.
  mutating func readTypes() throws(ObjectError) {
    guard let section = section(named: ".BTF") else { return }
    var bytes = try contents(of: section).withUnsafeBytes { [UInt8]($0) }
    if let table = relocations[section] {
      for relocation in table { try apply(relocation, to: &bytes, section) }
    }
    let graph = try wrapTypes(section: section) { () throws(BTFError) in
      let graph = try TypeGraph(bytes: bytes)
      try graph.validate()
      return graph
    }
    guard graph.isByteSwapped == (file.byteOrder != .host) else {
      throw failure(
        .malformed(found: "types of one byte order", expected: "the other, which the file is of"), section: section)
    }
    types = graph
    for id in graph.ids where graph.kind(of: id) == .dataSection { typedSections[graph.name(of: id)] = id }
  }

  /// `R_BPF_64_ABS32`, `R_BPF_64_NODYLD32`, and `R_BPF_64_32` of compilers before LLVM 13: adds the symbol's value.
  private func apply(_ relocation: Relocation, to bytes: inout [UInt8], _ section: Int) throws(ObjectError) {
    let symbol = try symbol(of: relocation, in: section)
    guard [3, 4, 10].contains(relocation.type), let offset = Int(exactly: relocation.offset),
      bytes.count >= 4, offset <= bytes.count - 4
    else {
      throw failure(
        .malformed(found: "a relocation of type \(relocation.type)", expected: "type 3 or 4 within the section"),
        section: section, symbol: symbol.name, offset: Int(clamping: relocation.offset))
    }
    var word: UInt32 = 0
    for index in 0..<4 {
      let byte = UInt32(bytes[offset + index])
      word |= byte << UInt32(file.byteOrder == .little ? index * 8 : 24 - index * 8)
    }
    if let addend = relocation.addend { word = UInt32(truncatingIfNeeded: addend) }
    word &+= UInt32(truncatingIfNeeded: symbol.value)
    for index in 0..<4 {
      bytes[offset + index] = UInt8(
        truncatingIfNeeded: word >> UInt32(file.byteOrder == .little ? index * 8 : 24 - index * 8))
    }
  }

  /// Fills in what the compiler leaves open: sizes of sections, and which functions are static after all.
  mutating func completeTypes() throws(ObjectError) {
    guard let types else { return }
    var layouts: [TypeID: DataSectionLayout] = [:]
    for (name, id) in typedSections {
      guard case .dataSection(let section)? = try? types.type(id) else { continue }
      if name == ".kconfig" {
        layouts[id] = configurationLayout(section)
      } else if name != ".ksyms", let index = file.sections.firstIndex(where: { $0.name == name }),
        let size = Int(exactly: file.sections[index].size)
      {
        layouts[id] = DataSectionLayout(size: max(size, section.size), variables: Array(section.variables))
      }
    }
    var hidden: [TypeID] = []
    for function in functionsBySection.values.joined() where function.symbol.isHidden {
      if let id = functionType(named: function.symbol.name) { hidden.append(id) }
    }
    self.types = try wrapTypes { () throws(BTFError) in
      try types.applying(layouts: layouts, staticFunctions: hidden)
    }
    object.types = self.types
  }

  /// The `.kconfig` section with the places that the externs were given.
  private func configurationLayout(_ section: DataSectionType) -> DataSectionLayout {
    let options = object.externs.filter { $0.kind == .configuration }
    let places = Dictionary(options.map { ($0.name, $0) }) { first, _ in first }
    let variables = section.variables.map { variable in
      let option = places[types?.name(of: variable.variable) ?? ""]
      return SectionVariable(
        variable: variable.variable, offset: option?.offset ?? 0, size: option?.size ?? variable.size)
    }
    return DataSectionLayout(size: options.map { $0.offset + $0.size }.max() ?? 0, variables: variables)
  }

  /// The object's own type of a function.
  func functionType(named name: String) -> TypeID? {
    types?.ids(named: name).first { types?.kind(of: $0) == .function }
  }

  /// The variables of a data section of the types, in the order of their places.
  ///
  /// - Throws: when one is not a variable, or does not lie within `size` bytes.
  func typedVariables(
    of id: TypeID, size: Int, section: Int
  ) throws(ObjectError) -> [(variable: VariableType, place: SectionVariable)] {
    guard let types, case .dataSection(let data)? = try? types.type(id) else { return [] }
    var variables: [(variable: VariableType, place: SectionVariable)] = []
    for place in data.variables {
      let type = try wrapTypes(section: section) { () throws(BTFError) in try types.type(place.variable) }
      guard case .variable(let variable) = type else {
        // Functions of the kernel stand in `.ksyms`; a function in a section of data has no place there.
        throw failure(
          .malformed(found: "a type that is no variable", expected: "variables in a section of data"), section: section,
          symbol: types.name(of: place.variable))
      }
      // An extern of another object has its type here, but no bytes.
      if variable.linkage == .extern { continue }
      guard place.offset <= size, place.size <= size - place.offset else {
        throw failure(
          .malformed(
            found: "a variable of \(place.size) bytes", expected: "one within the \(size) bytes of the section"),
          section: section, symbol: variable.name, offset: place.offset)
      }
      variables.append((variable, place))
    }
    return variables.sorted { $0.place.offset < $1.place.offset }
  }
}
