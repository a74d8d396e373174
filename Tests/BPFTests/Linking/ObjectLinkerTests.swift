import BPF
import BTF
import Bytecode
import ELF
import TestObjects
import Testing

@Suite struct ObjectLinkerTests {
  private func read(_ name: String, _ definitions: [String] = []) throws -> ObjectSpec {
    try ObjectSpec(path: TestObject(name, .init(level: "v3", definitions: definitions)).path)
  }

  private func both() throws -> ObjectSpec {
    try ObjectSpec(linking: [read("link_main"), read("link_library")], name: "both")
  }

  @Test func alone() throws {
    let main = try read("link_main")
    #expect(main.maps.map(\.name) == ["link_mai.rodata", "link_mai.data", "link_ma.kconfig"])
    #expect(
      Set(main.externs.filter { $0.kind == .otherObject }.map(\.name)) == ["records", "library_total", "library_add"])
    let error = #expect(throws: ObjectError.self) { try main.linked(main.programs[0]) }
    #expect(error?.symbol == "main_program")
    guard case .missing(let what)? = error?.reason else {
      Issue.record("something else")
      return
    }
    #expect(what.hasSuffix("which another object must define,"))
  }

  @Test func definitions() throws {
    let object = try both()
    #expect(object.name == "both")
    #expect(object.license == "GPL")
    #expect(object.programs.map(\.name) == ["main_program", "library_program"])
    #expect(
      object.functions.map(\.name) == [
        "helper", "main_program", "library_add", "helper.1", "replaceable", "library_program",
      ])
    #expect(object.functions.first { $0.name == "replaceable" }?.linkage == .global)
    #expect(object.externs.map(\.name) == ["LINUX_KERNEL_VERSION", "CONFIG_BPF_SYSCALL"])
    #expect(object.externs.map(\.isWeak) == [false, true])
    #expect(object.maps.map(\.name) == ["records", "both.rodata", "both.data", "both.kconfig"])
  }

  @Test func dataSections() throws {
    let object = try both()
    let data = try #require(object.maps.first { $0.dataSection == ".data" })
    #expect(data.valueSize == 29)
    #expect(data.variables.map(\.name) == ["main_total", "library_total", "weak_in_main", "odd"])
    #expect(data.variables.map(\.offset) == [0, 16, 24, 28])
    let values = data.variables.map { data.contents?[$0.offset] }
    #expect(values == [5, 7, 12, 1])
    let types = try #require(object.types)
    guard case .dataSection(let section) = try types.type(#require(data.valueTypeID)) else {
      Issue.record("no data section")
      return
    }
    #expect(section.name == ".data")
    #expect(section.size == 29)
    #expect(section.variables.map { types.name(of: $0.variable) } == data.variables.map(\.name))
    #expect(section.variables.map(\.offset) == data.variables.map(\.offset))
  }

  /// Names of other objects, weak definitions that were replaced, and moved variables.
  @Test func references() throws {
    let object = try both()
    func targets(_ name: String) -> [CodeReference.Target] {
      object.functions.first { $0.name == name }?.references.map(\.target) ?? []
    }
    let main = targets("main_program")
    #expect(
      Set(main) == [
        .mapValue(map: "both.rodata", offset: 0), .map("records"), .mapValue(map: "both.data", offset: 0),
        .mapValue(map: "both.data", offset: 16), .mapValue(map: "both.data", offset: 24),
        .external("LINUX_KERNEL_VERSION"), .function("library_add"), .function("helper"), .function("replaceable"),
      ])
    #expect(targets("library_add").contains(.function("helper.1")))
    #expect(targets("library_add").contains(.mapValue(map: "both.data", offset: 28)))

    let code = try object.linked(object.programs[0])
    #expect(Set(code.functions.map(\.name)) == ["main_program", "library_add", "helper", "helper.1", "replaceable"])
    try code.instructions.validate()
    #expect(code.references.contains { $0.target == .mapValue(map: "both.kconfig", offset: 0) })
    #expect(code.references.contains { $0.target == .mapValue(map: "both.kconfig", offset: 4) })
  }

  @Test func types() throws {
    let object = try both()
    let types = try #require(object.types)
    try types.validate()
    // Equal types of both objects are one.
    #expect(types.ids(named: "record").count == 1)
    #expect(types.ids(named: "__u64").count == 1)
    #expect(types.ids(named: "library_add").count == 1)
    #expect(types.ids(named: "library_total").count == 1)
    for function in object.functions {
      let type = try #require(function.typeID)
      #expect(types.name(of: type) == function.name.split(separator: ".")[0])
      for line in function.lines {
        let file = types.string(at: line.fileNameOffset)
        #expect(file.hasSuffix(".bpf.c"))
        #expect(file.contains(function.name == "main_program" ? "link_main" : "link_"))
      }
    }
    let add = try #require(object.functions.first { $0.name == "library_add" })
    #expect(add.lines.contains { types.string(at: $0.textOffset).contains("bpf_map_update_elem(&records") })
    let names = types.ids.filter { types.kind(of: $0) == .dataSection }.map { types.name(of: $0) }
    #expect(Set(names) == [".rodata", ".data", ".kconfig", ".maps", "license"])
    #expect(names.count == 5)
  }

  @Test func strongDefinitionsOfOneName() throws {
    let main = try read("link_main")
    let error = #expect(throws: ObjectError.self) {
      try ObjectSpec(linking: [main, read("link_library", ["STRONG"])], name: "both")
    }
    #expect(error?.symbol == "main_total")
    #expect(error?.reason == .duplicate("the variable, in object '\(main.name)' too,"))
    #expect(throws: ObjectError.self) { try ObjectSpec(linking: [read("counter"), read("counter")], name: "twice") }
  }

  @Test func licencesThatDiffer() throws {
    let error = #expect(throws: ObjectError.self) {
      try ObjectSpec(linking: [read("link_main"), read("link_library", ["OTHER_LICENSE"])], name: "both")
    }
    #expect(
      error?.reason
        == .malformed(found: "licence \"Dual MIT/GPL\"", expected: "\"GPL\", as others have"))
  }

  @Test func byteOrdersThatDiffer() throws {
    let big = try ObjectSpec(path: TestObject("link_library", .init(level: "v3", isBigEndian: true)).path)
    #expect(throws: ObjectError.self) { try ObjectSpec(linking: [read("link_main"), big], name: "both") }
  }

  /// One object stays what it is, but for the numbers of its types.
  @Test(arguments: ["object_data", "object_maps", "object_functions", "object_externs", "object_struct_ops"])
  func single(name: String) throws {
    let object = try read(name)
    let linked = try ObjectSpec(linking: [object], name: name)
    #expect(linked.programs == object.programs)
    #expect(Set(linked.functions.map(\.name)) == Set(object.functions.map(\.name)))
    #expect(Set(linked.maps.map(\.name)) == Set(object.maps.map(\.name)))
    for map in object.maps {
      let other = try #require(linked.maps.first { $0.name == map.name })
      #expect(other.contents == map.contents)
      #expect(other.variables.map(\.offset) == map.variables.map(\.offset))
      #expect(other.slots == map.slots)
      #expect((other.type, other.keySize, other.valueSize) == (map.type, map.keySize, map.valueSize))
      #expect((other.keyTypeID == nil) == (map.keyTypeID == nil))
    }
    for program in object.programs {
      #expect(try linked.linked(program).instructions == object.linked(program).instructions)
      #expect(try linked.linked(program).references == object.linked(program).references)
    }
  }
}
