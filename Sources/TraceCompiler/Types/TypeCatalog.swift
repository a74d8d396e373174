import BTF
import TraceLanguage

/// The types that a script can name: the language's own, those that it declares, and the kernel's.
///
/// The kernel's types are opened only when a name is not found before.
struct TypeCatalog {
  let target: any CompilationTarget
  let declarations: ScriptDeclarations

  init(target: any CompilationTarget, declarations: ScriptDeclarations) {
    self.target = target
    self.declarations = declarations
  }

  /// Where a member lies in its struct, and what it is.
  struct MemberLayout {
    var byteOffset: Int
    var type: ValueType
    /// Set for a bit-field; then `type` is an integer and the bits lie in the integer at `byteOffset`.
    var bits: WireField.BitRange?
    /// Bytes of the integer that holds a bit-field.
    var containerByteCount = 0
  }

  // MARK: Names of types

  /// The type that C words name, without pointers: `int`, `u32`, `size_t`, `uint64_t`.
  func type(named name: String, space: AddressSpace) -> ValueType? {
    if let type = Self.languageTypes[name] { return type }
    if let declared = declarations.aliases[name] { return valueType(of: declared, space: space) }
    guard let kernel = target.kernelTypes else { return nil }
    for kind in [BTFKind.typedef, .integer] {
      if let id = kernel.id(named: name, kind: kind) { return valueType(ofKernelType: id, space: space) }
    }
    return nil
  }

  /// The struct, union or enum with that tag.
  func type(tagged tag: CTag, _ name: String, space: AddressSpace) -> ValueType? {
    switch tag {
    case .structure, .union:
      if let index = declarations.structureIndexes[name] { return .structure(.script(index), space) }
    case .enumeration:
      if let index = declarations.enumerationIndexes[name] { return .enumeration(.script(index)) }
    }
    guard let kernel = target.kernelTypes else { return nil }
    let kinds: [BTFKind] =
      switch tag {
      case .structure: [.structure]
      case .union: [.union]
      case .enumeration: [.enumeration, .enumeration64]
      }
    for kind in kinds {
      if let id = kernel.id(named: name, kind: kind) { return valueType(ofKernelType: id, space: space) }
    }
    return nil
  }

  /// The type of C text such as `const char *` or `struct sock *`, as tracefs formats write it.
  func type(ofText text: String, space: AddressSpace) -> ValueType? {
    var words = text.split(whereSeparator: { $0 == " " || $0 == "\t" })
    words.removeAll { $0 == "const" || $0 == "volatile" || $0 == "__user" }
    let pointerDepth = words.reduce(0) { $0 + $1.utf8.count { $0 == UInt8(ascii: "*") } }
    let names = words.map { $0.filter { $0 != "*" } }.filter { !$0.isEmpty }
    guard let first = names.first else { return nil }
    var type: ValueType?
    if let tag = CTag(rawValue: first), names.count > 1 {
      type = self.type(tagged: tag, names[1], space: space)
    } else if first == "void" {
      type = .void
    } else {
      type = self.type(named: names.joined(separator: " "), space: space)
    }
    if type == nil, pointerDepth > 0 { type = .void }
    guard var result = type else { return nil }
    for _ in 0..<pointerDepth { result = .pointer(to: result, space) }
    return result
  }

  // MARK: Members

  func member(_ name: String, of structure: StructureID, space: AddressSpace) -> MemberLayout? {
    switch structure {
    case .script(let index): return declarations.member(name, ofStructure: index, catalog: self, space: space)
    case .kernel(let id):
      guard let kernel = target.kernelTypes, let member = try? kernel.member(named: name, of: TypeID(id)) else {
        return nil
      }
      return layout(of: member, in: kernel, space: space)
    }
  }

