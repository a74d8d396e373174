internal import BTF
internal import Bytecode
internal import ELF
internal import KernelInterface

/// Writes an object file, part by part: first everything gets its place and its symbol, then what refers to places.
struct ObjectWriter {
  /// Where something stands.
  struct Place {
    var section: Int
    var offset: Int
    var symbol: ObjectFileBuilder.SymbolReference
  }

  /// A section of code that is being put together.
  struct Code {
    var name: String
    /// Functions by their places in the spec, with their first bytes.
    var functions: [(index: Int, offset: Int)] = []
    var size = 0
  }

  let object: ObjectSpec
  var file: ObjectFileBuilder
  var types = TypeGraphBuilder()
  /// The object's types by their new ids.
  var typeIDs: TypeIDMap?
  /// Sections of code, in the order of their first functions.
  var code: [Code] = []
  /// The indexes of those sections in the file.
  var codeSections: [Int] = []
  /// Functions by name.
  var functions: [String: Place] = [:]
  /// Maps that are no section's by name.
  var maps: [String: Place] = [:]
  /// The sections that hold variables, by the names of their maps.
  var dataSections: [String: Int] = [:]
  /// Variables that others can see, by the names of their maps; in the order of their places.
  var variables: [String: [(variable: VariableSpec, symbol: ObjectFileBuilder.SymbolReference)]] = [:]
  /// Symbols of sections.
  var sectionSymbols: [Int: ObjectFileBuilder.SymbolReference] = [:]
  /// Symbols of what the object does not have itself.
  var externs: [String: ObjectFileBuilder.SymbolReference] = [:]
  /// The sections of the types, with their variables.
  var typedSections: [TypedSection] = []

  /// A section of variables or functions as the types tell it.
  struct TypedSection {
    var name: String
    var size: Int
    var variables: [SectionVariable]
  }

  /// Whether the object is for machines of the other byte order.
  var isByteSwapped: Bool { object.byteOrder != .host }

  init(_ object: ObjectSpec) {
    self.object = object
    file = ObjectFileBuilder(machine: .bpf, byteOrder: object.byteOrder)
  }

  func failure(_ reason: ObjectError.Reason, section: String? = nil, symbol: String? = nil) -> ObjectError {
    ObjectError(reason, object: object.name, section: section, symbol: symbol)
  }

  /// Makes errors of the types errors of the object.
  func wrap<R>(_ body: () throws(BTFError) -> R) throws(ObjectError) -> R {
    do throws(BTFError) { return try body() } catch { throw failure(.types(error)) }
  }

  mutating func write() throws(ObjectError) -> [UInt8] {
    try copyTypes()
    try placeFunctions()
    try addMaps()
    try addDataSections()
    try addStructOperations()
    try addExterns()
    try addLicenseAndVersion()
    try addCode()
    try addTypes()
    return file.build()
  }

  /// The symbol of a whole section.
  mutating func symbol(ofSection section: Int) -> ObjectFileBuilder.SymbolReference {
    if let known = sectionSymbols[section] { return known }
    let symbol = file.addSymbol("", .section, .local, place: .section(section))
    sectionSymbols[section] = symbol
    return symbol
  }

  private mutating func addLicenseAndVersion() throws(ObjectError) {
    if !object.license.isEmpty {
      let bytes = Array(object.license.utf8) + [0]
      let type = try integer("char", size: 1, isCharacter: true)
      let index = try integer("int", size: 4)
      let array = try wrapBuilding { (types: inout TypeGraphBuilder) throws(BTFError) in
        try types.addArray(of: type, count: bytes.count, indexedBy: index)
      }
      try addConstant("_license", in: "license", bytes, of: array, alignment: 1)
    }
    if let version = object.kernelVersion {
      let type = try integer("unsigned int", size: 4, isSigned: false)
      try addConstant(
        "_version", in: "version", withUnsafeBytes(of: isByteSwapped ? version.byteSwapped : version) { Array($0) },
        of: type, alignment: 4)
    }
  }

  /// A section of one variable.
  private mutating func addConstant(
    _ name: String, in sectionName: String, _ bytes: [UInt8], of type: TypeID, alignment: Int
  ) throws(ObjectError) {
    let section = file.addSection(
      sectionName, flags: [.allocated, .writable], alignment: alignment, contents: bytes)
    _ = file.addSymbol(name, .object, .global, place: .section(section), size: bytes.count)
    let variable = try wrapBuilding { (types: inout TypeGraphBuilder) throws(BTFError) in
      try types.addVariable(named: name, type: type)
    }
    typedSections.append(
      TypedSection(
        name: sectionName, size: bytes.count,
        variables: [SectionVariable(variable: variable, offset: 0, size: bytes.count)]))
  }

  /// An integer of the object's own types, or a new one.
  mutating func integer(
    _ name: String, size: Int, isSigned: Bool = true, isCharacter: Bool = false
  ) throws(ObjectError) -> TypeID {
    for id in object.types?.ids(named: name) ?? [] {
      guard case .integer(let integer)? = try? object.types?.type(id), integer.size == size,
        integer.isSigned == isSigned, let known = newID(of: id)
      else { continue }
      return known
    }
    return try wrapBuilding { (types: inout TypeGraphBuilder) throws(BTFError) in
      try types.addInteger(named: name, size: size, isSigned: isSigned, isCharacter: isCharacter)
    }
  }
}
