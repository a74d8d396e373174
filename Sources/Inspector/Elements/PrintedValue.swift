internal import BTF
internal import LinuxSystem

/// A typed value as it is printed: bpftool's form of it, less what is no JSON.
///
/// Numbers are decimal, bit-fields and numbers of unusual width hexadecimal strings, enums their names, arrays of `char`
/// strings when they hold text that ends. Members of anonymous structs and unions stand among the others: a name for
/// none would be there twice.
indirect enum PrintedValue: Sendable {
  /// JSON as it stands.
  case scalar(String)
  case pointer(UInt64)
  case list([PrintedValue])
  case structure([(name: String, value: PrintedValue)])

  /// Reads a value.
  ///
  /// - Parameter function: what stands for a pointer to a function, of which it gets prototype and value; nil for the
  ///   address.
  /// - Throws: for types that have no values, and bytes that are too few.
  init(
    of type: TypeID, in graph: TypeGraph, _ bytes: UnsafeRawBufferPointer,
    function: ((TypeID, UInt64) -> String)? = nil
  ) throws(BTFError) {
    var reader = PrintedValueReader(graph: graph, steps: bytes.count &* 16 &+ 1 << 12, function: function)
    self = try reader.read(type, bytes, depth: 0)
  }

  /// Writes it; pointers in decimal, where bpftool's JSON has them so, or as `"0x…"`.
  func write(to json: inout JSONWriter, decimalPointers: Bool) throws(SystemCallError) {
    switch self {
    case .scalar(let text): try json.raw(text)
    case .pointer(let address):
      if decimalPointers { return try json.value(address) }
      try json.value("0x\(String(address, radix: 16))")
    case .list(let elements):
      try json.array { json throws(SystemCallError) in
        for element in elements { try element.write(to: &json, decimalPointers: decimalPointers) }
      }
    case .structure(let members):
      try json.object { json throws(SystemCallError) in
        for member in members {
          try json.name(member.name)
          try member.value.write(to: &json, decimalPointers: decimalPointers)
        }
      }
    }
  }
}

private struct PrintedValueReader {
  let graph: TypeGraph
  /// How many more parts may be read: type information can claim any number of parts without size.
  var steps: Int
  var function: ((TypeID, UInt64) -> String)?

  mutating func read(_ id: TypeID, _ bytes: UnsafeRawBufferPointer, depth: Int) throws(BTFError) -> PrintedValue {
    steps -= 1
    guard depth < 64, steps > 0 else { throw BTFError(.chainTooDeep(id)) }
    switch try graph.resolvedType(id) {
    case .integer(let type): return try read(type, id, bytes)
    case .array(let array): return try read(array, bytes, depth: depth)
    case .structure(let composite), .union(let composite):
      return .structure(try members(of: composite, bytes, depth: depth))
    case .variable(let variable): return try read(variable.type, bytes, depth: depth + 1)
    case .dataSection(let section):
      var variables: [PrintedValue] = []
      for place in section.variables {
        guard case .variable(let variable) = try graph.type(place.variable) else { continue }
        let part = try slice(bytes, place.offset, variable.type)
        variables.append(.structure([(variable.name, try read(variable.type, part, depth: depth + 1))]))
      }
      return .structure([(section.name, .list(variables))])
    default:
      let value = try graph.value(of: id, in: bytes)
      if case .pointer(let address) = value { return try read(pointer: id, address) }
      return .scalar(value.json)
    }
  }

  private func read(pointer id: TypeID, _ address: UInt64) throws(BTFError) -> PrintedValue {
    guard let function, case .pointer(let target) = try graph.resolvedType(id) else { return .pointer(address) }
    let prototype = try graph.resolve(target)
    guard graph.kind(of: prototype) == .functionPrototype else { return .pointer(address) }
    return .scalar(JSONWriter.quoted(function(prototype, address)))
  }

