import Testing

@testable import BTF

/// Types of modules that were built apart from their kernel.
@Suite struct RebasingTests {
  /// A kernel's types; `before` others come first.
  private func kernel(before: Int = 0, taskSize: Int = 16, tasks: Int = 1) throws -> TypeGraph {
    var builder = TypeGraphBuilder()
    for number in 0..<before { try builder.addFloat(named: "float\(number)", size: 8) }
    let int = try builder.addInteger(named: "int", size: 4, isSigned: true)
    for _ in 0..<tasks {
      try builder.addStructure(
        named: "task", size: taskSize,
        members: [.init("id", int, bitOffset: 0), .init("flags", int, bitOffset: 32)])
    }
    try builder.addStructure(named: "file", size: 4, members: [.init("mode", int, bitOffset: 0)])
    try builder.addEnumeration(named: "state", values: [("idle", 0), ("busy", 1)])
    return try TypeGraph(bytes: builder.build())
  }

  /// A struct of a module that holds a task, a state and a number, and points to a file.
  private func module() throws -> TypeGraph {
    var base = TypeGraphBuilder()
    let int = try base.addInteger(named: "int", size: 4, isSigned: true)
    let task = try base.addStructure(named: "task", size: 16, members: [])
    let file = try base.addForward(named: "file")
    let state = try base.addEnumeration(named: "state", values: [])
    let distilled = try TypeGraph(bytes: base.build())
    var builder = TypeGraphBuilder(base: distilled)
    let pointer = try builder.addPointer(to: file)
    try builder.addStructure(
      named: "mine", size: 32,
      members: [
        .init("task", task, bitOffset: 0), .init("file", pointer, bitOffset: 128), .init("int", int, bitOffset: 192),
        .init("state", state, bitOffset: 224),
      ])
    return try TypeGraph(bytes: builder.build(), base: distilled)
  }

  @Test(arguments: [0, 7]) func theKernelsTypesTakeTheirPlace(before: Int) throws {
    let kernel = try kernel(before: before)
    let types = try module().rebased(onto: kernel)
    try types.validate()
    #expect(types.base === kernel && types.count == kernel.count + 2)
    let mine = try #require(types.id(named: "mine", kind: .structure))
    #expect(try types.cDefinition(of: mine) == module().cDefinition(of: TypeID(6)))
    // What the distilled base left out is there.
    let flags = try types.member(path: "task.flags", of: mine)
    #expect(flags.byteOffset == 4)
    let file = try types.pointee(of: try types.member(path: "file", of: mine).type)
    #expect(file == kernel.id(named: "file", kind: .structure))
  }

  @Test func sizesMustAgree() throws {
    let error = #expect(throws: BTFError.self) { try module().rebased(onto: kernel(taskSize: 24)) }
    #expect(error?.reason == .missingInBase(TypeID(2), .structure, name: "task", size: 16))
    #expect(error?.description == "the new base has no STRUCT 'task' of 16 bytes")
    #expect(throws: BTFError(.ambiguousInBase(TypeID(2), .structure, name: "task", count: 2))) {
      try module().rebased(onto: kernel(tasks: 2))
    }
  }

  @Test func whatHasNoBaseIsCopied() throws {
    let kernel = try kernel()
    let alone = try TypeGraph(bytes: try SampleTypes().blob)
    #expect(try alone.rebased(onto: kernel).count == alone.count + kernel.count - 1)
  }
}
