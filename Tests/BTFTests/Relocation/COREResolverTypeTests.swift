import Testing

@testable import BTF

/// Questions about whole types and about values of enums.
@Suite struct COREResolverTypeTests {
  @Test func typesByNameAndKind() throws {
    let relocating = try Relocating {
      try $0.structure("here___mine", size: 4, [("other", $0.int, at: 0)])
      try $0.structure("gone", size: 4, [("a", $0.int, at: 0)])
      try $0.structure("both", size: 4, [])
      try $0.builder.addTypedef(named: "handle", for: $0.int)
    } kernel: {
      try $0.builder.addTypedef(named: "gone", for: $0.int)
      try $0.structure("here", size: 48, [("a", $0.int, at: 0)])
      try $0.builder.addForward(named: "both")
      try $0.builder.addTypedef(named: "handle", for: $0.unsigned)
    }
    #expect(try relocating.value(.typeExists, "here___mine") == 1)
    #expect(try relocating.value(.typeSize, "here___mine") == 48)
    #expect(try relocating.value(.targetTypeID, "here___mine") == 6)
    let mine = try #require(relocating.local.id(named: "here___mine", kind: .structure))
    #expect(try relocating.value(.localTypeID, "here___mine") == Int(mine.rawValue))
    for kind in [CORERelocationKind.typeExists, .typeSize, .targetTypeID, .typeMatches] {
      #expect(try relocating.value(kind, "gone") == 0)
    }
    // A forward declaration is not the struct.
    #expect(try relocating.value(.typeExists, "both") == 0)
    #expect(try relocating.value(.typeExists, "handle", typeKind: .typedef) == 1)
  }

