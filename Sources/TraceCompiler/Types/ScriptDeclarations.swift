import BTF
import TraceLanguage

/// The structs, enums, type aliases and constants of a script's C section, laid out as C does on 64-bit Linux.
struct ScriptDeclarations {
  struct Structure {
    var name: String
    var isUnion: Bool
    var members: [Member]
    var byteCount: Int
    var alignment: Int

    /// Names that can be asked for, those of anonymous members included.
    var memberNames: [String] { members.compactMap { $0.name.isEmpty ? nil : $0.name } }
  }

  struct Member {
    var name: String
    var type: CType
    var byteOffset: Int
    var bits: WireField.BitRange?
    var containerByteCount: Int
  }

  struct Enumeration {
    var name: String
    var values: [(name: String, value: Int64)]
  }

  private(set) var structures: [Structure] = []
  private(set) var structureIndexes: [String: Int] = [:]
  private(set) var enumerations: [Enumeration] = []
  private(set) var enumerationIndexes: [String: Int] = [:]
  private(set) var aliases: [String: CType] = [:]
  private(set) var integerConstants: [String: Int64] = [:]
  private(set) var stringConstants: [String: StringLiteral] = [:]
  private var indexesByDeclaration: [CStructure: Int] = [:]

  init() {}

  init(of script: Script, kernelTypes: @autoclosure () -> TypeGraph?) {
    for declaration in script.declarations {
      switch declaration {
      case .structure(let structure): _ = add(structure, kernelTypes)
      case .enumeration(let enumeration): add(enumeration)
      case .typeAlias(let name, let type, _):
        register(type, kernelTypes)
        aliases[name.text] = type
      case .define(let define):
        switch define.value {
        case .integer(let value): integerConstants[define.name.text] = Int64(bitPattern: value)
        case .string(let text): stringConstants[define.name.text] = text
        case .none, .text, .functionLike: break
        }
      case .include: break
      }
    }
  }

  func index(of structure: CStructure) -> Int? {
    indexesByDeclaration[structure] ?? structure.tag.flatMap { structureIndexes[$0.text] }
  }

  func member(
    _ name: String, ofStructure index: Int, catalog: TypeCatalog, space: AddressSpace
  ) -> TypeCatalog.MemberLayout? {
    guard structures.indices.contains(index),
      let member = structures[index].members.first(where: { $0.name == name }),
      let type = catalog.valueType(of: member.type, space: space)
    else { return nil }
    return TypeCatalog.MemberLayout(
      byteOffset: member.byteOffset, type: type, bits: member.bits, containerByteCount: member.containerByteCount)
  }

  // MARK: Layout

  private mutating func add(_ enumeration: CEnumeration) {
    for constant in enumeration.constants { integerConstants[constant.name.text] = constant.value }
    guard let tag = enumeration.tag else { return }
    enumerationIndexes[tag.text] = enumerations.count
    enumerations.append(
      Enumeration(name: tag.text, values: enumeration.constants.map { ($0.name.text, $0.value) }))
  }

  private mutating func register(_ type: CType, _ kernelTypes: () -> TypeGraph?) {
    switch type {
    case .structure(let structure): _ = add(structure, kernelTypes)
    case .enumeration(let enumeration): add(enumeration)
    case .pointer(let inner), .array(let inner, _): register(inner, kernelTypes)
    default: break
    }
  }

  private mutating func add(_ structure: CStructure, _ kernelTypes: () -> TypeGraph?) -> Int? {
    guard let fields = structure.fields else { return structure.tag.flatMap { structureIndexes[$0.text] } }
    if let index = indexesByDeclaration[structure] { return index }
    var layout = Structure(
      name: structure.tag?.text ?? "", isUnion: structure.kind == .union, members: [], byteCount: 0, alignment: 1)
    var bitPosition = 0
    for field in fields {
      register(field.type, kernelTypes)
      let (size, natural) = extent(of: field.type, kernelTypes)
      let alignment = structure.isPacked ? 1 : natural
      if layout.isUnion { bitPosition = 0 }
      if let width = field.bitWidth {
        let unit = max(1, size) * 8
        if width == 0 {
          bitPosition = roundedUp(bitPosition, to: unit)
          continue
        }
        if !structure.isPacked, bitPosition / unit != (bitPosition + width - 1) / unit {
          bitPosition = roundedUp(bitPosition, to: unit)
        }
        if let name = field.name {
          let start = bitPosition / unit * (unit / 8)
          layout.members.append(
            Member(
              name: name.text, type: field.type, byteOffset: start,
              bits: WireField.BitRange(offset: bitPosition - start * 8, count: width), containerByteCount: unit / 8))
        }
        bitPosition += width
      } else {
        let offset = roundedUp(bitPosition, to: 8 * alignment) / 8
        if let name = field.name {
          layout.members.append(
            Member(name: name.text, type: field.type, byteOffset: offset, bits: nil, containerByteCount: 0))
        } else if case .structure(let inner) = field.type, let index = add(inner, kernelTypes) {
          for var member in structures[index].members {
            member.byteOffset += offset
            layout.members.append(member)
          }
        }
        bitPosition = (offset + size) * 8
      }
      layout.alignment = max(layout.alignment, alignment)
      layout.byteCount = max(layout.byteCount, (bitPosition + 7) / 8)
    }
    if let alignment = structure.alignment { layout.alignment = max(layout.alignment, alignment) }
    layout.byteCount = roundedUp(layout.byteCount, to: layout.alignment)
    let index = structures.count
    structures.append(layout)
    indexesByDeclaration[structure] = index
    if let tag = structure.tag { structureIndexes[tag.text] = index }
    return index
  }

  /// Bytes and alignment of a type; for what is not known yet, those of nothing.
  private func extent(of type: CType, _ kernelTypes: () -> TypeGraph?) -> (size: Int, alignment: Int) {
    switch type {
    case .void, .function: return (0, 1)
    case .boolean: return (1, 1)
    case .integer(_, let byteCount, _), .floatingPoint(_, let byteCount): return (byteCount, max(1, byteCount))
    case .pointer: return (8, 8)
    case .enumeration: return (4, 4)
    case .array(let element, let count):
      let (size, alignment) = extent(of: element, kernelTypes)
      let (total, overflow) = size.multipliedReportingOverflow(by: Int(clamping: count ?? 0))
      return (overflow ? 0 : min(total, 1 << 28), alignment)
    case .structure(let structure):
      guard let index = index(of: structure) else { return (0, 1) }
      return (structures[index].byteCount, structures[index].alignment)
    case .tagged(.enumeration, _): return (4, 4)
    case .tagged(let tag, let name):
      if let index = structureIndexes[name] { return (structures[index].byteCount, structures[index].alignment) }
      return kernelExtent(named: name, kinds: [tag == .union ? .union : .structure], kernelTypes)
    case .named(let name):
      if let alias = aliases[name] { return extent(of: alias, kernelTypes) }
      return kernelExtent(named: name, kinds: [.typedef, .integer], kernelTypes)
    }
  }

  private func kernelExtent(
    named name: String, kinds: [BTFKind], _ kernelTypes: () -> TypeGraph?
  ) -> (size: Int, alignment: Int) {
    guard let kernel = kernelTypes(),
      let id = kinds.lazy.compactMap({ kernel.id(named: name, kind: $0) }).first,
      let size = try? kernel.size(of: id), let alignment = try? kernel.alignment(of: id)
    else { return (0, 1) }
    return (size, max(1, alignment))
  }

  private func roundedUp(_ value: Int, to multiple: Int) -> Int { (value + multiple - 1) / multiple * multiple }
}
