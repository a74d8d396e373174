internal import BTF
internal import ELF
internal import KernelInterface

extension ObjectWriter {
  /// Defines the maps in `.maps`, each by a type of its own.
  mutating func addMaps() throws(ObjectError) {
    let defined = object.maps.filter { ($0.dataSection == nil || $0.type == .arena) && $0.structOperations == nil }
    guard !defined.isEmpty else { return }
    var typed = TypedSection(name: ".maps", size: 0, variables: [])
    let section = file.addSection(".maps", flags: [.allocated, .writable], alignment: 8)
    for map in defined {
      let definition = try definition(of: map)
      let size = definition.size + ((map.slots.map(\.index).max() ?? -1) + 1) * 8
      let variable = try wrapBuilding { (types: inout TypeGraphBuilder) throws(BTFError) in
        try types.addVariable(named: map.name, type: definition.type)
      }
      typed.variables.append(SectionVariable(variable: variable, offset: typed.size, size: size))
      maps[map.name] = Place(
        section: section, offset: typed.size,
        symbol: file.addSymbol(
          map.name, .object, map.isWeak ? .weak : .global, place: .section(section), value: typed.size, size: size))
      typed.size += size
    }
    file.setContents(of: section, to: [UInt8](repeating: 0, count: typed.size))
    // The places of all maps are known.
    for (map, place) in zip(defined, typed.variables) {
      let values = place.offset + place.size - ((map.slots.map(\.index).max() ?? -1) + 1) * 8
      for slot in map.slots {
        let target: Place?
        switch slot.content {
        case .map(let name): target = maps[name]
        case .program(let name): target = functions[name]
        }
        guard slot.index >= 0, let target else {
          throw failure(
            .missing("the map or program of its slot \(slot.index)"), section: ".maps", symbol: map.name)
        }
        // R_BPF_64_ABS64
        file.addRelocation(of: section, at: values + slot.index * 8, type: 2, symbol: target.symbol)
      }
    }
    typedSections.append(typed)
  }

  /// The struct that defines a map: numbers are lengths of arrays that members point to (`__uint` of `bpf_helpers.h`).
  private mutating func definition(of map: MapSpec, isInner: Bool = false) throws(ObjectError) -> (
    type: TypeID, size: Int
  ) {
    var inner: TypeID?
    if let spec = map.innerMap { inner = try definition(of: spec, isInner: true).type }
    let integer = try integer("int", size: 4)
    let (key, value) = (newID(of: map.keyTypeID), newID(of: map.valueTypeID))
    return try wrapBuilding { (types: inout TypeGraphBuilder) throws(BTFError) in
      func number(_ number: UInt64) throws(BTFError) -> TypeID {
        guard let count = Int32(exactly: number) else {
          // As `__ulong` has it.
          return try types.addEnumeration(
            named: "", size: 8, values: [("value_of_\(map.name)_\(number)", Int64(bitPattern: number))])
        }
        return try types.addPointer(to: types.addArray(of: integer, count: Int(count), indexedBy: integer))
      }
      var members: [(name: String, type: TypeID)] = [("type", try number(UInt64(map.type.rawValue)))]
      if let key, map.keyTypeID != .void {
        members.append(("key", try types.addPointer(to: key)))
      } else if map.keySize != 0 {
        members.append(("key_size", try number(UInt64(clamping: map.keySize))))
      }
      let holdsDescriptors = [.arrayOfMaps, .hashOfMaps, .programArray].contains(map.type)
      if let value, map.valueTypeID != .void {
        members.append(("value", try types.addPointer(to: value)))
      } else if map.valueSize != 0, !holdsDescriptors {
        members.append(("value_size", try number(UInt64(clamping: map.valueSize))))
      }
      if map.maxEntries != 0 { members.append(("max_entries", try number(UInt64(clamping: map.maxEntries)))) }
      if map.flags.rawValue != 0 { members.append(("map_flags", try number(UInt64(map.flags.rawValue)))) }
      if let node = map.numaNode { members.append(("numa_node", try number(UInt64(node)))) }
      if map.extra != 0 { members.append(("map_extra", try number(map.extra))) }
      if map.pinning == .byName, !isInner { members.append(("pinning", try number(1))) }
      var hasValues = false
      if let inner {
        members.append(("values", try types.addArray(of: types.addPointer(to: inner), count: 0, indexedBy: integer)))
        hasValues = true
      } else if map.type == .programArray, !map.slots.isEmpty {
        let function = try types.addFunctionPrototype(returning: integer, parameters: [])
        members.append(("values", try types.addArray(of: types.addPointer(to: function), count: 0, indexedBy: integer)))
        hasValues = true
      }
      let size = (members.count - (hasValues ? 1 : 0)) * 8
      let structure = try types.addStructure(
        named: "", size: size,
        members: members.enumerated().map { TypeGraphBuilder.Member($1.name, $1.type, bitOffset: $0 * 64) })
      return (structure, size)
    }
  }