  private func slice(
    _ bytes: UnsafeRawBufferPointer, _ offset: Int, _ type: TypeID
  ) throws(BTFError) -> UnsafeRawBufferPointer {
    let size = try graph.size(of: type)
    guard offset >= 0, offset <= bytes.count, size <= bytes.count - offset else {
      throw BTFError(.valueTooShort(type, needed: size, given: max(0, bytes.count - max(0, offset))))
    }
    return UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + size])
  }

  private func read(
    _ type: IntegerType, _ id: TypeID, _ bytes: UnsafeRawBufferPointer
  ) throws(BTFError) -> PrintedValue {
    let value = try graph.value(of: id, in: bytes)
    guard [8, 16, 32, 64].contains(type.bitCount), type.bitOffset == 0 else { return bits(value, type.bitCount) }
    if type.isEncodedAsCharacter, case .integer(let number) = value, (0..<128).contains(number) {
      return .scalar(JSONWriter.quoted(String(decoding: [UInt8(truncatingIfNeeded: number)], as: UTF8.self)))
    }
    return .scalar(value.json)
  }

  /// The bits of a number as a hexadecimal string.
  private func bits(_ value: TypedValue, _ count: Int) -> PrintedValue {
    let all: UInt128
    switch value {
    case .integer(let number), .enumerator(_, let number): all = UInt128(bitPattern: number)
    case .unsigned(let number): all = number
    case .boolean(let truth): all = truth ? 1 : 0
    default: return .scalar(value.json)
    }
    let mask: UInt128 = count >= 128 ? .max : (1 << UInt128(max(0, count))) - 1
    return .scalar("\"0x\(String(all & mask, radix: 16))\"")
  }

  private mutating func read(
    _ array: ArrayType, _ bytes: UnsafeRawBufferPointer, depth: Int
  ) throws(BTFError) -> PrintedValue {
    let size = try graph.size(of: array.element)
    guard size > 0, array.count > 0 else { return .list([]) }
    guard array.count <= bytes.count / size else {
      throw BTFError(.valueTooShort(array.element, needed: size, given: bytes.count))
    }
    if let text = try text(array, bytes) { return .scalar(JSONWriter.quoted(text)) }
    var elements: [PrintedValue] = []
    elements.reserveCapacity(array.count)
    for index in 0..<array.count {
      let part = UnsafeRawBufferPointer(rebasing: bytes[index * size..<(index + 1) * size])
      elements.append(try read(array.element, part, depth: depth + 1))
    }
    return .list(elements)
  }

  /// Printable characters that end with a zero, in an array of `char` itself: a typedef of it means numbers.
  private func text(_ array: ArrayType, _ bytes: UnsafeRawBufferPointer) throws(BTFError) -> String? {
    guard case .integer(let element) = try graph.type(graph.resolveQualifiers(array.element)),
      element.size == 1, element.isCharacter, let end = bytes.prefix(array.count).firstIndex(of: 0)
    else { return nil }
    let characters = bytes[..<end]
    guard characters.allSatisfy({ (0x20..<0x7f).contains($0) }) else { return nil }
    return String(decoding: characters, as: UTF8.self)
  }

  private mutating func members(
    of composite: CompositeType, _ bytes: UnsafeRawBufferPointer, depth: Int
  ) throws(BTFError) -> [(name: String, value: PrintedValue)] {
    var members: [(name: String, value: PrintedValue)] = []
    for member in composite.members {
      if let place = try graph.bits(of: member) {
        // A bit-field without a name only pads.
        if member.isAnonymous { continue }
        members.append((member.name, bits(try graph.value(of: member, in: bytes), place.count)))
        continue
      }
      let value = try read(member.type, slice(bytes, member.byteOffset, member.type), depth: depth + 1)
      if member.isAnonymous, case .structure(let inner) = value {
        members += inner
      } else {
        members.append((member.name, value))
      }
    }
    return members
  }
}
