internal import BTF
internal import ELF
internal import KernelInterface

/// Makes one object of several.
struct ObjectLinker {
  /// What a name means to all objects.
  struct Definition {
    enum Kind: Equatable {
      case function
      case map
      /// A variable by its map's and its own place in the object.
      case variable(map: Int, variable: Int)

      var word: String {
        switch self {
        case .function: "function"
        case .map: "map"
        case .variable: "variable"
        }
      }
    }

    var object: Int
    var kind: Kind
    var isWeak: Bool
  }

  /// Where a map of an object has gone.
  struct MapPlace {
    var name: String
    /// Where the object's bytes begin in the value.
    var base: Int
  }

  let objects: [ObjectSpec]
  var result: ObjectSpec
  /// By name, the definition that counts.
  var definitions: [String: Definition] = [:]
  /// For each object: what its static functions are called, where the name was taken.
  var functionNames: [[String: String]]
  /// For each object: where its maps are, by their names.
  var mapPlaces: [[String: MapPlace]]
  var types: LinkedTypes

  init(_ objects: [ObjectSpec], name: String) {
    self.objects = objects
    result = ObjectSpec(name: name, byteOrder: objects.first?.byteOrder ?? .host)
    functionNames = Array(repeating: [:], count: objects.count)
    mapPlaces = Array(repeating: [:], count: objects.count)
    types = LinkedTypes(count: objects.count)
  }

  mutating func link() throws(ObjectError) -> ObjectSpec {
    try checkAgreement()
    try collectDefinitions()
    nameStaticFunctions()
    try checkExterns()
    try linkTypes()
    try linkMaps()
    try linkExterns()
    try finishTypes()
    try linkFunctions()
    return result
  }

  func failure(_ reason: ObjectError.Reason, _ object: Int, symbol: String? = nil) -> ObjectError {
    ObjectError(reason, object: objects[object].name, symbol: symbol)
  }

  /// Byte order, licence and version have to be the same wherever they are said.
  private mutating func checkAgreement() throws(ObjectError) {
    for (index, object) in objects.enumerated() {
      guard object.byteOrder == result.byteOrder else {
        throw failure(
          .malformed(found: "an object of the other byte order", expected: "the first one's, \(result.byteOrder)"),
          index)
      }
      if result.license.isEmpty { result.license = object.license }
      guard object.license.isEmpty || object.license == result.license else {
        throw failure(
          .malformed(found: "licence \"\(object.license)\"", expected: "\"\(result.license)\", as others have"), index)
      }
      if result.kernelVersion == nil { result.kernelVersion = object.kernelVersion }
      guard object.kernelVersion == nil || object.kernelVersion == result.kernelVersion else {
        throw failure(.malformed(found: "another version", expected: "the same kernel version"), index)
      }
    }
  }

  private mutating func collectDefinitions() throws(ObjectError) {
    for (index, object) in objects.enumerated() {
      for function in object.functions where function.linkage != .static {
        try define(function.name, Definition(object: index, kind: .function, isWeak: function.linkage == .weak))
      }
      for (place, map) in object.maps.enumerated() {
        // Maps of data sections are put together; the configuration is laid out anew.
        if map.dataSection == nil || map.type == .arena {
          try define(map.name, Definition(object: index, kind: .map, isWeak: map.isWeak))
        }
        if map.dataSection == ".kconfig" { continue }
        for (number, variable) in map.variables.enumerated() where !variable.isStatic {
          try define(
            variable.name,
            Definition(object: index, kind: .variable(map: place, variable: number), isWeak: variable.isWeak))
        }
      }
    }
  }

  private mutating func define(_ name: String, _ definition: Definition) throws(ObjectError) {
    guard let other = definitions[name] else {
      definitions[name] = definition
      return
    }
    guard other.kind.word == definition.kind.word else {
      throw failure(
        .malformed(
          found: "a \(definition.kind.word)",
          expected: "a \(other.kind.word), as in object '\(objects[other.object].name)'"),
        definition.object, symbol: name)
    }
    guard other.isWeak || definition.isWeak else {
      throw failure(
        .duplicate("the \(definition.kind.word), in object '\(objects[other.object].name)' too,"), definition.object,
        symbol: name)
    }
    if other.isWeak, !definition.isWeak { definitions[name] = definition }
  }

  /// Whether an object's definition of a name is the one that counts.
  func isChosen(_ name: String, _ object: Int) -> Bool { definitions[name]?.object == object }

  private mutating func nameStaticFunctions() {
    var taken = Set(definitions.filter { $0.value.kind == .function }.keys)
    var numbers: [String: Int] = [:]
    for (index, object) in objects.enumerated() {
      for function in object.functions where function.linkage == .static {
        var name = function.name
        while !taken.insert(name).inserted {
          numbers[function.name, default: 0] += 1
          name = "\(function.name).\(numbers[function.name, default: 0])"
        }
        if name != function.name { functionNames[index][function.name] = name }
      }
    }
  }

  /// What an object declares has to be what another defines.
  private func checkExterns() throws(ObjectError) {
    for (index, object) in objects.enumerated() {
      for extern in object.externs where extern.kind == .otherObject {
        guard let definition = definitions[extern.name], let types = object.types else { continue }
        let isFunction = types.kind(of: extern.typeID) == .function
        guard isFunction == (definition.kind == .function) else {
          throw failure(
            .malformed(
              found: "a declaration of a \(isFunction ? "function" : "variable or map")",
              expected: "a \(definition.kind.word), as in object '\(objects[definition.object].name)'"),
            index, symbol: extern.name)
        }
        guard case .variable(let map, let variable) = definition.kind else { continue }
        let defined = objects[definition.object].maps[map].variables[variable]
        // An array may be declared without its length.
        if let size = try? types.size(of: extern.typeID), size != 0, size != defined.size {
          throw failure(
            .malformed(
              found: "a declaration of \(size) bytes",
              expected: "the \(defined.size) bytes that object '\(objects[definition.object].name)' has"),
            index, symbol: extern.name)
        }
      }
    }
  }
}
