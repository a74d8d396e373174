/// A Swift type as C sees it.
struct TypeLayout: Hashable, Sendable {
  /// The written node, as long as the type's stride.
  var node: Int
  /// The written node as long as the type's size, for a field whose successor lies in its tail padding.
  var compactNode: Int
  /// Bytes of the value, without tail padding.
  var size: Int
  /// In bytes.
  var alignment: Int

  /// The distance from one element of an array to the next.
  var stride: Int { max(1, (size + alignment - 1) / alignment * alignment) }

  init(node: Int, size: Int, alignment: Int) {
    self.node = node
    compactNode = node
    self.size = size
    self.alignment = alignment
  }
}

extension DebugInformation {
  /// Integers and truth values of Swift's standard library: bits and encoding.
  static let scalars: [String: (bits: Int, encoding: String)] = [
    "Int": (64, "signed"), "Int8": (8, "signed"), "Int16": (16, "signed"), "Int32": (32, "signed"),
    "Int64": (64, "signed"), "Int128": (128, "signed"), "UInt": (64, "unsigned"), "UInt8": (8, "unsigned"),
    "UInt16": (16, "unsigned"), "UInt32": (32, "unsigned"), "UInt64": (64, "unsigned"), "UInt128": (128, "unsigned"),
    "Bool": (8, "boolean"),
  ]

  mutating func scalar(_ name: String) -> Int {
    let (bits, encoding) = Self.scalars[name] ?? (64, "unsigned")
    return writer.add("!DIBasicType(name: \"\(name)\", size: \(bits), encoding: DW_ATE_\(encoding))")
  }

  private mutating func plain(bits: Int) -> Int {
    writer.add("!DIBasicType(name: \"UInt\(bits)\", size: \(bits), encoding: DW_ATE_unsigned)")
  }

  mutating func pointer(to type: Int?) -> Int {
    writer.add(
      "!DIDerivedType(tag: DW_TAG_pointer_type, baseType: \(type.map { "!\($0)" } ?? "null"), size: 64)")
  }

  mutating func array(of type: Int, count: Int, elementSize: Int) -> Int {
    let range = writer.list([writer.add("!DISubrange(count: \(count))")])
    let bits = max(0, count.multipliedReportingOverflow(by: elementSize * 8).partialValue)
    return writer.add(
      "!DICompositeType(tag: DW_TAG_array_type, baseType: !\(type), size: \(bits), elements: !\(range))")
  }

  mutating func member(_ name: String, type: Int, size: Int, offset: Int, file: Int) -> Int {
    writer.add(
      "!DIDerivedType(tag: DW_TAG_member, name: \(MetadataNode.quoted(name)), file: !\(file), baseType: !\(type), "
        + "size: \(size * 8), offset: \(offset * 8))")
  }

  mutating func structure(_ name: String?, members: [Int], size: Int, file: Int) -> String {
    let list = writer.list(members)
    let called = name.map { "name: \(MetadataNode.quoted($0)), " } ?? ""
    return
      "!DICompositeType(tag: DW_TAG_structure_type, \(called)file: !\(file), size: \(size * 8), elements: !\(list))"
  }

  /// The layout of a type that was read; nil for one without a size.
  ///
  /// Swift's own offsets of members take no notice of alignment, so they are computed, and checked against the size
  /// that Swift gives. What does not come out right is given as bytes.
  mutating func layout(_ number: Int?) -> TypeLayout? {
    guard let number else { return nil }
    if let known = layouts[number] { return known }
    guard let node = table.node(number) else { return nil }
    // No value of a program is as big as that; a wrong size must not overflow what is computed from it.
    let size = (min(max(node.integer("size") ?? 0, 0), 1 << 40) + 7) / 8
    // A structure that holds itself does so through pointers, which are not followed; this ends what is wrong.
    guard openTypes.insert(number).inserted else { return nil }
    defer { openTypes.remove(number) }
    let layout: TypeLayout?
    switch node.kind {
    case "DIBasicType":
      let bytes = max(1, size)
      layout = TypeLayout(node: plain(bits: bytes * 8), size: bytes, alignment: min(bytes, 16))
    case "DIDerivedType":
      layout =
        node["tag"] == "DW_TAG_pointer_type"
        ? TypeLayout(node: pointer(to: nil), size: 8, alignment: 8) : self.layout(node.node("baseType"))
    case "DICompositeType":
      layout = composite(node, size: size)
    default: layout = nil
    }
    layouts[number] = layout
    return layout
  }

  /// The name that the source has for a type; of a generic type's instance the generic type's.
  func typeName(_ node: MetadataNode) -> String? {
    let name = table.node(node.node("specification"))?.string("name") ?? node.string("name")
    return name.flatMap { $0.hasPrefix("$") || $0.isEmpty ? nil : $0 }
  }

