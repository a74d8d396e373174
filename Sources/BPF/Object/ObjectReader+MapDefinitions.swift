internal import BTF
internal import ELF
internal import KernelInterface

extension ObjectReader {
  /// Reads the maps that types define (`.maps`).
  mutating func readMapDefinitions() throws(ObjectError) {
    guard let section = kinds.firstIndex(of: .mapDefinitions), file.sections[section].size > 0 else { return }
    guard let id = typedSections[".maps"] else {
      throw failure(.missing("the type information (.BTF) that says what maps it defines"), section: section)
    }
    let size = Int(clamping: file.sections[section].size)
    var weak: Set<Int> = []
    for symbol in symbols where symbol.section == section && symbol.binding == .weak { weak.insert(symbol.value) }
    for (variable, place) in try typedVariables(of: id, size: size, section: section) {
      let definition = try MapDefinition(variable.type, named: variable.name, reader: self, section: section)
      mapsByPlace[SectionPlace(section: section, offset: place.offset)] = variable.name
      definedMaps.append(
        DefinedMap(
          range: place.offset..<place.offset + place.size, index: object.maps.count, values: definition.valuesOffset))
      object.maps.append(definition.map)
      object.maps[object.maps.count - 1].isWeak = weak.contains(place.offset)
    }
  }

  /// Reads the first elements of maps of maps and arrays of programs, which are relocations of `.maps`.
  mutating func fillSlots() throws(ObjectError) {
    guard let section = kinds.firstIndex(of: .mapDefinitions), let table = relocations[section] else { return }
    let bytes = try contents(of: section)
    for relocation in table {
      let offset = Int(clamping: relocation.offset)
      guard let defined = definedMap(at: offset) else {
        throw failure(
          .malformed(found: "a relocation outside of the maps", expected: "elements of maps"), section: section,
          offset: offset)
      }
      let map = object.maps[defined.index]
      guard let values = defined.values, offset - defined.range.lowerBound >= values,
        (offset - defined.range.lowerBound - values) % 8 == 0
      else {
        throw failure(
          .malformed(found: "an address", expected: "addresses in the member 'values' only"), section: section,
          symbol: map.name, offset: offset)
      }
      let index = (offset - defined.range.lowerBound - values) / 8
      let content: MapSpec.Slot.Content
      switch (try addressed(by: relocation, in: section, bytes), map.type) {
      case (.function(let name), .programArray): content = .program(name)
      case (.map(let name), .arrayOfMaps), (.map(let name), .hashOfMaps): content = .map(name)
      default:
        throw failure(
          .malformed(
            found: "an element of another kind", expected: map.type == .programArray ? "programs in it" : "maps in it"),
          section: section, symbol: map.name, offset: offset)
      }
      object.maps[defined.index].slots.append(MapSpec.Slot(index: index, content: content))
    }
    for index in object.maps.indices {
      object.maps[index].slots.sort { $0.index < $1.index }
      let slots = object.maps[index].slots
      for (one, other) in zip(slots, slots.dropFirst()) where one.index == other.index {
        throw failure(.duplicate("element \(one.index)"), section: section, symbol: object.maps[index].name)
      }
    }
  }

  /// The map whose definition holds a byte of `.maps`.
  private func definedMap(at offset: Int) -> DefinedMap? {
    var low = 0
    var high = definedMaps.count
    while low < high {
      let middle = (low + high) / 2
      if definedMaps[middle].range.upperBound <= offset { low = middle + 1 } else { high = middle }
    }
    return low < definedMaps.count && definedMaps[low].range.contains(offset) ? definedMaps[low] : nil
  }
}

/// Where `.maps` defines a map.
struct DefinedMap {
  /// Its bytes in the section.
  var range: Range<Int>
  /// Its place among the object's maps.
  var index: Int
  /// The byte of the definition at which first elements begin.
  var values: Int?
}
