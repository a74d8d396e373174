/// How a value is laid out where the script decides: in variables, map keys and values, tuples and events.
///
/// Every scalar takes eight bytes, so that keys that look equal are equal, whatever the widths of their parts.
/// What the kernel laid out (structs, arrays) keeps its form. All of it begins at multiples of eight.
struct StorageLayout {
  var wire: WireType
  var byteCount: Int

  init(of type: ValueType, catalog: TypeCatalog) {
    wire = Self.wireType(of: type, catalog: catalog)
    byteCount = Self.slotByteCount(of: type, wire: wire)
  }

  /// The fields of a tuple or a record: where each one lies.
  static func fieldOffsets(of types: [ValueType], catalog: TypeCatalog) -> (offsets: [Int], byteCount: Int) {
    var offsets: [Int] = []
    var position = 0
    for type in types {
      offsets.append(position)
      position += roundedUp(StorageLayout(of: type, catalog: catalog).byteCount)
    }
    return (offsets, max(8, position))
  }

  private static func slotByteCount(of type: ValueType, wire: WireType) -> Int {
    type.isScalar ? 8 : wire.byteCount
  }

  static func roundedUp(_ byteCount: Int) -> Int { (byteCount + 7) / 8 * 8 }

  private static func wireType(of type: ValueType, catalog: TypeCatalog) -> WireType {
    switch type {
    case .boolean: .boolean
    case .integer(let integer): .integer(byteCount: 8, isSigned: integer.isSigned)
    case .enumeration(let id): enumerationWireType(id, byteCount: 8, catalog: catalog)
    case .string(let capacity): .string(capacity: capacity)
    case .buffer(let capacity): .buffer(capacity: capacity)
    case .tuple(let elements): tupleWireType(elements.map { ("", $0) }, isRecord: false, catalog: catalog)
    case .record(let fields): tupleWireType(fields.map { ($0.name, $0.type) }, isRecord: true, catalog: catalog)
    case .array(let element, let count): .array(memoryWireType(of: element, catalog: catalog), count: count)
    case .structure: memoryWireType(of: type, catalog: catalog)
    case .pointer: .pointer
    case .stack(let isUser, let format): isUser ? .userStack(format) : .kernelStack(format)
    case .kernelSymbol: .kernelSymbol
    case .userSymbol: .userSymbol
    case .username: .username
    case .timestamp(let format): .timestamp(format: format)
    case .internetAddress: .internetAddress
    case .macAddress: .macAddress
    case .probeName: .probeName
    case .cgroupPath: .cgroupPath
    case .aggregation(let aggregation): .integer(byteCount: 8, isSigned: aggregation.isSigned)
    case .void, .unknown, .arguments: .integer(byteCount: 8, isSigned: false)
    }
  }

  private static func tupleWireType(
    _ parts: [(name: String, type: ValueType)], isRecord: Bool, catalog: TypeCatalog
  ) -> WireType {
    let (offsets, byteCount) = fieldOffsets(of: parts.map(\.type), catalog: catalog)
    let fields = zip(parts, offsets).map { part, offset in
      WireField(name: part.name, offset: offset, type: wireType(of: part.type, catalog: catalog))
    }
    return isRecord ? .record(fields, byteCount: byteCount) : .tuple(fields, byteCount: byteCount)
  }

  /// The form of a value in memory that C laid out.
  private static func memoryWireType(of type: ValueType, catalog: TypeCatalog, depth: Int = 0) -> WireType {
    switch type {
    case .integer(let integer): .integer(byteCount: integer.bits / 8, isSigned: integer.isSigned)
    case .enumeration(let id):
      enumerationWireType(id, byteCount: catalog.byteCount(of: type) ?? 4, catalog: catalog)
    case .array(let element, let count):
      .array(memoryWireType(of: element, catalog: catalog, depth: depth), count: count)
    case .structure(let id, _):
      .record(
        depth > 8
          ? []
          : catalog.members(of: id).map { name, layout in
            let memberType: WireType =
              layout.bits == nil
              ? memoryWireType(of: layout.type, catalog: catalog, depth: depth + 1)
              : .integer(byteCount: layout.containerByteCount, isSigned: layout.type.arithmeticType?.isSigned ?? false)
            return WireField(name: name, offset: layout.byteOffset, type: memberType, bits: layout.bits)
          }, byteCount: catalog.byteCount(of: type) ?? 0)
    default: wireType(of: type, catalog: catalog)
    }
  }

  private static func enumerationWireType(
    _ id: EnumerationID, byteCount: Int, catalog: TypeCatalog
  ) -> WireType {
    let (name, isSigned, values) = catalog.enumerators(of: id)
    return .enumeration(byteCount: byteCount, isSigned: isSigned, name: name, values: values)
  }
}
