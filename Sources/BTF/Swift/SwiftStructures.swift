/// Declares Swift types for user space whose values lie in memory as those of a graph's types do.
///
///     var structures = SwiftStructures(of: types)
///     let key = try structures.typeName(of: keyType)      // "Flow"
///     print(structures.text)                              // struct Flow: Hashable, BitwiseCopyable, Sendable { … }
///
/// Padding is written out as members that are zero, so that each byte of a value is known: a hash map compares keys byte
/// by byte. Unions, packed structs and bit-fields are kept as bytes with computed members. Pointers are `UInt64`, for they
/// mean nothing outside the kernel. Enums of C, which may hold any number, are structs with static values.
public struct SwiftStructures {
  private let graph: TypeGraph
  private var names: [TypeID: String] = [:]
  private var taken: Set<String>
  private var hashable: Set<TypeID> = []
  private var declarations: [String] = []
  private var usesBits = false

  /// Nothing declared yet.
  ///
  /// - Parameter reserved: names that no type may have.
  public init(of graph: TypeGraph, reserved: Set<String> = []) {
    self.graph = graph
    taken = reserved.union(Self.foundations)
  }

  /// What the declarations themselves are written with.
  private static let foundations: Set<String> = [
    "BitwiseCopyable", "Bool", "Double", "Float", "Hashable", "InlineArray", "Int", "Int8", "Int16", "Int32", "Int64",
    "Int128", "RawRepresentable", "Self", "Sendable", "String", "UInt8", "UInt16", "UInt32", "UInt64", "UInt128",
    "UnsafeMutableRawBufferPointer", "UnsafeRawBufferPointer",
  ]

  /// The declarations, each after what it needs.
  public var text: String { declarations.joined(separator: "\n") }

  /// The declarations that were made since the last call.
  public mutating func takeText() -> String {
    defer { declarations.removeAll() }
    return declarations.map { $0 + "\n" }.joined()
  }

  /// Declares the enumerators of an enum without a name as constants; nothing for any other type.
  public mutating func declareConstants(of id: TypeID) throws(BTFError) {
    guard case .enumeration(let type) = try graph.type(id), type.name.isEmpty,
      let number = try graph.swiftNumber(id)
    else { return }
    var text = ""
    for enumerator in type.enumerators where taken.insert(enumerator.name).inserted {
      text += "public let \(SwiftSpelling.identifier(enumerator.name)): \(number) = \(Self.value(enumerator, type))\n"
    }
    if !text.isEmpty { declarations.append(text) }
  }

  /// Functions that the declarations call, for the file that they are in; empty when they call none.
  public var functions: String { usesBits ? Self.bitFunctions : "" }

  /// The Swift type for values of a type, declared where that is needed; nil for a type that has no values.
  ///
  /// - Parameter hint: what a type is called that has no name of its own.
  public mutating func typeName(of id: TypeID, hint: String = "Value", depth: Int = 0) throws(BTFError) -> String? {
    guard depth < 16 else { throw BTFError(.chainTooDeep(id)) }
    let resolved = try graph.resolve(id)
    switch try graph.type(resolved) {
    case .enumeration(let type):
      if !type.name.isEmpty, !type.enumerators.isEmpty { return try declare(type) }
      return try graph.swiftNumber(resolved)
    case .integer(let type):
      // Unusual widths are bytes.
      return try graph.swiftNumber(resolved) ?? (type.size > 0 ? "InlineArray<\(type.size), UInt8>" : nil)
    case .float: return try graph.swiftNumber(resolved)
    case .pointer: return graph.pointerSize == 8 ? "UInt64" : "UInt32"
    case .array(let array):
      guard array.count > 0, let element = try typeName(of: array.element, hint: hint, depth: depth + 1) else {
        return nil
      }
      return "InlineArray<\(array.count), \(element)>"
    case .structure(let composite), .union(let composite):
      guard composite.size > 0 else { return nil }
      return try declare(composite, name: name(of: resolved, id, hint), depth: depth)
    case .variable(let variable): return try typeName(of: variable.type, hint: hint, depth: depth + 1)
    default: return nil
    }
  }

