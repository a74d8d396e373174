import Testing

@testable import BTF

/// Fields of an object's structs, found in structs of other layouts.
@Suite struct COREResolverFieldTests {
  @Test func placeAndSizeAreTheKernels() throws {
    let case1 = try Relocating {
      let inner = try $0.structure("inner", size: 4, [("deep", $0.int, at: 0)])
      try $0.structure(
        "task___old", size: 16, [("pid", $0.unsigned, at: 0), ("in", inner, at: 4), ("gone", $0.int, at: 8)])
    } kernel: {
      let inner = try $0.structure("inner", size: 24, [("pad", $0.long, at: 0), ("deep", $0.long, at: 16)])
      try $0.structure("task", size: 128, [("in", inner, at: 64), ("pid", $0.int, at: 100)])
    }
    #expect(try case1.value(.fieldByteOffset, "task___old", "0:0") == 100)
    #expect(try case1.value(.fieldByteSize, "task___old", "0:0") == 4)
    #expect(try case1.value(.fieldIsSigned, "task___old", "0:0") == 1)
    #expect(try case1.value(.fieldLeftShift, "task___old", "0:0") == 32)
    #expect(try case1.value(.fieldRightShift, "task___old", "0:0") == 32)
    #expect(try case1.value(.fieldByteOffset, "task___old", "0:1:0") == 80)
    #expect(try case1.value(.fieldByteSize, "task___old", "0:1:0") == 8)
    #expect(try case1.value(.fieldByteOffset, "task___old", "2:0") == 2 * 128 + 100)
    #expect(try case1.value(.fieldExists, "task___old", "0:1:0") == 1)
    #expect(try case1.value(.fieldExists, "task___old", "0:2") == 0)
    let gone = try case1.resolve(.fieldByteOffset, "task___old", "0:2")
    #expect(gone.outcome == .missing && gone.originalValue == 8 && gone.path == "struct task___old.gone")
    let deep = try case1.resolve(.fieldByteOffset, "task___old", "0:1:0")
    #expect(deep.targetDescription == "[6] struct task.in.deep (0:0:1 @ offset 80) of vmlinux")
    #expect(deep.originalValue == 4 && deep.originalAccessSize == 4 && deep.accessSize == 8)
    // A signed integer read in another size would be another number.
    #expect(!deep.isAccessSizeAdjustable)
  }

  @Test func onlyPointersAndUnsignedIntegersChangeTheirSize() throws {
    let relocating = try Relocating {
      let pointer = try $0.builder.addPointer(to: .void)
      try $0.structure(
        "s", size: 24,
        [("p", pointer, at: 0), ("u", $0.long, at: 8), ("i", $0.int, at: 16), ("c", $0.unsigned, at: 20)])
    } kernel: {
      let pointer = try $0.builder.addPointer(to: $0.int)
      let byte = try $0.builder.addInteger(named: "unsigned char", size: 1)
      try $0.structure(
        "s", size: 24, [("p", pointer, at: 0), ("u", byte, at: 8), ("i", $0.long, at: 16), ("c", $0.int, at: 12)])
    }
    let adjustable = try (0..<4).map {
      try relocating.resolve(.fieldByteOffset, "s", "0:\($0)").isAccessSizeAdjustable
    }
    #expect(adjustable == [true, true, false, true])
  }

  @Test func arraysAndFlexibleArrays() throws {
    let relocating = try Relocating {
      let name = try $0.array(of: $0.char, 16)
      let rest = try $0.array(of: $0.long, 0)
      let grid = try $0.array(of: try $0.array(of: $0.int, 2), 2)
      try $0.structure("s", size: 32, [("grid", grid, at: 0), ("name", name, at: 16), ("rest", rest, at: 32)])
    } kernel: {
      let name = try $0.array(of: $0.char, 8)
      let rest = try $0.array(of: $0.int, 0)
      let grid = try $0.array(of: try $0.array(of: $0.long, 3), 2)
      try $0.structure("s", size: 64, [("name", name, at: 0), ("grid", grid, at: 8), ("rest", rest, at: 64)])
    }
    #expect(try relocating.value(.fieldByteOffset, "s", "0:1:3") == 3)
    #expect(try relocating.value(.fieldByteOffset, "s", "0:1:8") == nil)
    #expect(try relocating.value(.fieldExists, "s", "0:1:8") == 0)
    #expect(try relocating.value(.fieldByteOffset, "s", "0:0:1:1") == 8 + 4 * 8)
    #expect(try relocating.value(.fieldByteSize, "s", "0:0:1") == 24)
    #expect(try relocating.value(.fieldByteSize, "s", "0:1") == 8)
    #expect(try relocating.value(.fieldByteOffset, "s", "0:2:5") == 64 + 5 * 4)
    #expect(try relocating.resolve(.fieldByteOffset, "s", "0:0:1:1").path == "struct s.grid[1][1]")
    #expect(throws: CORERelocationError.self) { try relocating.resolve(.fieldByteOffset, "s", "0:1:16") }
  }