  /// Writes the sections of variables, those of arenas too.
  mutating func addDataSections() throws(ObjectError) {
    for map in object.maps {
      guard var name = map.dataSection, name != ".kconfig" else { continue }
      var isZero = name == ".bss" || name.hasPrefix(".bss.")
      var contents = map.contents ?? []
      let size = map.type == .arena ? contents.count : map.valueSize
      guard contents.count <= size else {
        throw failure(
          .unsupported("first values of \(contents.count) bytes cannot stand in its \(size)"), section: name,
          symbol: map.name)
      }
      if isZero, contents.contains(where: { $0 != 0 }) {
        // A section without contents in the file has none; another of variables has the same meaning.
        isZero = false
        name = ".data\(name)"
        guard !object.maps.contains(where: { $0.dataSection == name }) else {
          throw failure(
            .unsupported("its first values belong into a section \(name), which is there"), section: map.dataSection,
            symbol: map.name)
        }
      }
      contents += [UInt8](repeating: 0, count: size - contents.count)
      let isReadOnly = name == ".rodata" || name.hasPrefix(".rodata.")
      let section = file.addSection(
        name, isZero ? .noBits : .programBits, flags: isReadOnly ? .allocated : [.allocated, .writable],
        alignment: max(map.alignment, 1), contents: contents, size: size)
      dataSections[map.name] = section
      var typed = TypedSection(name: name, size: size, variables: [])
      for variable in map.variables.sorted(by: { $0.offset < $1.offset }) {
        let symbol = file.addSymbol(
          variable.name, .object, variable.isStatic ? .local : variable.isWeak ? .weak : .global,
          place: .section(section), value: variable.offset, size: variable.size)
        if !variable.isStatic { variables[map.name, default: []].append((variable, symbol)) }
        guard let type = newID(of: variable.typeID) else { continue }
        let id = try wrapBuilding { (types: inout TypeGraphBuilder) throws(BTFError) in
          try types.addVariable(named: variable.name, type: type, linkage: variable.isStatic ? .static : .global)
        }
        // Sections hold no two variables of one place.
        if typed.variables.last?.offset == variable.offset { continue }
        typed.variables.append(SectionVariable(variable: id, offset: variable.offset, size: variable.size))
      }
      if !typed.variables.isEmpty { typedSections.append(typed) }
    }
  }

  /// Writes the structs of functions, with relocations for those.
  mutating func addStructOperations() throws(ObjectError) {
    var sections: [String: (section: Int, place: Int, bytes: [UInt8])] = [:]
    for map in object.maps {
      guard let operations = map.structOperations else { continue }
      let name = (map.isCreated ? "" : "?") + (operations.usesLink ? ".struct_ops.link" : ".struct_ops")
      guard let type = newID(of: operations.typeID) else {
        throw failure(.missing("the type of its value"), section: name, symbol: map.name)
      }
      if sections[name] == nil {
        let section = file.addSection(name, flags: [.allocated, .writable], alignment: 8)
        sections[name] = (section, typedSections.count, [])
        typedSections.append(TypedSection(name: name, size: 0, variables: []))
      }
      guard var entry = sections[name] else { continue }
      entry.bytes += [UInt8](repeating: 0, count: (8 - entry.bytes.count % 8) % 8)
      let offset = entry.bytes.count
      entry.bytes += operations.contents
      let symbol = file.addSymbol(
        map.name, .object, .global, place: .section(entry.section), value: offset, size: operations.contents.count)
      maps[map.name] = Place(section: entry.section, offset: offset, symbol: symbol)
      for slot in operations.functions {
        guard let function = functions[slot.program] else {
          throw failure(.missing("the program '\(slot.program)' of its member"), section: name, symbol: map.name)
        }
        file.addRelocation(of: entry.section, at: offset + slot.offset, type: 2, symbol: function.symbol)
      }
      let id = try wrapBuilding { (types: inout TypeGraphBuilder) throws(BTFError) in
        try types.addVariable(named: map.name, type: type)
      }
      typedSections[entry.place].variables.append(
        SectionVariable(variable: id, offset: offset, size: operations.contents.count))
      typedSections[entry.place].size = entry.bytes.count
      sections[name] = entry
    }
    for entry in sections.values { file.setContents(of: entry.section, to: entry.bytes) }
  }
}