  private func layout(of member: Member, in kernel: TypeGraph, space: AddressSpace) -> MemberLayout? {
    if let bits = try? kernel.bits(of: member) {
      guard case .integer(let integer) = valueType(ofKernelType: member.type, space: space) ?? .int64 else {
        return nil
      }
      let container = max(1, integer.bits / 8)
      let start = bits.offset / 8 / container * container
      let first = bits.offset - start * 8
      if first + bits.count <= container * 8 {
        return MemberLayout(
          byteOffset: start, type: .integer(integer), bits: WireField.BitRange(offset: first, count: bits.count),
          containerByteCount: container)
      }
      return MemberLayout(
        byteOffset: bits.offset / 8, type: .integer(integer),
        bits: WireField.BitRange(offset: bits.offset % 8, count: bits.count), containerByteCount: 8)
    }
    guard let type = valueType(ofKernelType: member.type, space: space) else { return nil }
    return MemberLayout(byteOffset: member.byteOffset, type: type)
  }

  func memberNames(of structure: StructureID) -> [String] {
    switch structure {
    case .script(let index): declarations.structures[index].memberNames
    case .kernel(let id): (try? target.kernelTypes?.memberNames(of: TypeID(id))) ?? []
    }
  }

  func name(of structure: StructureID) -> String {
    switch structure {
    case .script(let index):
      let structure = declarations.structures[index]
      return "\(structure.isUnion ? "union" : "struct") \(structure.name)"
    case .kernel(let id):
      guard let kernel = target.kernelTypes else { return "struct" }
      let name = kernel.name(of: TypeID(id))
      return (kernel.kind(of: TypeID(id)) == .union ? "union " : "struct ") + (name.isEmpty ? "(anonymous)" : name)
    }
  }

  /// Every member of a struct with its place, for printing it whole.
  func members(of structure: StructureID) -> [(name: String, layout: MemberLayout)] {
    memberNames(of: structure).compactMap { name in
      member(name, of: structure, space: .program).map { (name, $0) }
    }
  }

  // MARK: Sizes

  /// Bytes that a value takes in memory as C lays it out; nil for types that have no size there.
  func byteCount(of type: ValueType) -> Int? {
    switch type {
    case .boolean: 1
    case .integer(let integer): integer.bits / 8
    case .string(let capacity), .buffer(let capacity): capacity
    case .array(let element, let count): byteCount(of: element).map { $0 * count }
    case .pointer, .kernelSymbol, .username, .timestamp, .probeName, .cgroupPath: 8
    case .structure(.script(let index), _): declarations.structures[index].byteCount
    case .structure(.kernel(let id), _): try? target.kernelTypes?.size(of: TypeID(id))
    case .enumeration(.kernel(let id)): try? target.kernelTypes?.size(of: TypeID(id))
    case .enumeration(.script): 4
    case .stack, .userSymbol: StackReference.byteCount
    case .internetAddress: 20
    case .macAddress: 6
    case .tuple, .record: StorageLayout(of: type, catalog: self).byteCount
    case .aggregation(let aggregation): aggregation.byteCount
    case .void, .unknown, .arguments: nil
    }
  }

  // MARK: Kernel types as values

  /// What a kernel type is to a script; nil for what scripts cannot hold (functions, floats).
  func valueType(ofKernelType id: TypeID, space: AddressSpace) -> ValueType? {
    guard let kernel = target.kernelTypes else { return nil }
    return valueType(of: id, in: kernel, space: space, depth: 0)
  }

  private func valueType(of id: TypeID, in kernel: TypeGraph, space: AddressSpace, depth: Int) -> ValueType? {
    guard depth < 32, let resolved = try? kernel.resolve(id), let type = try? kernel.type(resolved) else { return nil }
    switch type {
    case .void, .functionPrototype, .function: return .void
    case .integer(let integer):
      if integer.isBoolean { return .boolean }
      guard [1, 2, 4, 8].contains(integer.size) else { return .array(.uint64, count: integer.size / 8) }
      return .integer(
        IntegerType(bits: integer.size * 8, isSigned: integer.isSigned || integer.isCharacter))
    case .pointer(let target):
      let tags = (try? kernel.pointerTags(of: resolved)) ?? []
      let pointeeSpace: AddressSpace = tags.contains(.user) ? .user : space == .program ? .kernel : space
      // A pointer is followed when it is used: what it points to may lead back here.
      let pointee = pointeeType(of: target, in: kernel, space: pointeeSpace, depth: depth + 1)
      return .pointer(to: pointee, pointeeSpace)
    case .array(let array):
      if isCharacter(array.element, in: kernel), array.count > 0 { return .string(capacity: array.count) }
      return valueType(of: array.element, in: kernel, space: space, depth: depth + 1)
        .map { .array($0, count: array.count) }
    case .structure, .union: return .structure(.kernel(resolved.rawValue), space)
    case .enumeration: return .enumeration(.kernel(resolved.rawValue))
    case .forward(let forward):
      let kind: BTFKind = forward.isUnion ? .union : .structure
      return kernel.id(named: forward.name, kind: kind).map { .structure(.kernel($0.rawValue), space) } ?? .void
    case .float, .variable, .dataSection, .declarationTag, .typedef, .const, .volatile, .restrict, .typeTag:
      return nil
    }
  }