  @Test func anonymousStructsAndUnionsAreSeenThrough() throws {
    let relocating = try Relocating {
      let inner = try $0.structure("", size: 8, [("a", $0.int, at: 0), ("b", $0.int, at: 4)])
      try $0.structure("s", size: 16, [("", inner, at: 8), ("c", $0.int, at: 0)])
    } kernel: {
      let deeper = try $0.structure("", size: 8, [("x", $0.int, at: 0), ("c", $0.int, at: 4)])
      let either = try $0.builder.addUnion(
        named: "", size: 8, members: [.init("", deeper, bitOffset: 0), .init("y", $0.int, bitOffset: 0)])
      // `a` is here, `b` is in a named struct, where it is another thing.
      let named = try $0.structure("n", size: 4, [("b", $0.int, at: 0)])
      try $0.structure("s", size: 64, [("a", $0.int, at: 4), ("n", named, at: 8), ("", either, at: 16)])
    }
    #expect(try relocating.value(.fieldByteOffset, "s", "0:0:0") == 4)
    #expect(try relocating.value(.fieldByteOffset, "s", "0:0:1") == nil)
    let found = try relocating.resolve(.fieldByteOffset, "s", "0:1")
    #expect(found.outcome == .value(20) && found.path == "struct s.c")
    #expect(found.targetDescription == "[8] struct s.c (0:2:0:1 @ offset 20) of vmlinux")
  }

  @Test func bitFields() throws {
    let relocating = try Relocating {
      try $0.builder.addStructure(
        named: "s", size: 4,
        members: [
          .init("a", $0.unsigned, bitOffset: 0, bitFieldSize: 3), .init("b", $0.int, bitOffset: 3, bitFieldSize: 7),
          .init("plain", $0.unsigned, bitOffset: 0),
        ])
    } kernel: {
      try $0.builder.addStructure(
        named: "s", size: 16,
        members: [
          .init("b", $0.int, bitOffset: 70, bitFieldSize: 7),
          // Its bits cross the boundary of an int: it is read as eight bytes.
          .init("a", $0.unsigned, bitOffset: 30, bitFieldSize: 5),
          .init("plain", $0.unsigned, bitOffset: 96, bitFieldSize: 2),
        ])
    }
    #expect(try relocating.value(.fieldByteOffset, "s", "0:1") == 8)
    #expect(try relocating.value(.fieldByteSize, "s", "0:1") == 4)
    #expect(try relocating.value(.fieldLeftShift, "s", "0:1") == 64 - (70 - 64 + 7))
    #expect(try relocating.value(.fieldRightShift, "s", "0:1") == 57)
    #expect(try relocating.value(.fieldIsSigned, "s", "0:1") == 1)
    #expect(try relocating.value(.fieldByteOffset, "s", "0:0") == 0)
    #expect(try relocating.value(.fieldByteSize, "s", "0:0") == 8)
    #expect(try relocating.value(.fieldLeftShift, "s", "0:0") == 64 - 35)
    #expect(try relocating.value(.fieldIsSigned, "s", "0:0") == 0)
    #expect(try relocating.value(.fieldLeftShift, "s", "0:2") == 64 - 2)
    #expect(try relocating.resolve(.fieldByteOffset, "s", "0:1").isOriginalValueCertain == false)
    #expect(try relocating.resolve(.fieldRightShift, "s", "0:1").isOriginalValueCertain)
  }

  @Test func fieldsOfOtherKindsAreOthers() throws {
    let relocating = try Relocating {
      let color = try $0.builder.addEnumeration(named: "color", values: [("RED", 0)])
      let pointer = try $0.builder.addPointer(to: $0.int)
      let alias = try $0.builder.addTypedef(named: "number", for: try $0.builder.addConst($0.int))
      try $0.structure("s", size: 24, [("e", color, at: 0), ("p", pointer, at: 8), ("i", alias, at: 16)])
    } kernel: {
      let shade = try $0.builder.addEnumeration(named: "shade", values: [("RED", 0)])
      let volatile = try $0.builder.addVolatile($0.long)
      try $0.structure("s", size: 32, [("e", shade, at: 0), ("p", $0.long, at: 8), ("i", volatile, at: 24)])
    }
    #expect(try relocating.value(.fieldExists, "s", "0:0") == 0)
    #expect(try relocating.value(.fieldExists, "s", "0:1") == 0)
    #expect(try relocating.value(.fieldByteOffset, "s", "0:2") == 24)
  }

  @Test(arguments: ["", "0:9", "x", "0:", "-1", "+0", "0:0:0", "99999999999"])
  func badAccessStringsAreRefused(_ access: String) throws {
    let relocating = try Relocating {
      try $0.structure("s", size: 4, [("a", $0.int, at: 0)])
    } kernel: {
      try $0.structure("s", size: 4, [("a", $0.int, at: 0)])
    }
    let error = #expect(throws: CORERelocationError.self) { try relocating.resolve(.fieldByteOffset, "s", access) }
    #expect(error?.reason == .badAccess(access))
  }
}
