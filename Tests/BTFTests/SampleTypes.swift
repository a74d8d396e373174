import BTF

/// A small graph with every kind of type, and the ids of its parts.
struct SampleTypes {
  let blob: [UInt8]
  let int: TypeID
  let node: TypeID
  let flags: TypeID
  let color: TypeID
  let big: TypeID
  let handler: TypeID
  let alias: TypeID
  let section: TypeID

  init() throws {
    var builder = TypeGraphBuilder()
    int = try builder.addInteger(named: "int", size: 4, isSigned: true)
    let unsigned = try builder.addInteger(named: "unsigned int", size: 4)
    let char = try builder.addInteger(named: "char", size: 1)
    let long = try builder.addInteger(named: "long long unsigned int", size: 8)
    let bool = try builder.addInteger(named: "_Bool", size: 1, isBoolean: true)
    let double = try builder.addFloat(named: "double", size: 8)
    let name = try builder.addArray(of: char, count: 16, indexedBy: int)
    let matrix = try builder.addArray(
      of: try builder.addArray(of: unsigned, count: 3, indexedBy: int), count: 2, indexedBy: int)
    color = try builder.addEnumeration(
      named: "color", values: [("RED", 0), ("GREEN", 1), ("BLUE", 0xffff_ffff)])
    big = try builder.addEnumeration(
      named: "big", size: 8, isSigned: true, values: [("LOWEST", .min), ("MINUS_ONE", -1), ("HUGE", 1 << 40)])
    flags = try builder.addStructure(
      named: "flags", size: 4,
      members: [
        .init("low", unsigned, bitOffset: 0, bitFieldSize: 3), .init("high", int, bitOffset: 3, bitFieldSize: 5),
        .init("rest", char, bitOffset: 16),
      ])
    // The struct points to itself, so its id is told before it is there.
    let inner = try builder.addStructure(
      named: "", size: 8, members: [.init("x", int, bitOffset: 0), .init("y", int, bitOffset: 32)])
    let either = try builder.addUnion(
      named: "", size: 8, members: [.init("raw", long, bitOffset: 0), .init("", inner, bitOffset: 0)])
    let user = try builder.addTypeTag("user", on: char)
    let userText = try builder.addPointer(to: user)
    let constant = try builder.addConst(userText)
    let changing = try builder.addVolatile(int)
    let next = try builder.addPointer(to: TypeID(builder.nextID.rawValue + 1))
    node = try builder.addStructure(
      named: "node", size: 112,
      members: [
        .init("next", next, bitOffset: 0), .init("name", name, bitOffset: 64), .init("", either, bitOffset: 192),
        .init("text", constant, bitOffset: 256), .init("matrix", matrix, bitOffset: 320),
        .init("flags", flags, bitOffset: 512), .init("color", color, bitOffset: 544),
        .init("weight", double, bitOffset: 576), .init("valid", bool, bitOffset: 640),
        .init("wide", big, bitOffset: 704), .init("parts", changing, bitOffset: 768),
      ])
    alias = try builder.addTypedef(named: "node_t", for: try builder.addConst(try builder.addVolatile(node)))
    let proto = try builder.addFunctionPrototype(
      returning: int, parameters: [.init("node", try builder.addPointer(to: node)), .init("flags", unsigned)],
      isVariadic: true)
    handler = try builder.addFunction(named: "handle_node", prototype: proto, linkage: .global)
    _ = try builder.addForward(named: "hidden")
    _ = try builder.addRestrict(next)
    let variable = try builder.addVariable(named: "head", type: next)
    section = try builder.addDataSection(
      named: ".data", size: 8, variables: [SectionVariable(variable: variable, offset: 0, size: 8)])
    _ = try builder.addDeclarationTag("bpf_kfunc", on: handler)
    _ = try builder.addDeclarationTag("nullable", on: handler, component: 0)
    blob = try builder.build()
  }
}
