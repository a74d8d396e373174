/// Writes typed values into the bytes of a type.
struct InputEncoder {
  private let graph: TypeGraph
  private(set) var bytes: [UInt8]

  init(graph: TypeGraph, size: Int) {
    self.graph = graph
    bytes = Array(repeating: 0, count: size)
  }

  /// A question to the graph, whose errors become typed input's.
  static func ask<R>(_ question: () throws(BTFError) -> R) throws(TypedInputError) -> R {
    do throws(BTFError) { return try question() } catch { throw .malformed(error) }
  }

  mutating func write(
    _ input: InputText, as id: TypeID, at offset: Int, path: String, depth: Int
  ) throws(TypedInputError) {
    guard depth < TypeGraph.chainLimit else { throw .malformed(BTFError(.chainTooDeep(id))) }
    let graph = graph
    switch try Self.ask({ () throws(BTFError) in try graph.resolvedType(id) }) {
    case .array(let array): try write(input, as: array, id, at: offset, path: path, depth: depth)
    case .structure(let composite), .union(let composite):
      try write(input, as: composite, id, at: offset, path: path, depth: depth)
    case .variable(let variable): try write(input, as: variable.type, at: offset, path: path, depth: depth + 1)
    case .float(let type):
      guard case .word(let word) = input, let number = Double(word) else {
        throw mismatch(input, id, path, "a number")
      }
      switch type.size {
      case 4: try write(UInt128(Float(number).bitPattern), from: offset * 8, count: 32, id)
      case 8: try write(UInt128(number.bitPattern), from: offset * 8, count: 64, id)
      default: throw mismatch(input, id, path, "a type of 4 or 8 bytes")
      }
    case .integer, .enumeration, .pointer:
      if let address = NetworkAddress(input), try size(id) == address.bytes.count {
        return store(address.bytes, at: offset)
      }
      let count = try size(id) * 8
      try write(try number(input, id, count: count, path: path), from: offset * 8, count: count, id)
    case .void, .forward, .function, .functionPrototype, .dataSection, .declarationTag, .typedef, .volatile, .const,
      .restrict, .typeTag:
      throw mismatch(input, id, path, "a type that has values")
    }
  }

  // MARK: - Arrays

  private mutating func write(
    _ input: InputText, as array: ArrayType, _ id: TypeID, at offset: Int, path: String, depth: Int
  ) throws(TypedInputError) {
    let size = try size(array.element)
    let length = try self.size(id)
    switch input {
    case .string(let text):
      if let address = NetworkAddress(input), address.bytes.count == length, size == 1 || size == 4 || length == 16,
        try !isCharacter(array.element)
      {
        return store(address.bytes, at: offset)
      }
      guard size == 1 else { throw mismatch(input, id, path, "a list in square brackets") }
      guard text.count <= length else {
        throw outOfRange(input, id, path, "it has \(length) bytes, and the string \(text.count)")
      }
      store(text, at: offset)
    case .list(let elements):
      guard elements.count <= array.count else {
        throw outOfRange(input, id, path, "it has \(array.count) elements, and \(elements.count) are given")
      }
      for (index, element) in elements.enumerated() {
        try write(element, as: array.element, at: offset + index * size, path: "\(path)[\(index)]", depth: depth + 1)
      }
    case .word, .fields:
      if let address = NetworkAddress(input), address.bytes.count == length { return store(address.bytes, at: offset) }
      throw mismatch(input, id, path, "a list in square brackets" + (size == 1 ? " or a string" : ""))
    }
  }

  private func isCharacter(_ id: TypeID) throws(TypedInputError) -> Bool {
    let graph = graph
    guard case .integer(let type) = try Self.ask({ () throws(BTFError) in try graph.resolvedType(id) }) else {
      return false
    }
    return type.isCharacter
  }

  // MARK: - Structs and unions

  private mutating func write(
    _ input: InputText, as composite: CompositeType, _ id: TypeID, at offset: Int, path: String, depth: Int
  ) throws(TypedInputError) {
    guard case .fields(let fields) = input else {
      if let address = NetworkAddress(input), address.bytes.count == composite.size {
        return store(address.bytes, at: offset)
      }
      throw mismatch(input, id, path, "members in braces, as in {name: value}")
    }
    let graph = graph
    for field in fields {
      let found = try Self.ask { () throws(BTFError) in try graph.member(named: field.name, of: composite.id) }
      guard let member = found else {
        let names = try Self.ask { () throws(BTFError) in try graph.memberNames(of: composite.id) }
        throw .unknownMember(path: path, type: name(id), name: field.name, members: names)
      }
      let inner = path.isEmpty ? field.name : "\(path).\(field.name)"
      if let bits = try Self.ask({ () throws(BTFError) in try graph.bits(of: member) }) {
        let value = try number(field.value, member.type, count: bits.count, path: inner)
        try write(value, from: offset * 8 + bits.offset, count: bits.count, member.type)
      } else {
        try write(field.value, as: member.type, at: offset + member.byteOffset, path: inner, depth: depth + 1)
      }
    }
  }