  /// A zero of a type, as an expression.
  public func zero(of id: TypeID) throws(BTFError) -> String {
    let resolved = try graph.resolve(id)
    if let name = names[resolved] {
      if case .enumeration = try graph.type(resolved) { return "\(name)(rawValue: 0)" }
      return "\(name)()"
    }
    switch try graph.type(resolved) {
    case .array(let array): return ".init(repeating: \(try zero(of: array.element)))"
    case .variable(let variable): return try zero(of: variable.type)
    case .integer: return try graph.swiftNumber(resolved).map { $0 == "Bool" ? "false" : "0" } ?? ".init(repeating: 0)"
    default: return "0"
    }
  }

  // MARK: - Names

  private func name(of id: TypeID, _ type: TypeID, _ hint: String) -> String {
    let own = graph.name(of: id)
    if !own.isEmpty { return SwiftSpelling.typeName(own) }
    if case .typedef(let typedef)? = try? graph.type(graph.resolveQualifiers(type)) {
      return SwiftSpelling.typeName(typedef.name)
    }
    return hint
  }

  private mutating func take(_ name: String, for id: TypeID) -> String {
    // Names of generic types have brackets; what is no identifier is spelled out.
    let plain = String(name.map { $0.isLetter || $0.isNumber || $0 == "_" ? $0 : "_" })
    var free = plain
    var number = 2
    while taken.contains(free) {
      free = "\(plain)\(number)"
      number += 1
    }
    taken.insert(free)
    names[id] = SwiftSpelling.identifier(free)
    return SwiftSpelling.identifier(free)
  }

  // MARK: - Enums

  private mutating func declare(_ type: EnumerationType) throws(BTFError) -> String? {
    if let known = names[type.id] { return known }
    guard let raw = try graph.swiftNumber(type.id) else { return nil }
    let name = take(SwiftSpelling.typeName(type.name), for: type.id)
    hashable.insert(type.id)
    var text = """
      /// `enum \(type.name)`.
      public struct \(name): RawRepresentable, Hashable, BitwiseCopyable, Sendable {
        public var rawValue: \(raw)
        public init(rawValue: \(raw)) { self.rawValue = rawValue }

      """
    var seen: Set<String> = []
    for enumerator in type.enumerators where seen.insert(enumerator.name).inserted {
      let value = Self.value(enumerator, type)
      text += "  public static let \(SwiftSpelling.identifier(enumerator.name)) = Self(rawValue: \(value))\n"
    }
    declarations.append(text + "}\n")
    return name
  }

  private static func value(_ enumerator: Enumerator, _ type: EnumerationType) -> String {
    // BTF has the value with 64 bits; an unsigned type keeps its own.
    let isWide = type.size >= 8
    let bits = UInt64(bitPattern: enumerator.value) & (isWide ? .max : (1 << UInt64(type.size * 8)) - 1)
    return type.isSigned ? "\(enumerator.value)" : "\(bits)"
  }

  // MARK: - Structs

  private struct Stored {
    var name: String
    var type: String
    var zero: String
    var isPadding = false
  }

  /// A member that is computed from bytes.
  private enum Computed {
    case bytes(name: String, type: String, offset: Int)
    case bits(name: String, type: String, offset: Int, count: Int, isSigned: Bool)
  }