  private func pointeeType(of id: TypeID, in kernel: TypeGraph, space: AddressSpace, depth: Int) -> ValueType {
    valueType(of: id, in: kernel, space: space, depth: depth) ?? .void
  }

  private func isCharacter(_ id: TypeID, in kernel: TypeGraph) -> Bool {
    guard let resolved = try? kernel.resolve(id), case .integer(let integer) = try? kernel.type(resolved) else {
      return false
    }
    return integer.isCharacter
  }

  /// What a type of the script's C section is.
  func valueType(of type: CType, space: AddressSpace) -> ValueType? {
    switch type {
    case .void, .function: return .void
    case .boolean: return .boolean
    case .integer(_, let byteCount, let isSigned):
      guard [1, 2, 4, 8].contains(byteCount) else { return nil }
      return .integer(IntegerType(bits: byteCount * 8, isSigned: isSigned))
    case .floatingPoint: return nil
    case .named(let name): return self.type(named: name, space: space)
    case .tagged(let tag, let name): return self.type(tagged: tag, name, space: space)
    case .structure(let structure):
      guard let index = declarations.index(of: structure) else { return nil }
      return .structure(.script(index), space)
    case .enumeration: return .integer(IntegerType(bits: 32, isSigned: false))
    case .pointer(let pointee):
      let pointeeSpace: AddressSpace = space == .program ? .kernel : space
      return .pointer(to: valueType(of: pointee, space: pointeeSpace) ?? .void, pointeeSpace)
    case .array(let element, let count):
      let count = Int(clamping: count ?? 0)
      if case .integer("char", _, _) = element, count > 0 { return .string(capacity: count) }
      return valueType(of: element, space: space).map { .array($0, count: count) }
    }
  }

  /// Types that the language has by itself, and C's by all their usual spellings.
  private static let languageTypes: [String: ValueType] = {
    var types: [String: ValueType] = ["bool": .boolean, "void": .void, "_Bool": .boolean]
    for bits in [8, 16, 32, 64] {
      for name in ["int\(bits)", "int\(bits)_t", "s\(bits)", "__s\(bits)"] {
        types[name] = .integer(IntegerType(bits: bits, isSigned: true))
      }
      for name in ["uint\(bits)", "uint\(bits)_t", "u\(bits)", "__u\(bits)"] {
        types[name] = .integer(IntegerType(bits: bits, isSigned: false))
      }
    }
    let words: [(String, Int, Bool)] = [
      ("char", 8, true), ("signed char", 8, true), ("unsigned char", 8, false),
      ("short", 16, true), ("short int", 16, true), ("unsigned short", 16, false), ("short unsigned int", 16, false),
      ("unsigned short int", 16, false), ("int", 32, true), ("signed int", 32, true), ("unsigned int", 32, false),
      ("unsigned", 32, false), ("long", 64, true), ("long int", 64, true), ("unsigned long", 64, false),
      ("long unsigned int", 64, false), ("unsigned long int", 64, false), ("long long", 64, true),
      ("long long int", 64, true), ("unsigned long long", 64, false), ("long long unsigned int", 64, false),
      ("size_t", 64, false), ("ssize_t", 64, true), ("uintptr_t", 64, false), ("intptr_t", 64, true),
    ]
    for (name, bits, isSigned) in words { types[name] = .integer(IntegerType(bits: bits, isSigned: isSigned)) }
    return types
  }()
}
