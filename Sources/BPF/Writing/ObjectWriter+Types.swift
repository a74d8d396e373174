internal import BTF
internal import ELF

extension ObjectWriter {
  /// Adds types in the builder, whose errors are the object's.
  mutating func wrapBuilding<R>(
    _ body: (inout TypeGraphBuilder) throws(BTFError) -> R
  ) throws(ObjectError) -> R {
    do throws(BTFError) { return try body(&types) } catch { throw failure(.types(error)) }
  }

  /// The new id of a type that may be none; nil when it is, and when it was not copied.
  func newID(of old: TypeID?) -> TypeID? { old.flatMap { typeIDs?[$0] } }

  /// Takes over the object's types but for variables and their sections, which are made anew, and for what only the
  /// definitions of maps were made of.
  mutating func copyTypes() throws(ObjectError) {
    guard let graph = try typesForLinkers() else { return }
    var wanted: [TypeID] = []
    for id in graph.ids {
      switch graph.kind(of: id) {
      case .function: wanted.append(id)
      case .structure, .union, .enumeration, .enumeration64, .typedef, .integer, .float, .forward:
        if !graph.name(of: id).isEmpty { wanted.append(id) }
      case .declarationTag:
        guard case .declarationTag(let tag)? = try? graph.type(id), !graph.name(of: tag.target).isEmpty else { break }
        switch graph.kind(of: tag.target) {
        case .variable, .dataSection: break
        default: wanted.append(id)
        }
      default: break
      }
    }
    for map in object.maps {
      wanted += [map.keyTypeID, map.innerMap?.keyTypeID, map.innerMap?.valueTypeID, map.structOperations?.typeID]
        .compactMap(\.self)
      if map.dataSection == nil, let value = map.valueTypeID { wanted.append(value) }
      wanted += map.variables.compactMap(\.typeID)
    }
    wanted += object.externs.map(\.typeID)
    for function in object.functions {
      wanted += function.relocations.map(\.type)
      if let type = function.typeID { wanted.append(type) }
    }
    let all = wanted
    typeIDs = try wrapBuilding { (types: inout TypeGraphBuilder) throws(BTFError) in try types.append(all, of: graph) }
  }

  /// The types, in which functions that are global for the linker are global: the kernel is told that they are static.
  private func typesForLinkers() throws(ObjectError) -> TypeGraph? {
    guard let graph = object.types else { return nil }
    let hidden = object.functions.filter { $0.isHidden && $0.linkage != .static }.compactMap(\.typeID)
    if hidden.isEmpty { return graph }
    return try wrap { () throws(BTFError) in
      var records = try TypeRecords(copying: graph)
      for id in hidden where records.kind(of: id) == .function {
        records.setHeader(of: id, itemCount: Int(FunctionLinkage.global.rawValue))
      }
      return try TypeGraph(bytes: records.encoded())
    }
  }

  /// Declares what the object does not have itself.
  mutating func addExterns() throws(ObjectError) {
    var options = TypedSection(name: ".kconfig", size: 0, variables: [])
    var symbols = TypedSection(name: ".ksyms", size: 0, variables: [])
    for extern in object.externs {
      externs[extern.name] = file.addSymbol(
        extern.name, .none, extern.isWeak ? .weak : .global, place: .undefined)
      guard let graph = object.types, let type = newID(of: extern.typeID) else { continue }
      var id = type
      if graph.kind(of: extern.typeID) != .function {
        id = try wrapBuilding { (types: inout TypeGraphBuilder) throws(BTFError) in
          try types.addVariable(named: extern.name, type: type, linkage: .extern)
        }
      }
      // The loader gives options their places.
      switch extern.kind {
      case .configuration: options.variables.append(SectionVariable(variable: id, offset: 0, size: extern.size))
      case .kernelFunction: symbols.variables.append(SectionVariable(variable: id, offset: 0, size: 0))
      case .kernelVariable:
        let size = (try? graph.size(of: extern.typeID)) ?? 0
        symbols.variables.append(SectionVariable(variable: id, offset: 0, size: max(size, 1)))
      case .otherObject: break
      }
    }
    typedSections += [options, symbols].filter { !$0.variables.isEmpty }
  }

  /// Writes `.BTF` and `.BTF.ext`.
  mutating func addTypes() throws(ObjectError) {
    for section in typedSections {
      _ = try wrapBuilding { (types: inout TypeGraphBuilder) throws(BTFError) in
        try types.addDataSection(named: section.name, size: section.size, variables: section.variables)
      }
    }
    guard types.nextID != TypeID(1) else { return }
    var functionParts: [BTFExtension.Part<FunctionRecord>] = []
    var lineParts: [BTFExtension.Part<LineRecord>] = []
    var relocationParts: [BTFExtension.Part<CORERelocation>] = []
    for section in code {
      var part = (functions: [FunctionRecord](), lines: [LineRecord](), relocations: [CORERelocation]())
      for (index, offset) in section.functions {
        let function = object.functions[index]
        if let type = newID(of: function.typeID), type != .void {
          part.functions.append(FunctionRecord(instructionOffset: offset, type: type))
        }
        for line in function.lines { part.lines.append(try moved(line, by: offset)) }
        for relocation in function.relocations {
          guard let type = newID(of: relocation.type) else {
            throw failure(.missing("type \(relocation.type) of a CO-RE relocation"), symbol: function.name)
          }
          var relocation = relocation
          relocation.type = type
          relocation.instructionOffset += offset
          part.relocations.append(relocation)
        }
      }
      functionParts.append(.init(name: section.name, records: part.functions))
      lineParts.append(.init(name: section.name, records: part.lines))
      relocationParts.append(.init(name: section.name, records: part.relocations))
    }
    let records = BTFExtension(
      functions: functionParts.filter { !$0.records.isEmpty }, lines: lineParts.filter { !$0.records.isEmpty },
      relocations: relocationParts.filter { !$0.records.isEmpty })
    let swapped = isByteSwapped
    let recordBytes = try wrapBuilding { (types: inout TypeGraphBuilder) throws(BTFError) in
      try records.encoded(with: &types, isByteSwapped: swapped)
    }
    let typeBytes = try wrapBuilding { (types: inout TypeGraphBuilder) throws(BTFError) in
      try types.build(isByteSwapped: swapped)
    }
    _ = file.addSection(".BTF", alignment: 4, contents: typeBytes)
    if !records.functions.isEmpty || !records.lines.isEmpty || !records.relocations.isEmpty {
      _ = file.addSection(".BTF.ext", alignment: 4, contents: recordBytes)
    }
  }

  /// A line at its place in the section, with its texts among the new strings.
  private mutating func moved(_ line: LineRecord, by offset: Int) throws(ObjectError) -> LineRecord {
    guard let graph = object.types else { return line }
    return try wrapBuilding { (types: inout TypeGraphBuilder) throws(BTFError) in
      LineRecord(
        instructionOffset: line.instructionOffset + offset,
        fileNameOffset: try types.addString(graph.string(at: line.fileNameOffset)),
        textOffset: try types.addString(graph.string(at: line.textOffset)), line: line.line, column: line.column)
    }
  }
}
