public import BTF
internal import Diagnostics
public import KernelInterface

/// An event map or a struct that is not there.
public enum RecordTypeError: Error, Hashable, Sendable {
  /// The object has no event map of that name.
  case unknownMap(String, all: [String])
  /// The object has no struct of that name.
  case unknownStruct(String, nearest: [String])
}

extension RecordTypeError: CustomStringConvertible {
  /// One line with the facts.
  public var description: String {
    switch self {
    case .unknownMap(let name, let all):
      "the object has no ring or perf buffer '\(name)'"
        + (all.isEmpty ? "" : "; it has \(all.joined(separator: ", "))")
    case .unknownStruct(let name, let nearest):
      "the object's types have no struct '\(name)'" + (nearest.first.map { "; did you mean '\($0)'?" } ?? "")
        + " (compilers keep only structs that a map, a variable or a function of the program names)"
    }
  }
}

/// Finds out which struct the records of each event map are.
///
/// The kernel does not know, and C has no place to say it that all loaders read. The first of these rules that says
/// something counts:
///
/// 1. What the user said: `--event MAP=STRUCT`.
/// 2. The value's type in the map's definition, when it is a struct or union: `__type(value, struct event)`; of buffers
///    in Swift, the type of their events.
/// 3. A global variable that is a pointer to a struct and whose name has the map's in it: `struct event *events_record`.
/// 4. A struct that is called like the map: for `opens` that is `opens`, `open`, `opens_event` or `open_event`.
/// 5. The only struct to which global variables point: `const struct event *unused __attribute__((unused));`, by which
///    people make their compiler keep the type.
/// 6. The only struct whose name has "event" in it.
///
/// Structs that the program expects the kernel to have (CO-RE), and contexts of programs, are left out of rules 4 and 6.
public struct RecordTypeSearch {
  private let spec: ObjectSpec
  private let chosen: [String: String]
  /// Structs that describe what the kernel has.
  private let kernelTypes: Set<TypeID>

  /// A search in an object.
  ///
  /// - Parameter chosen: names of event maps with the structs that the user says their records are.
  /// - Throws: ``RecordTypeError`` for a map or a struct that the user names and that is not there.
  public init(_ spec: ObjectSpec, chosen: [String: String] = [:]) throws(RecordTypeError) {
    self.spec = spec
    self.chosen = chosen
    let maps = spec.maps.filter(\.type.holdsRecords).map(\.name)
    for (map, name) in chosen.sorted(by: { $0.key < $1.key }) {
      guard maps.contains(map) else { throw .unknownMap(map, all: maps) }
      guard Self.structs(of: spec).contains(where: { $0.name == name }) else {
        let names = Self.structs(of: spec).map(\.name).filter { !$0.isEmpty }
        throw .unknownStruct(name, nearest: NearestNames.nearest(to: name, among: names))
      }
    }
    kernelTypes = Self.kernelTypes(of: spec)
  }

  /// The type of a map's records; nil when no rule says it.
  public func type(of map: MapSpec) -> TypeID? { spec.types.flatMap { id(of: map, $0) } }

  /// Whether the user or the map's definition says what the records are, so that nothing need be guessed.
  public func isStated(_ map: MapSpec) -> Bool { chosen[map.name] != nil || map.valueTypeID != nil }

  private func id(of map: MapSpec, _ types: TypeGraph) -> TypeID? {
    let structs = Self.structs(of: spec)
    if let name = chosen[map.name] { return structs.first { $0.name == name }?.id }
    if let value = map.valueTypeID, let id = Self.structure(value, types) { return id }
    let pointers = Self.pointers(of: spec, types)
    if let found = pointers.first(where: { Self.lowercased($0.name).contains(text: Self.lowercased(map.name)) }) {
      return found.target
    }
    let own = structs.filter { !kernelTypes.contains($0.id) }
    for name in Self.names(like: map.name) {
      if let found = own.first(where: { Self.lowercased($0.name) == name }) { return found.id }
    }
    if let only = pointers.first?.target, pointers.allSatisfy({ $0.target == only }) { return only }
    let events = own.filter { Self.lowercased($0.name).contains(text: "event") }
    return events.count == 1 ? events.first?.id : nil
  }

  /// Names of structs that stand for a map of a name, the likeliest first; without underscores and in small letters.
  private static func names(like map: String) -> [String] {
    let plural = lowercased(map)
    let singular = plural.hasSuffix("s") ? String(plural.dropLast()) : plural
    return [plural, singular].flatMap { [$0, "\($0)event", "\($0)record"] }
  }

  /// Neither capitals nor underscores tell names apart: `open_event` of C is `OpenEvent` in Swift.
  private static func lowercased(_ name: String) -> String { name.lowercased().filter { $0 != "_" } }

  private static func structs(of spec: ObjectSpec) -> [(id: TypeID, name: String)] {
    guard let types = spec.types else { return [] }
    return types.ids.filter { [.structure, .union].contains(types.kind(of: $0)) }.map { ($0, types.name(of: $0)) }
  }

  /// The struct or union that a type is, modifiers looked through.
  private static func structure(_ id: TypeID, _ types: TypeGraph) -> TypeID? {
    guard let resolved = try? types.resolve(id), [.structure, .union].contains(types.kind(of: resolved)) else {
      return nil
    }
    return resolved
  }

  /// The variables that point to structs, and the structs.
  private static func pointers(of spec: ObjectSpec, _ types: TypeGraph) -> [(name: String, target: TypeID)] {
    spec.maps.flatMap(\.variables).compactMap { variable in
      guard let type = variable.typeID, let target = try? types.pointee(of: type),
        let structure = structure(target, types)
      else { return nil }
      return (variable.name, structure)
    }
  }

  private static func kernelTypes(of spec: ObjectSpec) -> Set<TypeID> {
    guard let types = spec.types else { return [] }
    var found = Set(spec.functions.flatMap(\.relocations).compactMap { structure($0.type, types) })
    let entries = Set(spec.programs.map(\.name))
    for function in spec.functions where entries.contains(function.name) {
      guard let id = function.typeID, case .function(let type)? = try? types.type(id),
        case .functionPrototype(let prototype)? = try? types.type(type.prototype)
      else { continue }
      for parameter in prototype.parameters {
        if let target = try? types.pointee(of: parameter.type), let structure = structure(target, types) {
          found.insert(structure)
        }
      }
    }
    return found
  }
}

extension MapType {
  /// Whether programs write records into it for user space to read.
  public var holdsRecords: Bool { self == .ringBuffer || self == .perfEventArray }
}
