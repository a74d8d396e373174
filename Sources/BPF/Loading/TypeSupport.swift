internal import BTF
internal import KernelInterface

extension TypeSupport {
  /// What of each record a kernel takes, found out by giving it types that have one such record.
  ///
  /// Nil when it takes no type information at all: it is older than 4.18, or forbids it.
  init?(probing kernel: any KernelCalls, token: CInt?) throws(BTFError) {
    func takes(_ body: (inout TypeGraphBuilder, TypeID) throws(BTFError) -> Void) throws(BTFError) -> Bool {
      var builder = TypeGraphBuilder()
      let integer = try builder.addInteger(named: "int", size: 4, isSigned: true)
      try body(&builder, integer)
      return kernel.takesTypes(try builder.build(), token: token)
    }
    guard try takes({ _, _ in }) else { return nil }
    self = []
    if try takes({ (builder, integer) throws(BTFError) in
      let prototype = try builder.addFunctionPrototype(
        returning: integer, parameters: [TypeGraphBuilder.Parameter("a", integer)])
      try builder.addFunction(named: "f", prototype: prototype)
    }) {
      insert(.functions)
    }
    if try takes({ (builder, integer) throws(BTFError) in
      let prototype = try builder.addFunctionPrototype(returning: integer, parameters: [])
      try builder.addFunction(named: "f", prototype: prototype, linkage: .global)
    }) {
      insert(.globalFunctions)
    }
    for (name, feature) in [(".data", Self.dataSections), ("?.data", .questionMarks)] {
      if try takes({ (builder, integer) throws(BTFError) in
        let variable = try builder.addVariable(named: "v", type: integer)
        try builder.addDataSection(
          named: name, size: 4, variables: [SectionVariable(variable: variable, offset: 0, size: 4)])
      }) {
        insert(feature)
      }
    }
    if try takes({ (builder, _) throws(BTFError) in try builder.addFloat(named: "float", size: 4) }) { insert(.floats) }
    if try takes({ (builder, integer) throws(BTFError) in
      let structure = try builder.addStructure(
        named: "s", size: 4, members: [TypeGraphBuilder.Member("m", integer, bitOffset: 0)])
      try builder.addDeclarationTag("tag", on: structure)
    }) {
      insert(.declarationTags)
    }
    if try takes({ (builder, integer) throws(BTFError) in
      try builder.addPointer(to: builder.addTypeTag("tag", on: integer))
    }) {
      insert(.typeTags)
    }
    if try takes({ (builder, _) throws(BTFError) in
      try builder.addEnumeration(named: "e", size: 8, values: [("a", 1 << 40)])
    }) {
      insert(.wideEnumerations)
    }
    if contains(.typeTags) {
      var builder = TypeGraphBuilder()
      let integer = try builder.addInteger(named: "int", size: 4, isSigned: true)
      let tag = try builder.addTypeTag("tag", on: integer)
      try builder.addPointer(to: tag)
      var records = try TypeRecords(copying: TypeGraph(bytes: builder.build()))
      records.setHeader(of: tag, flag: true)
      if kernel.takesTypes(try records.encoded(), token: token) { insert(.attributeTags) }
    }
  }
}

extension KernelCalls {
  fileprivate func takesTypes(_ blob: [UInt8], token: CInt?) -> Bool {
    do throws(BTFRefusal) {
      _ = try loadBTF(blob, token: token)
      return true
    } catch {
      return false
    }
  }
}