  private mutating func composite(_ node: MetadataNode, size: Int) -> TypeLayout? {
    let name = typeName(node)
    let isSwift = node["runtimeLang"] == "DW_LANG_Swift"
    let identifier = node.string("identifier") ?? ""
    let members = table.elements(node.node("elements"))
    if isSwift, let name, let scalar = Self.scalars[name], scalar.bits / 8 == size,
      identifier.hasPrefix("$es") || identifier.hasPrefix("$eS")
    {
      return TypeLayout(node: self.scalar(name), size: size, alignment: size)
    }
    if size == 8, isPointer(name, identifier) { return TypeLayout(node: pointer(to: nil), size: 8, alignment: 8) }
    if isOperation(node) {
      let function = writer.add("!DISubroutineType(types: !\(writer.list([nil])))")
      return TypeLayout(node: pointer(to: function), size: 8, alignment: 8)
    }
    switch node["tag"] {
    case "DW_TAG_enumeration_type":
      return isSwift ? enumeration(node, name, members, size: max(1, size)) : opaque(name, size: size, node)
    case "DW_TAG_array_type":
      guard let element = layout(node.node("baseType")), let range = members.first,
        let count = table.node(range)?.integer("count"), count >= 0, count <= 1 << 40
      else { return nil }
      return TypeLayout(
        node: array(of: element.node, count: count, elementSize: element.stride), size: size,
        alignment: element.alignment)
    default: break
    }
    if name == "InlineArray", let first = members.first, let storage = table.node(first)?.node("baseType") {
      return layout(storage)
    }
    if let wrapped = wrappedType(node), name == "Config" || name == "Atomic" { return layout(wrapped) }
    if node["tag"] == "DW_TAG_structure_type", let structure = structure(node, name, members, size: size) {
      return structure
    }
    return size > 0 ? opaque(name, size: size, node) : nil
  }

  /// Whether a type is `BPFKernel.Operation`: the address of a function.
  func isOperation(_ node: MetadataNode) -> Bool {
    typeName(node) == "Operation" && node.string("identifier")?.hasPrefix("$e9BPFKernel") == true
  }

  private func isPointer(_ name: String?, _ identifier: String) -> Bool {
    for prefix in ["$eSp", "$eSP", "$eSV", "$eSv"] where identifier.hasPrefix(prefix) { return true }
    switch name {
    case "UnsafePointer", "UnsafeMutablePointer", "UnsafeRawPointer", "UnsafeMutableRawPointer", "OpaquePointer":
      return true
    default: return false
    }
  }

  /// The first type parameter of an instance whose storage is only declared, as of `Config<UInt32>`.
  private func wrappedType(_ node: MetadataNode) -> Int? { typeParameters(node).first ?? nil }

  /// A type without `let`, typedefs and the like around it.
  func plainType(_ number: Int?) -> Int? {
    var number = number
    for _ in 0..<64 {
      guard let node = table.node(number), node.kind == "DIDerivedType" else { return number }
      number = node.node("baseType")
    }
    return nil
  }

  /// The type parameters of a type in raw layout: they hang on the declared type of its only member.
  func typeParameters(_ node: MetadataNode) -> [Int] {
    guard let member = table.elements(node.node("elements")).first, let storage = table.node(member)?.node("baseType")
    else { return [] }
    return table.elements(table.node(storage)?.node("templateParams")).compactMap { table.node($0)?.node("type") }
  }

  private mutating func enumeration(_ node: MetadataNode, _ name: String?, _ cases: [Int?], size: Int) -> TypeLayout {
    // The value in memory is the index of the case, whatever its raw value is.
    let enumerators = cases.enumerated().map { index, number in
      let called = CIdentifier.of(table.node(number)?.string("name") ?? "case\(index)")
      return writer.add("!DIEnumerator(name: \"\(called)\", value: \(index), isUnsigned: true)")
    }
    let base = plain(bits: size * 8)
    let list = writer.list(enumerators)
    let called = name.map { "name: \"\(CIdentifier.of($0))\", " } ?? ""
    let written = writer.add(
      "!DICompositeType(tag: DW_TAG_enumeration_type, \(called)file: !\(file(node.node("file"))), size: \(size * 8), "
        + "elements: !\(list), baseType: !\(base))")
    return TypeLayout(node: written, size: size, alignment: size)
  }

  private mutating func structure(
    _ node: MetadataNode, _ name: String?, _ members: [Int?], size: Int
  ) -> TypeLayout? {
    var fields: [(name: String, layout: TypeLayout, offset: Int)] = []
    var end = 0
    var alignment = 1
    for (index, number) in members.enumerated() {
      guard let member = table.node(number), member["tag"] == "DW_TAG_member",
        let field = layout(member.node("baseType"))
      else { return nil }
      let offset = (end + field.alignment - 1) / field.alignment * field.alignment
      fields.append((CIdentifier.of(member.string("name") ?? "_\(index)"), field, offset))
      end = offset + field.size
      alignment = max(alignment, field.alignment)
    }
    guard end == size, !fields.isEmpty else { return nil }
    let file = file(node.node("file"))
    var layout = TypeLayout(node: 0, size: size, alignment: alignment)
    let nodes = fields.indices.map { index in
      let field = fields[index]
      let next = index + 1 < fields.count ? fields[index + 1].offset : layout.stride
      let fits = field.offset + field.layout.stride <= next
      return member(
        field.name, type: fits ? field.layout.node : field.layout.compactNode,
        size: fits ? field.layout.stride : field.layout.size, offset: field.offset, file: file)
    }
    let called = name.map(CIdentifier.of)
    layout.node = writer.add(structure(called, members: nodes, size: layout.stride, file: file))
    layout.compactNode = writer.add(structure(called, members: nodes, size: layout.size, file: file))
    return layout
  }

  /// A type of which only the size is known.
  private mutating func opaque(_ name: String?, size: Int, _ node: MetadataNode) -> TypeLayout {
    let alignment: Int
    if let bits = node.integer("align"), bits > 0 {
      alignment = min(max(1, bits / 8), 16)
    } else {
      alignment = size % 8 == 0 && size > 0 ? 8 : size == 4 ? 4 : size == 2 ? 2 : 1
    }
    let file = file(node.node("file"))
    let bytes = array(of: scalar("UInt8"), count: size, elementSize: 1)
    let field = member("bytes", type: bytes, size: size, offset: 0, file: file)
    let written = writer.add(structure(name.map(CIdentifier.of), members: [field], size: size, file: file))
    return TypeLayout(node: written, size: size, alignment: alignment)
  }
}