  private mutating func declare(_ composite: CompositeType, name: String, depth: Int) throws(BTFError) -> String {
    if let known = names[composite.id] { return known }
    let name = take(name, for: composite.id)
    var stored: [Stored] = []
    var computed: [Computed] = []
    var texts: [String] = []
    var isHashable = true
    var end = 0
    let isPacked = try graph.isPacked(composite)
    for (member, offset, bits) in try members(of: composite, at: 0, depth: 0) {
      let hint = name + SwiftSpelling.typeName(member.name)
      if let bits {
        if let type = try graph.swiftNumber(member.type), bits.count <= 56 {
          usesBits = true
          computed.append(
            .bits(
              name: member.name, type: type, offset: offset * 8 + bits.offset, count: bits.count,
              isSigned: type.hasPrefix("Int")))
        }
        continue
      }
      guard let type = try typeName(of: member.type, hint: hint, depth: depth + 1) else { continue }
      if try isText(member.type) { texts.append(member.name) }
      let size = try graph.size(of: member.type)
      let alignment = try graph.alignment(of: member.type)
      guard !isPacked, !composite.isUnion, offset >= end, offset % alignment == 0 else {
        computed.append(.bytes(name: member.name, type: type, offset: offset))
        continue
      }
      Self.pad(&stored, from: end, to: offset)
      stored.append(Stored(name: member.name, type: type, zero: try zero(of: member.type)))
      if try !self.isHashable(member.type) { isHashable = false }
      end = offset + size
    }
    if stored.isEmpty {
      // All of it is bytes, as aligned as the type.
      let unit = isPacked ? 1 : max(1, min(8, try graph.alignment(of: composite.id)))
      let element = "UInt\(unit * 8)"
      stored = [
        Stored(
          name: "storage", type: "InlineArray<\(composite.size / unit), \(element)>", zero: ".init(repeating: 0)",
          isPadding: true)
      ]
      isHashable = false
    } else {
      isHashable = Self.pad(&stored, from: end, to: composite.size) && isHashable
    }
    if stored.contains(where: { $0.isPadding && $0.type.hasPrefix("InlineArray") }) { isHashable = false }
    if isHashable { hashable.insert(composite.id) }
    declarations.append(Self.text(of: composite, name, stored, computed, texts, isHashable: isHashable))
    return name
  }

  /// The members with their bytes from the beginning, those of anonymous structs and unions among the others.
  private func members(
    of composite: CompositeType, at offset: Int, depth: Int
  ) throws(BTFError) -> [(Member, offset: Int, bits: (offset: Int, count: Int)?)] {
    guard depth < 16 else { throw BTFError(.chainTooDeep(composite.id)) }
    var found: [(Member, offset: Int, bits: (offset: Int, count: Int)?)] = []
    for member in composite.members {
      if let bits = try graph.bits(of: member) {
        if !member.isAnonymous { found.append((member, offset, bits)) }
      } else if !member.isAnonymous {
        found.append((member, offset + member.byteOffset, nil))
      } else if let inner = try? graph.composite(member.type) {
        found += try members(of: inner, at: offset + member.byteOffset, depth: depth + 1)
      }
    }
    return found
  }

  /// Writes out what lies between members.
  @discardableResult
  private static func pad(_ stored: inout [Stored], from start: Int, to end: Int) -> Bool {
    func add(_ type: String, _ zero: String) {
      let number = stored.filter(\.isPadding).count
      stored.append(Stored(name: "_padding\(number)", type: type, zero: zero, isPadding: true))
    }
    if end - start > 16 {
      add("InlineArray<\(end - start), UInt8>", ".init(repeating: 0)")
      return false
    }
    var place = start
    while place < end {
      let size = [8, 4, 2, 1].first { place % $0 == 0 && place + $0 <= end } ?? 1
      add("UInt\(size * 8)", "0")
      place += size
    }
    return true
  }

  private func isText(_ type: TypeID) throws(BTFError) -> Bool {
    guard case .array(let array) = try graph.resolvedType(type),
      case .integer(let element) = try graph.resolvedType(array.element)
    else { return false }
    return element.isCharacter || element.name == "UInt8"
  }

  private func isHashable(_ type: TypeID) throws(BTFError) -> Bool {
    let id = try graph.resolve(type)
    switch try graph.type(id) {
    case .structure, .union: return hashable.contains(id)
    case .array: return false
    case .integer: return try graph.swiftNumber(id) != nil
    default: return true
    }
  }