  // MARK: - Numbers

  /// The bits of a number or of an enum's value, of which the type has `count`.
  private func number(
    _ input: InputText, _ id: TypeID, count: Int, path: String
  ) throws(TypedInputError) -> UInt128 {
    guard case .word(let word) = input else { throw mismatch(input, id, path, "a number") }
    guard (1...128).contains(count) else { throw .malformed(BTFError(.badBits(id))) }
    let graph = graph
    var isSigned = false
    switch try Self.ask({ () throws(BTFError) in try graph.resolvedType(id) }) {
    case .integer(let type):
      isSigned = type.isSigned
      if type.isBoolean, word == "true" || word == "false" { return word == "true" ? 1 : 0 }
    case .enumeration(let type):
      isSigned = type.isSigned
      if let value = type.enumerators.first(where: { $0.name == word }) {
        return UInt128(UInt64(bitPattern: value.value)) & Self.mask(count)
      }
    default: break
    }
    guard let value = Self.number(word) else { throw mismatch(input, id, path, "a number") }
    let highest: Int128 = count >= 127 ? .max : (1 << Int128(count)) - 1
    let lowest: Int128 = !isSigned ? 0 : count == 128 ? .min : -(1 << Int128(count - 1))
    // Hexadecimal and other digits of bits are taken as the bits that they are.
    let isBits = Self.bases.contains { word.hasPrefix($0.prefix) }
    let top = isSigned && !isBits ? highest >> 1 : highest
    guard value >= lowest, value <= top else {
      throw outOfRange(input, id, path, "\(lowest) to \(isSigned ? highest >> 1 : highest)")
    }
    return UInt128(bitPattern: value) & Self.mask(count)
  }

  private static func mask(_ count: Int) -> UInt128 { count >= 128 ? .max : (1 << UInt128(count)) - 1 }

  private static let bases: [(prefix: String, radix: Int)] = [("0x", 16), ("0X", 16), ("0o", 8), ("0b", 2)]

  /// A number in decimal, or in the base of its prefix.
  private static func number(_ word: String) -> Int128? {
    let isNegative = word.hasPrefix("-")
    let digits = word.drop { $0 == "-" || $0 == "+" }
    guard word.count - digits.count <= 1 else { return nil }
    let base = bases.first { digits.hasPrefix($0.prefix) }
    let rest = base == nil ? digits : digits.dropFirst(2)
    // A second sign would be taken for part of the number.
    guard rest.first?.isHexDigit == true, let value = Int128(rest, radix: base?.radix ?? 10) else { return nil }
    return isNegative ? -value : value
  }

  // MARK: - Bytes

  private mutating func store(_ source: [UInt8], at offset: Int) {
    guard offset >= 0, offset + source.count <= bytes.count else { return }
    bytes.replaceSubrange(offset..<offset + source.count, with: source)
  }

  /// Writes `count` bits, of which the first is the lowest one on little-endian machines and the highest on others.
  private mutating func write(
    _ value: UInt128, from first: Int, count: Int, _ id: TypeID
  ) throws(TypedInputError) {
    guard first >= 0, count > 0, first + count <= bytes.count * 8 else { throw .malformed(BTFError(.badBits(id))) }
    for bit in 0..<count {
      let source = graph.isBigEndian ? count - 1 - bit : bit
      let place = first + bit
      let shift = UInt8(graph.isBigEndian ? 7 - place % 8 : place % 8)
      let isSet = value >> UInt128(source) & 1 != 0
      bytes[place / 8] = bytes[place / 8] & ~(1 << shift) | (isSet ? 1 << shift : 0)
    }
  }

  // MARK: - Messages

  private func size(_ id: TypeID) throws(TypedInputError) -> Int {
    let graph = graph
    return try Self.ask { () throws(BTFError) in try graph.size(of: id) }
  }

  private func name(_ id: TypeID) -> String { (try? graph.cName(of: id)) ?? "type \(id)" }

  private func mismatch(_ input: InputText, _ id: TypeID, _ path: String, _ expected: String) -> TypedInputError {
    .mismatch(path: path, type: name(id), given: input.text, expected: expected)
  }

  private func outOfRange(_ input: InputText, _ id: TypeID, _ path: String, _ range: String) -> TypedInputError {
    .outOfRange(path: path, type: name(id), given: input.text, range: range)
  }
}

extension InputText {
  /// The value in a message.
  fileprivate var text: String {
    switch self {
    case .word(let word): "'\(word)'"
    case .string(let bytes): "\"\(String(decoding: bytes, as: UTF8.self))\""
    case .list: "a list"
    case .fields: "a struct"
    }
  }
}
