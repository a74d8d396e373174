import BPF
import ELF
import Foundation
import KernelInterface
import TestObjects
import Testing

/// Objects with one mistake each: what is said about it, and where.
@Suite struct ObjectErrorTests {
  private func failure(_ bytes: [UInt8]) -> ObjectError? {
    #expect(throws: ObjectError.self) { try ObjectSpec(bytes: bytes, name: "bad.o") }
  }

  @Test(arguments: [
    ("NO_TYPE", "bad.o: section '.maps', 'counts': the member 'type' is missing"),
    (
      "UNKNOWN_MEMBER",
      """
      bad.o: section '.maps', 'counts': found a member 'colour', expected type, max_entries, map_flags, numa_node, \
      map_extra, key_size, value_size, key, value, pinning or values
      """
    ),
    (
      "BAD_PINNING",
      "bad.o: section '.maps', 'counts': found pinning 7, expected LIBBPF_PIN_NONE or _BY_NAME"
    ),
    (
      "BAD_NUMBER",
      """
      bad.o: section '.maps', 'counts': found member 'map_flags' of another type, expected one made by __uint or \
      __ulong
      """
    ),
    (
      "SIZE_CONFLICT",
      "bad.o: section '.maps', 'counts': found member 'key' of 4 bytes, expected the 8 bytes that another member says"
    ),
    (
      "VALUES_IN_HASH",
      """
      bad.o: section '.maps', 'counts': found member 'values' in a map of type hash, expected inner maps in a \
      map of maps, or functions in an array of programs
      """
    ),
    ("PINNED_INNER", "bad.o: section '.maps', 'outer.inner': an inner map cannot be pinned by its definition"),
    ("NESTED", "bad.o: section '.maps', 'outer.inner': a map of maps of maps does not exist"),
    (
      "NO_STRUCT",
      "bad.o: section '.maps', 'number': found a variable of another type, expected a struct that defines a map"
    ),
    (
      "WRONG_ELEMENT",
      "bad.o: section '.maps', 'jumps', byte 48: found an element of another kind, expected programs in it"
    ),
    (
      "OPTION_TYPE",
      """
      bad.o: 'CONFIG_PAIR': found an option of another type, expected a bool, char, enum libbpf_tristate, \
      integer of up to 64 bits or array of char
      """
    ),
    (
      "ODD_SECTION",
      "bad.o: section 'raw_tp/sys_enter', 'odd', byte 96: section 'odd.section' cannot be used by programs"
    ),
    (
      "TWO_ARENAS",
      "bad.o: section '.addr_space.1': found variables of an arena in an object with 2 arenas, expected one arena"
    ),
    (
      "OPEN_LICENSE",
      "bad.o: section 'license': found 3 bytes, expected a text that ends with a zero byte"
    ),
    ("LONG_VERSION", "bad.o: section 'version': found 8 bytes, expected a number of 4"),
  ])
  func mistake(definition: String, message: String) throws {
    let bytes = try TestObject("object_bad", .init(definitions: [definition])).bytes()
    #expect(failure(bytes)?.description == message)
  }

  @Test func goodObject() throws {
    let object = try ObjectSpec(bytes: TestObject("object_bad").bytes(), name: "/a/good.name.o")
    #expect(object.name == "good")
    #expect(object.maps.map(\.name) == ["counts", "outer"])
  }

  /// A program in an unknown section is read; loading it needs a type.
  @Test func unknownSection() throws {
    let object = try ObjectSpec(
      bytes: TestObject("object_bad", .init(definitions: ["UNKNOWN_SECTION"])).bytes(), name: "x")
    #expect(object.programs.map(\.sectionName) == ["nowhere/sys_enter"])
    #expect(object.programs[0].section == nil)
    #expect(object.programs[0].type == .unspecified)
  }