  private static func text(
    of composite: CompositeType, _ name: String, _ stored: [Stored], _ computed: [Computed], _ texts: [String],
    isHashable: Bool
  ) -> String {
    let kind = composite.isUnion ? "union" : "struct"
    var text = "/// `\(kind)\(composite.name.isEmpty ? "" : " \(composite.name)")`, \(composite.size) bytes.\n"
    text += "public struct \(name): \(isHashable ? "Hashable, " : "")BitwiseCopyable, Sendable {\n"
    for member in stored {
      text +=
        member.isPadding
        ? "  private var \(member.name): \(member.type) = \(member.zero)\n"
        : "  public var \(SwiftSpelling.identifier(member.name)): \(member.type)\n"
    }
    let parameters = stored.filter { !$0.isPadding }
    text += "\n  public init("
    text += parameters.map { "\(SwiftSpelling.identifier($0.name)): \($0.type) = \($0.zero)" }.joined(separator: ", ")
    text += ") {\n"
    for member in parameters {
      let name = SwiftSpelling.identifier(member.name)
      text += "    self.\(name) = \(name)\n"
    }
    text += "  }\n"
    for member in computed { text += Self.text(of: member) }
    let members = Set(stored.map(\.name))
    for member in texts where !members.contains("\(member)Text") {
      let name = SwiftSpelling.identifier(member)
      text += """

          /// `\(member)` as text, up to its first zero.
          public var \(member)Text: String {
            var bytes: [UInt8] = []
            for index in \(name).indices where bytes.count == index && \(name)[index] != 0 { bytes.append(\(name)[index]) }
            return String(decoding: bytes, as: UTF8.self)
          }

        """
    }
    return text + "}\n"
  }

  private static func text(of member: Computed) -> String {
    switch member {
    case .bytes(let name, let type, let offset):
      """

        public var \(SwiftSpelling.identifier(name)): \(type) {
          get { withUnsafeBytes(of: self) { $0.loadUnaligned(fromByteOffset: \(offset), as: \(type).self) } }
          set { withUnsafeMutableBytes(of: &self) { $0.storeBytes(of: newValue, toByteOffset: \(offset), as: \(type).self) } }
        }

      """
    case .bits(let name, let type, let offset, let count, let isSigned):
      """

        /// \(count) bit\(count == 1 ? "" : "s").
        public var \(SwiftSpelling.identifier(name)): \(type) {
          get { \(type == "Bool" ? "" : "\(type)(truncatingIfNeeded: ")withUnsafeBytes(of: self) { bits(of: $0, from: \(offset), count: \(count), isSigned: \(isSigned)) }\(type == "Bool" ? " != 0" : ")") }
          set { withUnsafeMutableBytes(of: &self) { setBits(of: $0, from: \(offset), count: \(count), to: \(type == "Bool" ? "newValue ? 1 : 0" : "UInt64(truncatingIfNeeded: newValue)")) } }
        }

      """
    }
  }

  /// What bit-fields are read and written with; for machines whose lowest byte comes first.
  private static let bitFunctions = """
    private func bits(of bytes: UnsafeRawBufferPointer, from first: Int, count: Int, isSigned: Bool) -> UInt64 {
      var value: UInt64 = 0
      for bit in 0..<count where bytes[(first + bit) / 8] >> UInt8((first + bit) % 8) & 1 != 0 { value |= 1 << UInt64(bit) }
      return isSigned && value >> UInt64(count - 1) != 0 ? value | ~0 << UInt64(count) : value
    }

    private func setBits(of bytes: UnsafeMutableRawBufferPointer, from first: Int, count: Int, to value: UInt64) {
      for bit in 0..<count {
        let mask = 1 << UInt8((first + bit) % 8)
        if value >> UInt64(bit) & 1 != 0 { bytes[(first + bit) / 8] |= UInt8(mask) } else { bytes[(first + bit) / 8] &= ~UInt8(mask) }
      }
    }

    """
}
