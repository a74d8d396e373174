internal import BTF
internal import Bytecode

extension ObjectLinker {
  /// Takes over what is neither defined nor declared twice.
  mutating func linkExterns() throws(ObjectError) {
    var places: [String: Int] = [:]
    for (index, object) in objects.enumerated() {
      for var extern in object.externs {
        if extern.kind == .otherObject, definitions[extern.name] != nil { continue }
        extern.typeID = types.translate(extern.typeID, index) ?? .void
        guard let place = places[extern.name] else {
          places[extern.name] = result.externs.count
          result.externs.append(extern)
          continue
        }
        guard result.externs[place].kind == extern.kind, result.externs[place].size == extern.size else {
          throw failure(
            .malformed(found: "an extern of another kind or size", expected: "what the other objects say"), index,
            symbol: extern.name)
        }
        result.externs[place].isWeak = result.externs[place].isWeak && extern.isWeak
      }
    }
  }

  /// Takes over the functions and programs that count.
  mutating func linkFunctions() throws(ObjectError) {
    for (index, object) in objects.enumerated() {
      let shadowed = shadowedVariables(of: index)
      for function in object.functions where function.linkage == .static || isChosen(function.name, index) {
        var copy = function
        copy.name = functionName(function.name, index)
        copy.typeID = types.translate(function.typeID, index)
        for reference in copy.references.indices {
          copy.references[reference].target = try translated(
            copy.references[reference], of: function, index, shadowed)
        }
        for relocation in copy.relocations.indices {
          guard let type = types.translate(copy.relocations[relocation].type, index) else {
            throw failure(
              .missing("type \(copy.relocations[relocation].type) of a CO-RE relocation"), index, symbol: function.name)
          }
          copy.relocations[relocation].type = type
        }
        for line in copy.lines.indices { copy.lines[line] = types.translate(copy.lines[line], index) }
        result.functions.append(copy)
      }
      for program in object.programs where isChosen(program.name, index) { result.programs.append(program) }
    }
  }

  /// By map, the weak variables of an object that another object's take the place of, in their order.
  private func shadowedVariables(of index: Int) -> [String: [VariableSpec]] {
    var shadowed: [String: [VariableSpec]] = [:]
    for map in objects[index].maps {
      let variables = map.variables.filter { !$0.isStatic && $0.isWeak && !isChosen($0.name, index) }
      if !variables.isEmpty { shadowed[map.name] = variables }
    }
    return shadowed
  }

  private func translated(
    _ reference: CodeReference, of function: FunctionSpec, _ index: Int, _ shadowed: [String: [VariableSpec]]
  ) throws(ObjectError) -> CodeReference.Target {
    switch reference.target {
    case .map: return reference.target
    case .mapValue(let map, let offset):
      if let variable = shadowed[map]?.first(where: { $0.offset <= offset && offset - $0.offset < $0.size }),
        let place = variablePlace(variable.name)
      {
        return .mapValue(map: place.map, offset: place.offset + (offset - variable.offset))
      }
      guard let place = mapPlaces[index][map] else {
        throw failure(.missing("the map '\(map)' that it uses"), index, symbol: function.name)
      }
      return .mapValue(map: place.name, offset: place.base + offset)
    case .function(let name): return .function(functionName(name, index))
    case .functionAddress(let name): return .functionAddress(functionName(name, index))
    case .external(let name):
      guard let definition = definitions[name],
        objects[index].externs.contains(where: { $0.name == name && $0.kind == .otherObject })
      else { return reference.target }
      let isCall =
        function.instructions.indices.contains(reference.instruction)
        && !function.instructions[reference.instruction].isWide
      switch definition.kind {
      case .function: return isCall ? .function(name) : .functionAddress(name)
      case .map where !isCall: return .map(name)
      case .variable where !isCall:
        if let place = variablePlace(name) { return .mapValue(map: place.map, offset: place.offset) }
        fallthrough
      case .map, .variable:
        throw failure(
          .malformed(found: "a call of the \(definition.kind.word) '\(name)'", expected: "a function"), index,
          symbol: function.name)
      }
    }
  }

  /// Where the variable of that name is in the result.
  private func variablePlace(_ name: String) -> (map: String, offset: Int)? {
    guard let definition = definitions[name], case .variable(let map, let variable) = definition.kind else {
      return nil
    }
    let spec = objects[definition.object].maps[map]
    guard let place = mapPlaces[definition.object][spec.name] else { return nil }
    return (place.name, place.base + spec.variables[variable].offset)
  }
}