  @Test func withoutTypes() throws {
    let maps = try TestObject("object_bad", .init(arguments: ["-g0"])).bytes()
    #expect(
      failure(maps)?.description
        == "bad.o: section '.maps': the type information (.BTF) that says what maps it defines is missing")
    let externs = try TestObject("object_externs", .init(level: "v3", arguments: ["-g0"])).bytes()
    #expect(
      failure(externs)?.reason == .missing("the type information (.BTF) that says what extern it is"))
    // Global variables need no types.
    let data = try ObjectSpec(bytes: TestObject("object_data", .init(arguments: ["-g0"])).bytes(), name: "data.o")
    #expect(data.maps.count == 6)
    #expect(data.maps[0].variables.map(\.name) == ["limit", "defaults", "greeting", "touch.____fmt"])
    #expect(data.maps[0].flags == .readOnlyForPrograms)
  }

  @Test func otherFiles() throws {
    #expect(failure([])?.reason == .elf(.notELF))
    #expect(failure(Array("#!/bin/sh\nexit 0\n".utf8))?.reason == .elf(.notELF))
    let program = [UInt8](try Data(contentsOf: URL(filePath: "/proc/self/exe")))
    guard case .wrongFile(_, let expected)? = failure(program)?.reason else {
      Issue.record("not refused as a program of another machine")
      return
    }
    #expect(expected == "a 64-bit relocatable object (type 1) for BPF (machine 247)")
  }

  /// Changes one field of the first relocation of the program, or of its symbol, in a good object.
  private struct Patch {
    var bytes: [UInt8]
    let file: ELFFile

    init() throws {
      bytes = try TestObject("object_bad").bytes()
      file = try ELFFile(ByteRegion(bytes))
    }

    func relocation() throws -> Int {
      Int(try #require(file.section(named: ".relraw_tp/sys_enter")).fileOffset)
    }

    func symbol(_ name: String) throws -> Int {
      let table = try #require(try file.symbolTable())
      let index = try #require(table.indices.first { table.name(of: table[$0]) == name })
      return Int(table.section.fileOffset) + index * 24
    }
  }

  @Test func damagedRelocations() throws {
    var patch = try Patch()
    let place = try patch.relocation()
    patch.bytes[place + 8] = 2
    #expect(
      failure(patch.bytes)?.description == """
        bad.o: section 'raw_tp/sys_enter', 'counts', byte 32: found a relocation of type 2 of an instruction with \
        opcode 24, expected R_BPF_64_64 (1) of a wide load or R_BPF_64_32 (10) of a call
        """)
    patch = try Patch()
    patch.bytes[place + 13] = 0xff
    #expect(
      failure(patch.bytes)?.description.hasPrefix(
        "bad.o: section 'raw_tp/sys_enter', byte 32: found a relocation by symbol 65") == true)
    patch = try Patch()
    patch.bytes[place + 1] = 0x40
    #expect(
      failure(patch.bytes)?.description
        == """
        bad.o: section 'raw_tp/sys_enter', 'counts', byte 16416: found a relocation outside of functions, expected \
        relocations of instructions
        """
    )
  }

  /// The number in the instruction is added to the symbol's place.
  @Test func referenceIntoTheMiddleOfAMap() throws {
    var patch = try Patch()
    let code = Int(try #require(patch.file.section(named: "raw_tp/sys_enter")).fileOffset)
    patch.bytes[code + 32 + 4] = 4
    #expect(
      failure(patch.bytes)?.description == """
        bad.o: section 'raw_tp/sys_enter', 'counts', byte 32: found a reference to byte 4 of section '.maps', expected \
        a place where a map begins
        """)
  }

  @Test func damagedSymbols() throws {
    var patch = try Patch()
    let entry = try patch.symbol("entry")
    patch.bytes[entry + 16] += 8
    let tooLong = failure(patch.bytes)
    #expect(tooLong?.section == "raw_tp/sys_enter")
    #expect(tooLong?.symbol == "entry")
    patch = try Patch()
    patch.bytes[entry + 16] -= 4
    #expect(failure(patch.bytes)?.symbol == "entry")
    patch = try Patch()
    let counts = try patch.symbol("counts")
    patch.bytes[counts + 6] = 0xf1
    patch.bytes[counts + 7] = 0xff
    #expect(
      failure(patch.bytes)?.reason
        == .unsupported("it is in no section, and only variables of data sections can be used"))
  }
}
