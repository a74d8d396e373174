internal import BTF
internal import ELF
internal import KernelInterface

extension ObjectReader {
  /// Makes a map of each variable in `.struct_ops` and its kin.
  mutating func readStructOperations() throws(ObjectError) {
    for (section, kind) in kinds.enumerated() {
      guard case .structOperations(let usesLink, let isOptional) = kind, file.sections[section].size > 0 else {
        continue
      }
      let name = file.sections[section].name
      guard let types, let id = typedSections[name] else {
        throw failure(.missing("the type information (.BTF) that says what structs it holds"), section: section)
      }
      let bytes = try contents(of: section)
      var slots = try functionSlots(of: section, bytes)[...]
      for (variable, place) in try typedVariables(of: id, size: bytes.count, section: section) {
        let type = try wrapTypes(section: section, symbol: variable.name) { () throws(BTFError) in
          try types.resolve(variable.type)
        }
        guard case .structure(let structure)? = try? types.type(type), !structure.name.isEmpty,
          let contents = bytes.part(at: place.offset, count: place.size)
        else {
          throw failure(
            .malformed(found: "a variable of another type", expected: "a struct with a name"), section: section,
            symbol: variable.name)
        }
        var own: [StructOperationsSpec.FunctionSlot] = []
        while let slot = slots.first, slot.offset < place.offset + place.size {
          guard slot.offset >= place.offset else { break }
          own.append(.init(offset: slot.offset - place.offset, program: slot.program))
          slots.removeFirst()
        }
        var map = MapSpec(
          name: variable.name, type: .structOps, keySize: 4, valueSize: structure.size, maxEntries: 1,
          flags: usesLink ? .link : [])
        map.isCreated = !isOptional
        map.structOperations = StructOperationsSpec(
          typeName: structure.name.essentialName, typeID: type,
          contents: contents.withUnsafeBytes { [UInt8]($0) }, functions: own, usesLink: usesLink)
        mapsByPlace[SectionPlace(section: section, offset: place.offset)] = variable.name
        object.maps.append(map)
      }
      if let slot = slots.first {
        throw failure(
          .malformed(found: "the address of '\(slot.program)'", expected: "addresses in structs only"),
          section: section, offset: slot.offset)
      }
    }
  }

  private func functionSlots(
    of section: Int, _ bytes: ByteRegion
  ) throws(ObjectError) -> [StructOperationsSpec.FunctionSlot] {
    var slots: [StructOperationsSpec.FunctionSlot] = []
    guard let table = relocations[section] else { return [] }
    for relocation in table {
      let offset = Int(clamping: relocation.offset)
      guard case .function(let name) = try addressed(by: relocation, in: section, bytes) else {
        throw failure(
          .malformed(found: "the address of a map", expected: "addresses of programs"), section: section, offset: offset
        )
      }
      slots.append(.init(offset: offset, program: name))
    }
    return slots.sorted { $0.offset < $1.offset }
  }
}
