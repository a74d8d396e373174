internal import BTF
internal import KernelInterface

extension ObjectLinker {
  /// Takes the maps over; those of data sections of one name become one.
  mutating func linkMaps() throws(ObjectError) {
    var sections: [String: Int] = [:]
    for (index, object) in objects.enumerated() {
      for map in object.maps where map.dataSection != ".kconfig" {
        if let section = map.dataSection, map.type != .arena {
          let name = result.dataMapName(section)
          if let place = sections[section] {
            let base = try append(map, of: index, to: place)
            mapPlaces[index][map.name] = MapPlace(name: name, base: base)
            types.bases[index][section] = base
          } else {
            sections[section] = result.maps.count
            var copy = translated(map, index)
            copy.name = name
            copy.variables = translatedVariables(map, index, base: 0)
            result.maps.append(copy)
            mapPlaces[index][map.name] = MapPlace(name: name, base: 0)
            types.bases[index][section] = 0
          }
        } else {
          // What takes the place of a weak definition bears the same name.
          mapPlaces[index][map.name] = MapPlace(name: map.name, base: 0)
          if isChosen(map.name, index) { result.maps.append(translated(map, index)) }
        }
      }
    }
    // The order of a single object: defined maps, then those of sections.
    let isOfSection = { (map: MapSpec) in map.dataSection != nil && map.type != .arena }
    result.maps = result.maps.filter { !isOfSection($0) } + result.maps.filter(isOfSection)
  }

  /// Puts the bytes of a section's map behind those that are there, and answers where they begin.
  private mutating func append(_ map: MapSpec, of index: Int, to place: Int) throws(ObjectError) -> Int {
    var whole = result.maps[place]
    let alignment = max(map.alignment, 1)
    let (end, overflow) = whole.valueSize.addingReportingOverflow(alignment - 1)
    let base = end / alignment * alignment
    let (size, more) = base.addingReportingOverflow(map.valueSize)
    guard !overflow, !more, size <= Int(Int32.max) else {
      throw failure(
        .malformed(found: "\(map.valueSize) further bytes", expected: "less than 2 GiB in all"), index, symbol: map.name
      )
    }
    if whole.contents != nil || map.contents != nil {
      var contents = whole.contents ?? []
      contents += [UInt8](repeating: 0, count: max(0, base - contents.count))
      contents += map.contents ?? []
      whole.contents = contents
    }
    whole.valueSize = size
    whole.alignment = max(whole.alignment, alignment)
    whole.flags.formUnion(map.flags)
    whole.isFrozen = whole.isFrozen && map.isFrozen
    whole.variables += translatedVariables(map, index, base: base)
    result.maps[place] = whole
    return base
  }

  /// The variables that count, at their new places.
  private func translatedVariables(_ map: MapSpec, _ index: Int, base: Int) -> [VariableSpec] {
    map.variables.filter { $0.isStatic || isChosen($0.name, index) }.map { variable in
      var variable = variable
      variable.offset += base
      variable.typeID = types.translate(variable.typeID, index)
      return variable
    }
  }

  private func translated(_ map: MapSpec, _ index: Int) -> MapSpec {
    var map = map
    map.keyTypeID = types.translate(map.keyTypeID, index)
    map.valueTypeID = types.translate(map.valueTypeID, index)
    map.innerMap = map.innerMap.map { translated($0, index) }
    map.variables = translatedVariables(map, index, base: 0)
    for slot in map.slots.indices {
      if case .program(let name) = map.slots[slot].content {
        map.slots[slot].content = .program(functionName(name, index))
      }
    }
    if var operations = map.structOperations {
      operations.typeID = types.translate(operations.typeID, index) ?? .void
      for slot in operations.functions.indices {
        operations.functions[slot].program = functionName(operations.functions[slot].program, index)
      }
      map.structOperations = operations
    }
    return map
  }

  /// What a function of an object is called in the result.
  func functionName(_ name: String, _ index: Int) -> String { functionNames[index][name] ?? name }
}