  @Test func flavorsOfTheTarget() throws {
    let relocating = try Relocating {
      try $0.structure("s", size: 4, [("a", $0.int, at: 0)])
      try $0.structure("__x", size: 4, [("a", $0.int, at: 0)])
    } kernel: {
      try $0.structure("s___new", size: 8, [("a", $0.int, at: 4)])
      try $0.structure("____x", size: 8, [("a", $0.int, at: 4)])
    }
    #expect(try relocating.value(.fieldByteOffset, "s", "0:0") == 4)
    #expect(try relocating.value(.typeExists, "__x") == 0)
    #expect("task_struct___old".essentialName == "task_struct")
    #expect("a___b___c".essentialName == "a___b")
    for plain in ["___GFP_BIT", "a____b", "x___", "plain", "", "___", "_____"] { #expect(plain.essentialName == plain) }
  }

  @Test func typeMatches() throws {
    func matches(
      _ local: (inout Relocating.Maker) throws -> [(String, TypeID, at: Int)],
      _ kernel: (inout Relocating.Maker) throws -> [(String, TypeID, at: Int)]
    ) throws -> Bool {
      let relocating = try Relocating {
        try $0.structure("s", size: 16, try local(&$0))
      } kernel: {
        try $0.structure("s", size: 32, try kernel(&$0))
      }
      return try relocating.value(.typeMatches, "s") == 1
    }
    // Order, places and further members do not count.
    #expect(
      try matches(
        { [("a", $0.int, at: 0), ("b", $0.long, at: 8)] },
        { [("b", $0.long, at: 0), ("c", $0.int, at: 8), ("a", $0.int, at: 16)] }))
    #expect(try !matches({ [("a", $0.int, at: 0)] }, { [("b", $0.int, at: 0)] }))
    #expect(try !matches({ [("a", $0.int, at: 0)] }, { [("a", $0.unsigned, at: 0)] }))
    #expect(try !matches({ [("a", $0.unsigned, at: 0)] }, { [("a", $0.long, at: 0)] }))
    // Behind a pointer a declaration is enough.
    #expect(
      try matches(
        { [("p", try $0.builder.addPointer(to: try $0.builder.addForward(named: "other")), at: 0)] },
        {
          let other = try $0.structure("other", size: 4, [("x", $0.int, at: 0)])
          return [("p", try $0.builder.addPointer(to: other), at: 0)]
        }))
    #expect(
      try !matches(
        { [("p", try $0.builder.addPointer(to: try $0.builder.addForward(named: "other", isUnion: true)), at: 0)] },
        {
          let other = try $0.structure("other", size: 4, [("x", $0.int, at: 0)])
          return [("p", try $0.builder.addPointer(to: other), at: 0)]
        }))
    #expect(
      try !matches(
        { [("p", try $0.builder.addPointer(to: $0.int), at: 0)] },
        { [("p", try $0.builder.addPointer(to: $0.char), at: 0)] }))
    // Members that are structs must match, too; arrays must be as long.
    #expect(
      try !matches(
        { [("i", try $0.structure("inner", size: 4, [("x", $0.int, at: 0)]), at: 0)] },
        { [("i", try $0.structure("inner", size: 4, [("y", $0.int, at: 0)]), at: 0)] }))
    #expect(
      try !matches({ [("n", try $0.array(of: $0.char, 8), at: 0)] }, { [("n", try $0.array(of: $0.char, 16), at: 0)] }))
    #expect(
      try matches(
        { [("e", try $0.builder.addEnumeration(named: "e", values: [("A", 5)]), at: 0)] },
        { [("e", try $0.builder.addEnumeration(named: "e", values: [("B", 5), ("A", 9)]), at: 0)] }))
    #expect(
      try !matches(
        { [("e", try $0.builder.addEnumeration(named: "e", values: [("A", 5)]), at: 0)] },
        { [("e", try $0.builder.addEnumeration(named: "e", values: [("B", 5)]), at: 0)] }))
  }

  @Test func signaturesMustBeCompatible() throws {
    func exists(_ local: Int, _ kernel: Int) throws -> Bool {
      func make(_ maker: inout Relocating.Maker, _ count: Int) throws {
        let parameters = (0..<count).map { TypeGraphBuilder.Parameter("p\($0)", maker.int) }
        let proto = try maker.builder.addFunctionPrototype(returning: maker.long, parameters: parameters)
        try maker.builder.addTypedef(named: "callback", for: try maker.builder.addPointer(to: proto))
      }
      let relocating = try Relocating {
        try make(&$0, local)
      } kernel: {
        try make(&$0, kernel)
      }
      return try relocating.value(.typeExists, "callback", typeKind: .typedef) == 1
    }
    #expect(try exists(2, 2))
    #expect(try !exists(2, 3))
  }

  @Test func enumValues() throws {
    let relocating = try Relocating {
      try $0.builder.addEnumeration(
        named: "color___mine", values: [("RED___mine", 1), ("GREEN", 2), ("NO_SUCH", 3)])
      try $0.builder.addEnumeration(named: "big", values: [("HUGE", 1)])
    } kernel: {
      try $0.builder.addEnumeration(named: "color", isSigned: true, values: [("GREEN", -7), ("RED", 9)])
      try $0.builder.addEnumeration(named: "big", size: 8, values: [("HUGE", 1 << 40)])
    }
    let kind = BTFKind.enumeration
    #expect(try relocating.value(.enumeratorExists, "color___mine", "0", typeKind: kind) == 1)
    #expect(try relocating.value(.enumeratorValue, "color___mine", "0", typeKind: kind) == 9)
    #expect(try relocating.value(.enumeratorValue, "color___mine", "1", typeKind: kind) == -7)
    #expect(try relocating.value(.enumeratorExists, "color___mine", "2", typeKind: kind) == 0)
    #expect(try relocating.value(.enumeratorValue, "color___mine", "2", typeKind: kind) == nil)
    #expect(try relocating.value(.enumeratorValue, "big", "0", typeKind: kind) == 1 << 40)
    let resolution = try relocating.resolve(.enumeratorValue, "color___mine", "1", typeKind: kind)
    #expect(resolution.path == "enum color___mine::GREEN" && resolution.originalValue == 2)
  }

  @Test func anonymousTypesCannotBeFound() throws {
    let relocating = try Relocating {
      let inner = try $0.structure("", size: 4, [("a", $0.int, at: 0)])
      try $0.builder.addTypedef(named: "t", for: inner)
    } kernel: { _ in
    }
    var resolver = COREResolver(
      local: relocating.local, kernel: CORETarget(name: "vmlinux", types: relocating.kernel))
    let relocation = CORERelocation(instructionOffset: 0, type: TypeID(5), access: "0:0", kind: .fieldByteOffset)
    let error = #expect(throws: CORERelocationError.self) { try resolver.resolve([relocation]) }
    #expect(error?.reason == .unnamedType)
  }
}
