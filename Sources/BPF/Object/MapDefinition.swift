internal import BTF
internal import KernelInterface

/// A map as the members of a struct type define it.
///
/// Numbers are the lengths of arrays that pointers point to (`__uint`), or the only value of an enum (`__ulong`); types
/// are what pointers point to (`__type`). See `bpf_helpers.h` of libbpf.
struct MapDefinition {
  var map: MapSpec
  /// The byte of the struct at which first elements begin; nil when it has none.
  var valuesOffset: Int?

  private let reader: ObjectReader
  private let section: Int
  private let types: TypeGraph

  init(
    _ type: TypeID, named name: String, reader: ObjectReader, section: Int, isInner: Bool = false
  ) throws(ObjectError) {
    guard let types = reader.types else { throw reader.failure(.missing("the type information (.BTF)")) }
    self.reader = reader
    self.section = section
    self.types = types
    map = MapSpec(name: name, type: .unspecified, keySize: 0, valueSize: 0, maxEntries: 0)
    let resolved = try reader.wrapTypes(section: section, symbol: name) { () throws(BTFError) in
      try types.resolvedType(type)
    }
    guard case .structure(let definition) = resolved else {
      throw reader.failure(
        .malformed(found: "a variable of another type", expected: "a struct that defines a map"), section: section,
        symbol: name)
    }
    var isSized = (key: false, value: false)
    var recordType: TypeID?
    for (index, member) in definition.members.enumerated() {
      switch member.name {
      case "type":
        map.type = MapType(rawValue: try number32(member))
        recordType = try wrap { () throws(BTFError) in try Self.recordType(member, types) }
      case "max_entries": map.maxEntries = Int(try number32(member))
      case "map_flags": map.flags = MapCreation.Flags(rawValue: try number32(member))
      case "numa_node": map.numaNode = try number32(member)
      case "map_extra": map.extra = try number(member)
      case "key_size": try setSize(\.keySize, Int(number32(member)), &isSized.key, member)
      case "value_size": try setSize(\.valueSize, Int(number32(member)), &isSized.value, member)
      case "key": map.keyTypeID = try setType(\.keySize, &isSized.key, member)
      case "value": map.valueTypeID = try setType(\.valueSize, &isSized.value, member)
      case "pinning":
        guard !isInner else {
          throw failure(.unsupported("an inner map cannot be pinned by its definition"))
        }
        switch try number32(member) {
        case 0: map.pinning = .none
        case 1: map.pinning = .byName
        case let other: throw failure(.malformed(found: "pinning \(other)", expected: "LIBBPF_PIN_NONE or _BY_NAME"))
        }
      case "values":
        guard index == definition.members.count - 1 else {
          throw failure(.malformed(found: "members behind 'values'", expected: "none"))
        }
        valuesOffset = member.byteOffset
        try setValues(member, isInner: isInner)
      case let other:
        throw failure(
          .malformed(
            found: "a member '\(other)'",
            expected: """
              type, max_entries, map_flags, numa_node, map_extra, key_size, value_size, key, value, pinning or values
              """))
      }
    }
    guard map.type != .unspecified else { throw failure(.missing("the member 'type'")) }
    if map.valueTypeID == nil, [.ringBuffer, .userRingBuffer, .perfEventArray].contains(map.type) {
      map.valueTypeID = recordType
    }
    // Elements are descriptors, which programs and kernel know by 32-bit numbers.
    if [.arrayOfMaps, .hashOfMaps, .programArray].contains(map.type) {
      try setSize(\.valueSize, 4, &isSized.value, nil)
    }
  }

  /// The struct that `type` is an array of, by which a buffer can say what its records are: loaders that do not know of
  /// it read the length alone.
  private static func recordType(_ member: Member, _ types: TypeGraph) throws(BTFError) -> TypeID? {
    guard let target = try types.pointee(of: member.type), case .array(let array) = try types.resolvedType(target)
    else {
      return nil
    }
    if case .integer = try types.resolvedType(array.element) { return nil }
    return array.element
  }

  private func failure(_ reason: ObjectError.Reason) -> ObjectError {
    reader.failure(reason, section: section, symbol: map.name)
  }

  private func wrap<R>(_ body: () throws(BTFError) -> R) throws(ObjectError) -> R {
    try reader.wrapTypes(section: section, symbol: map.name, body)
  }

  private func number32(_ member: Member) throws(ObjectError) -> UInt32 {
    guard let number = UInt32(exactly: try number(member)) else {
      throw failure(.malformed(found: "member '\(member.name)' beyond 32 bits", expected: "a smaller number"))
    }
    return number
  }

  private func number(_ member: Member) throws(ObjectError) -> UInt64 {
    let types = types
    let type = try wrap { () throws(BTFError) in try types.resolvedType(member.type) }
    switch type {
    case .pointer(let target):
      if case .array(let array) = try wrap({ () throws(BTFError) in try types.resolvedType(target) }) {
        return UInt64(array.count)
      }
    case .enumeration(let enumeration):
      let values = enumeration.enumerators
      if values.count == 1, let value = values.first { return UInt64(truncatingIfNeeded: value.value) }
    default: break
    }
    throw failure(
      .malformed(found: "member '\(member.name)' of another type", expected: "one made by __uint or __ulong"))
  }

  private mutating func setSize(
    _ field: WritableKeyPath<MapSpec, Int>, _ size: Int, _ isSized: inout Bool, _ member: Member?
  ) throws(ObjectError) {
    guard !isSized || map[keyPath: field] == size else {
      throw failure(
        .malformed(
          found: "\(member.map { "member '\($0.name)'" } ?? "elements") of \(size) bytes",
          expected: "the \(map[keyPath: field]) bytes that another member says"))
    }
    map[keyPath: field] = size
    isSized = true
  }

  private mutating func setType(
    _ field: WritableKeyPath<MapSpec, Int>, _ isSized: inout Bool, _ member: Member
  ) throws(ObjectError) -> TypeID {
    let types = types
    guard let target = try wrap({ () throws(BTFError) in try types.pointee(of: member.type) }) else {
      throw failure(.malformed(found: "member '\(member.name)' of another type", expected: "one made by __type"))
    }
    let size = try wrap { () throws(BTFError) in try types.size(of: target) }
    try setSize(field, size, &isSized, member)
    return target
  }

  /// `__array(values, …)`: of pointers to what an inner map is like, or to functions.
  private mutating func setValues(_ member: Member, isInner: Bool) throws(ObjectError) {
    let types = types
    guard !isInner else { throw failure(.unsupported("a map of maps of maps does not exist")) }
    guard case .array(let array) = try wrap({ () throws(BTFError) in try types.resolvedType(member.type) }),
      let target = try wrap({ () throws(BTFError) in try types.pointee(of: array.element) })
    else {
      throw failure(.malformed(found: "member 'values' of another type", expected: "one made by __array"))
    }
    switch (try wrap { () throws(BTFError) in try types.resolvedType(target) }, map.type) {
    case (.structure, .arrayOfMaps), (.structure, .hashOfMaps):
      map.innerMap = try MapDefinition(
        target, named: "\(map.name).inner", reader: reader, section: section, isInner: true
      ).map
    case (.functionPrototype, .programArray): break
    default:
      throw failure(
        .malformed(
          found: "member 'values' in a map of type \(map.type)",
          expected: "inner maps in a map of maps, or functions in an array of programs"))
    }
  }
}
