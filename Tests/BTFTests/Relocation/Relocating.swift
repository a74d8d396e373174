import BTF

/// Two small graphs, an object's and a kernel's, and what relocations come to between them.
struct Relocating {
  let local: TypeGraph
  let kernel: TypeGraph
  var modules: [CORETarget] = []

  /// Types that both sides are made of.
  struct Maker {
    var builder = TypeGraphBuilder()
    let int: TypeID
    let unsigned: TypeID
    let long: TypeID
    let char: TypeID

    init() throws(BTFError) {
      int = try builder.addInteger(named: "int", size: 4, isSigned: true)
      unsigned = try builder.addInteger(named: "unsigned int", size: 4)
      long = try builder.addInteger(named: "unsigned long", size: 8)
      char = try builder.addInteger(named: "char", size: 1, isSigned: true)
    }

    /// A struct of members at byte offsets.
    @discardableResult
    mutating func structure(
      _ name: String, size: Int, _ members: [(String, TypeID, at: Int)]
    ) throws(BTFError) -> TypeID {
      try builder.addStructure(
        named: name, size: size, members: members.map { .init($0.0, $0.1, bitOffset: $0.at * 8) })
    }

    mutating func array(of element: TypeID, _ count: Int) throws(BTFError) -> TypeID {
      try builder.addArray(of: element, count: count, indexedBy: int)
    }

    func graph() throws(BTFError) -> TypeGraph { try TypeGraph(bytes: try builder.build()) }
  }

  static func graph(_ make: (inout Maker) throws -> Void) throws -> TypeGraph {
    var maker = try Maker()
    try make(&maker)
    return try maker.graph()
  }

  init(local: (inout Maker) throws -> Void, kernel: (inout Maker) throws -> Void) throws {
    self.local = try Self.graph(local)
    self.kernel = try Self.graph(kernel)
  }

  /// What one relocation of a local type comes to.
  func resolve(
    _ kind: CORERelocationKind, _ name: String, _ access: String = "0", typeKind: BTFKind = .structure
  ) throws -> COREResolution {
    try resolve([(kind, access)], of: name, typeKind: typeKind)[0]
  }

  /// The constant of one relocation; nil when the kernel does not have it.
  func value(
    _ kind: CORERelocationKind, _ name: String, _ access: String = "0", typeKind: BTFKind = .structure
  ) throws -> Int? {
    guard case .value(let value) = try resolve(kind, name, access, typeKind: typeKind).outcome else { return nil }
    return Int(Int64(bitPattern: value))
  }

  /// What several relocations of one local type come to together.
  func resolve(
    _ relocations: [(CORERelocationKind, String)], of name: String, typeKind: BTFKind = .structure
  ) throws -> [COREResolution] {
    guard let type = local.id(named: name, kind: typeKind) else { throw Unexpected() }
    var resolver = COREResolver(
      local: local, kernel: CORETarget(name: "vmlinux", types: kernel), modules: { modules })
    return try resolver.resolve(
      relocations.map { CORERelocation(instructionOffset: 8, type: type, access: $0.1, kind: $0.0) })
  }
}
