internal import BTF
internal import KernelInterface

/// The types of the objects on their way into one graph.
struct LinkedTypes {
  /// For each object: the new ids.
  var ids: [[TypeID: TypeID]?]
  /// For each object: where the bytes of its data sections begin in the whole.
  var bases: [[String: Int]]
  /// For each object and place of a string among its types: the place among the result's.
  var strings: [[UInt32: UInt32]]

  init(count: Int) {
    ids = Array(repeating: nil, count: count)
    bases = Array(repeating: [:], count: count)
    strings = Array(repeating: [:], count: count)
  }

  /// The new id of a type; nil for one that was dropped.
  func translate(_ id: TypeID?, _ object: Int) -> TypeID? { id == .void ? .void : id.flatMap { ids[object]?[$0] } }

  func translate(_ line: LineRecord, _ object: Int) -> LineRecord {
    var line = line
    line.fileNameOffset = strings[object][line.fileNameOffset] ?? 0
    line.textOffset = strings[object][line.textOffset] ?? 0
    return line
  }
}

extension ObjectLinker {
  private func wrap<R>(_ body: () throws(BTFError) -> R) throws(ObjectError) -> R {
    do throws(BTFError) { return try body() } catch { throw ObjectError(.types(error), object: result.name) }
  }

  /// Puts the types together and makes one of equal ones; sections come later, when their variables have places.
  mutating func linkTypes() throws(ObjectError) {
    var builder = TypeGraphBuilder()
    var copies: [TypeIDMap?] = []
    for (index, object) in objects.enumerated() {
      guard let graph = object.types else {
        copies.append(nil)
        continue
      }
      let wanted = try wantedTypes(of: graph, index)
      copies.append(try wrap { () throws(BTFError) in try builder.append(wanted, of: graph) })
    }
    guard copies.contains(where: { $0 != nil }) else { return }
    let whole = builder
    let unique = try wrap { () throws(BTFError) in try TypeGraph(bytes: whole.build()).deduplicated() }
    result.types = try wrap { () throws(BTFError) in try TypeGraph(bytes: unique.bytes) }
    for (index, copy) in copies.enumerated() {
      guard let copy, let graph = objects[index].types else { continue }
      var ids: [TypeID: TypeID] = [:]
      for id in graph.ids { if let copied = copy[id] { ids[id] = unique.ids[copied] } }
      types.ids[index] = ids
    }
  }

  /// All types but sections, and what declares or defines something that another object defines for all.
  private func wantedTypes(of graph: TypeGraph, _ index: Int) throws(ObjectError) -> [TypeID] {
    var dropped: Set<TypeID> = []
    var tags: [TypeID] = []
    for id in graph.ids {
      switch try wrap({ () throws(BTFError) in try graph.type(id) }) {
      case .dataSection: dropped.insert(id)
      case .variable(let variable) where isReplaced(variable, index): dropped.insert(id)
      case .function(let function) where isReplaced(function, index): dropped.insert(id)
      case .declarationTag(let tag) where [.variable, .function].contains(graph.kind(of: tag.target)): tags.append(id)
      default: break
      }
    }
    for id in tags {
      if case .declarationTag(let tag)? = try? graph.type(id), dropped.contains(tag.target) { dropped.insert(id) }
    }
    return graph.ids.filter { !dropped.contains($0) }
  }

  private func isReplaced(_ variable: VariableType, _ index: Int) -> Bool {
    guard variable.linkage != .static, let definition = definitions[variable.name] else { return false }
    return definition.kind != .function && definition.object != index
  }

  private func isReplaced(_ function: FunctionType, _ index: Int) -> Bool {
    guard let definition = definitions[function.name], definition.kind == .function, definition.object != index else {
      return false
    }
    return function.linkage == .extern
      || objects[index].functions.contains { $0.name == function.name && $0.linkage == .weak }
  }

  /// Adds the sections, with their variables at their places, and the texts of lines.
  mutating func finishTypes() throws(ObjectError) {
    guard let graph = result.types else {
      result.layOutConfiguration(nil, section: nil)
      return
    }
    result.layOutConfiguration(graph, section: nil)
    var builder = TypeGraphBuilder()
    try wrap { () throws(BTFError) in _ = try builder.append(graph) }
    for section in try linkedSections() {
      let id = try wrap { () throws(BTFError) in
        try builder.addDataSection(named: section.name, size: section.size, variables: section.variables)
      }
      for place in result.maps.indices where result.maps[place].dataSection == section.name {
        if result.maps[place].type != .arena { result.maps[place].valueTypeID = id }
      }
    }
    for (index, object) in objects.enumerated() {
      guard let own = object.types else { continue }
      for line in object.functions.lazy.flatMap(\.lines) {
        for offset in [line.fileNameOffset, line.textOffset] where types.strings[index][offset] == nil {
          types.strings[index][offset] = try wrap { () throws(BTFError) in
            try builder.addString(own.string(at: offset))
          }
        }
      }
    }
    let whole = builder
    result.types = try wrap { () throws(BTFError) in try TypeGraph(bytes: whole.build()) }
  }

  private struct LinkedSection {
    var name: String
    var size = 0
    var variables: [SectionVariable] = []
    /// The names that are there, of sections in which a name may stand once.
    var names: Set<String> = []
  }

  private func linkedSections() throws(ObjectError) -> [LinkedSection] {
    var sections: [LinkedSection] = []
    var places: [String: Int] = [:]
    let options = Dictionary(result.externs.map { ($0.name, $0.offset) }) { first, _ in first }
    for (index, object) in objects.enumerated() {
      guard let graph = object.types else { continue }
      for id in graph.ids where graph.kind(of: id) == .dataSection {
        guard case .dataSection(let section)? = try? graph.type(id) else { continue }
        let name = section.name
        let isNew = places[name] == nil
        let place = places[name] ?? sections.count
        if isNew {
          places[name] = place
          sections.append(LinkedSection(name: name))
        }
        // Each object has the same licence and version.
        if !isNew, name == "license" || name == "version" { continue }
        let base = types.bases[index][name] ?? (isExtern(name) ? 0 : (sections[place].size + 7) / 8 * 8)
        for variable in section.variables {
          guard let copy = types.translate(variable.variable, index) else { continue }
          var offset = variable.offset + base
          if isExtern(name) {
            let own = graph.name(of: variable.variable)
            guard sections[place].names.insert(own).inserted else { continue }
            if name == ".kconfig" { offset = options[own] ?? 0 }
          } else if case .variable(let type)? = try? graph.type(variable.variable), type.linkage == .extern {
            // A declaration that no object defines has no place.
            continue
          }
          sections[place].variables.append(SectionVariable(variable: copy, offset: offset, size: variable.size))
        }
        sections[place].size = max(sections[place].size, base + section.size)
      }
    }
    for place in sections.indices {
      sections[place].variables.sort { $0.offset < $1.offset }
      if let map = result.maps.first(where: { $0.dataSection == sections[place].name }), map.type != .arena {
        sections[place].size = map.valueSize
      }
    }
    return sections
  }

  /// Whether a section's variables are not the object's.
  private func isExtern(_ section: String) -> Bool { section == ".kconfig" || section == ".ksyms" }
}
