internal import BTF
internal import ELF
internal import KernelInterface

extension ObjectReader {
  /// Makes a map of each section of global variables.
  mutating func readDataSections() throws(ObjectError) {
    let places = symbolsBySection()
    for (section, kind) in kinds.enumerated() {
      guard case .data(let data) = kind, file.sections[section].size > 0 else { continue }
      let name = file.sections[section].name
      guard let size = Int32(exactly: file.sections[section].size).map(Int.init) else {
        throw failure(
          .malformed(found: "\(file.sections[section].size) bytes", expected: "less than 2 GiB"), section: section)
      }
      var map = MapSpec(
        name: object.dataMapName(name), type: .array, keySize: 4, valueSize: size, maxEntries: 1,
        valueTypeID: typedSections[name])
      map.dataSection = name
      map.alignment = max(1, Int(clamping: min(file.sections[section].alignment, 4096)))
      map.variables = try variables(of: section, size: size, places[section] ?? [])
      if data != .zero { map.contents = try contents(of: section).withUnsafeBytes { [UInt8]($0) } }
      if data == .readOnly {
        map.flags.insert(.readOnlyForPrograms)
        map.isFrozen = true
      }
      // What only the object's own programs name need not be seen from outside.
      if map.valueTypeID != nil, map.variables.contains(where: { !$0.isStatic }) { map.flags.insert(.mappable) }
      dataMaps[section] = map.name
      object.maps.append(map)
    }
  }

  /// Gives the variables of an arena to its map.
  mutating func readArenaData() throws(ObjectError) {
    guard let section = kinds.firstIndex(of: .arenaData), file.sections[section].size > 0 else { return }
    let arenas = object.maps.indices.filter { object.maps[$0].type == .arena }
    guard arenas.count == 1, let arena = arenas.first else {
      throw failure(
        .malformed(found: "variables of an arena in an object with \(arenas.count) arenas", expected: "one arena"),
        section: section)
    }
    let bytes = try contents(of: section)
    object.maps[arena].alignment = max(1, Int(clamping: min(file.sections[section].alignment, 4096)))
    object.maps[arena].dataSection = file.sections[section].name
    object.maps[arena].contents = bytes.withUnsafeBytes { [UInt8]($0) }
    object.maps[arena].variables = try variables(of: section, size: bytes.count, symbolsBySection()[section] ?? [])
    dataMaps[section] = object.maps[arena].name
  }

  private func symbolsBySection() -> [Int: [ObjectSymbol]] {
    var places: [Int: [ObjectSymbol]] = [:]
    for symbol in symbols where symbol.type == .object || symbol.type == .none {
      if let section = symbol.section, !symbol.name.isEmpty { places[section, default: []].append(symbol) }
    }
    return places
  }

  /// The variables of a section by its symbols, with what the types say about them.
  ///
  /// Types without a symbol (in an object whose symbols were stripped) name variables too. Where both name one, the
  /// symbol says its place: bpftool 7.1 leaves that of a replaced weak variable in the types.
  private func variables(of section: Int, size: Int, _ symbols: [ObjectSymbol]) throws(ObjectError) -> [VariableSpec] {
    var typed: [Int: (variable: VariableType, place: SectionVariable)] = [:]
    if let id = typedSections[file.sections[section].name] {
      for entry in try typedVariables(of: id, size: size, section: section) { typed[entry.place.offset] = entry }
    }
    var named: [String: (variable: VariableType, place: SectionVariable)] = [:]
    for entry in typed.values where entry.variable.linkage == .global { named[entry.variable.name] = entry }
    let names = Set(symbols.map(\.name))
    var variables: [VariableSpec] = []
    for symbol in symbols {
      guard symbol.value <= size, symbol.size <= size - symbol.value else {
        throw failure(
          .malformed(
            found: "a variable of \(symbol.size) bytes", expected: "one within the \(size) bytes of the section"),
          section: section, symbol: symbol.name, offset: symbol.value)
      }
      let entry = typed.removeValue(forKey: symbol.value) ?? named[symbol.name]
      variables.append(
        VariableSpec(
          name: symbol.name, offset: symbol.value, size: symbol.size, typeID: entry?.variable.type,
          isStatic: symbol.binding == .local, isWeak: symbol.binding == .weak))
    }
    for entry in typed.values where !names.contains(entry.variable.name) {
      variables.append(
        VariableSpec(
          name: entry.variable.name, offset: entry.place.offset, size: entry.place.size, typeID: entry.variable.type,
          isStatic: entry.variable.linkage == .static))
    }
    return variables.sorted { ($0.offset, $0.name) < ($1.offset, $1.name) }
  }

}

extension ObjectSpec {
  /// What a data section's map is called: at most eight characters of the object's name, so that the kernel keeps all,
  /// then the section's; sections that the source names itself, such as `.data.custom`, keep their name.
  func dataMapName(_ section: String) -> String {
    if section.dropFirst().contains(".") { return section }
    let room = max(0, 15 - max(7, section.utf8.count))
    let name = self.name.unicodeScalars.prefix(room).map { scalar in
      scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
        || scalar == "_" || scalar == "." ? Character(scalar) : "_"
    }
    return String(name) + section
  }
}
