import BPF
import BTF
import Bytecode
import ELF
import KernelInterface
import TestObjects
import Testing

@Suite struct ObjectSpecTests {
  private func read(_ name: String, _ options: TestObject.Options = .init()) throws -> ObjectSpec {
    try ObjectSpec(path: TestObject(name, options).path)
  }

  /// A big-endian object says the same as a little-endian one.
  @Test(arguments: [false, true]) func dataSections(isBigEndian: Bool) throws {
    let object = try ObjectSpec(
      bytes: TestObject("object_data", .init(isBigEndian: isBigEndian)).bytes(), name: "object_data.bpf.o")
    #expect(object.name == "object_data")
    #expect(object.byteOrder == (isBigEndian ? .big : .little))
    #expect(object.license == "Dual BSD/GPL")
    #expect(object.kernelVersion == 0x50400)
    #expect(
      object.maps.map(\.name) == [
        "object_d.rodata", "object_d.data", ".data.custom", ".rodata.fixed", "object_d.bss", ".bss.scratch",
      ])
    let constants = try #require(object.maps.first { $0.dataSection == ".rodata" })
    #expect(constants.flags == [.readOnlyForPrograms, .mappable])
    #expect(constants.isFrozen)
    #expect(constants.valueSize == 0x27)
    #expect(constants.contents?.count == 0x27)
    #expect(constants.variables.map(\.name) == ["limit", "defaults", "greeting", "touch.____fmt"])
    #expect(constants.variables.map(\.offset) == [0, 8, 24, 30])
    #expect(constants.variables.map(\.size) == [4, 16, 6, 9])
    #expect(constants.variables.map(\.isStatic) == [false, false, true, true])
    #expect(constants.contents?[24..<29] == ArraySlice("hello".utf8))
    #expect(constants.contents?[0..<4] == (isBigEndian ? [0, 0, 0, 7] : [7, 0, 0, 0]))

    let types = try #require(object.types)
    let limit = try #require(constants.variables[0].typeID)
    #expect(try types.size(of: limit) == 4)
    let section = try #require(constants.valueTypeID)
    #expect(types.kind(of: section) == .dataSection)
    #expect(try types.size(of: section) == 0x27)

    let data = try #require(object.maps.first { $0.dataSection == ".data" })
    #expect(data.flags == .mappable)
    #expect(!data.isFrozen)
    #expect(data.variables.map(\.name) == ["total", "weak_value", "calls"])
    #expect(data.variables.map(\.isWeak) == [false, true, false])
    let zeroes = try #require(object.maps.first { $0.dataSection == ".bss" })
    #expect(zeroes.contents == nil)
    #expect(zeroes.valueSize == 24)
    guard case .dataSection(let zeroSection) = try types.type(#require(zeroes.valueTypeID)) else {
      Issue.record("no data section")
      return
    }
    #expect(zeroSection.variables.map(\.offset) == [0, 8])

    let function = try #require(object.functions.first)
    #expect(object.functions.count == 1)
    #expect(
      function.references.map(\.target) == [
        .mapValue(map: "object_d.data", offset: 12), .mapValue(map: "object_d.rodata", offset: 0),
        .mapValue(map: "object_d.rodata", offset: 8), .mapValue(map: "object_d.rodata", offset: 24),
        .mapValue(map: "object_d.bss", offset: 0), .mapValue(map: ".rodata.fixed", offset: 0),
        .mapValue(map: "object_d.bss", offset: 8), .mapValue(map: ".bss.scratch", offset: 0),
        .mapValue(map: "object_d.data", offset: 8), .mapValue(map: ".data.custom", offset: 0),
        .mapValue(map: "object_d.data", offset: 0), .mapValue(map: "object_d.rodata", offset: 30),
      ])
    for reference in function.references {
      #expect(function.instructions[reference.instruction].isWide)
      #expect(function.instructions[reference.instruction].immediate == 0)
      #expect(function.instructions[reference.instruction + 1] == Instruction(opcode: 0))
    }
    try function.instructions.validate()
    #expect(function.instructions.last == .exit)
    let line = try #require(function.lines.first)
    #expect(line.instructionOffset == 0)
    #expect(types.string(at: line.fileNameOffset).hasSuffix("object_data.bpf.c"))
    #expect(types.string(at: line.textOffset).contains("calls++"))
  }

  @Test func bothByteOrdersGiveTheSameInstructions() throws {
    for name in ["object_data", "object_maps", "object_functions", "counter"] {
      let little = try read(name)
      let big = try read(name, .init(isBigEndian: true))
      #expect(little.programs == big.programs)
      #expect(little.functions.map(\.name) == big.functions.map(\.name))
      for (one, other) in zip(little.functions, big.functions) {
        #expect(one.instructions == other.instructions, "\(name), \(one.name)")
        #expect(one.references.map(\.instruction) == other.references.map(\.instruction))
        #expect(one.lines.map(\.line) == other.lines.map(\.line))
      }
    }
  }

  @Test func maps() throws {
    let object = try read("object_maps")
    let types = try #require(object.types)
    func map(_ name: String) throws -> MapSpec { try #require(object.maps.first { $0.name == name }) }
    #expect(
      object.maps.map(\.name) == [
        "first", "second", "outer", "jumps", "typed", "sized", "events", "seen", "outer_hash", "perf", "storage",
      ])
    let typed = try map("typed")
    #expect(typed.type == .hash)
    #expect((typed.keySize, typed.valueSize, typed.maxEntries) == (8, 8, 64))
    #expect(typed.flags == [.noPreallocation, .numaNode])
    #expect(typed.numaNode == 1)
    #expect(typed.pinning == .byName)
    #expect(types.name(of: try #require(typed.keyTypeID)) == "key")
    #expect(types.name(of: try #require(typed.valueTypeID)) == "__u64")

    let sized = try map("sized")
    #expect((sized.type, sized.keySize, sized.valueSize, sized.maxEntries) == (.perCPUArray, 4, 12, 2))
    #expect(sized.keyTypeID == nil)
    #expect(try map("events").maxEntries == 4096)
    #expect(try map("seen").extra == 3)
    #expect(try map("seen").valueSize == 4)

    let outer = try map("outer")
    #expect((outer.type, outer.keySize, outer.valueSize) == (.arrayOfMaps, 4, 4))
    #expect(outer.innerMap?.type == .array)
    #expect(outer.innerMap?.name == "outer.inner")
    #expect(outer.innerMap?.maxEntries == 1)
    #expect(outer.slots == [.init(index: 0, content: .map("first")), .init(index: 2, content: .map("second"))])
    let hash = try map("outer_hash")
    #expect(hash.innerMap?.flags == .innerMap)
    #expect(hash.innerMap?.keySize == 8)
    #expect(hash.slots.isEmpty)
    let jumps = try map("jumps")
    #expect(jumps.type == .programArray)
    #expect(jumps.valueSize == 4)
    #expect(
      jumps.slots == [.init(index: 1, content: .program("tail_one")), .init(index: 2, content: .program("tail_two"))])
    #expect(try map("perf").maxEntries == 0)
    #expect(try map("storage").type == .taskStorage)

    #expect(object.programs.map(\.name) == ["tail_one", "tail_two", "entry"])
    #expect(object.programs.map(\.isLoaded) == [true, false, true])
    #expect(object.programs.map(\.sectionName) == ["raw_tp/sys_exit", "raw_tp/sys_exit", "raw_tp/sys_enter"])
    #expect(object.programs.map(\.type) == [.rawTracepoint, .rawTracepoint, .rawTracepoint])
    #expect(object.programs[2].attachTarget == "sys_enter")
    #expect(
      object.functions.first { $0.name == "entry" }?.references.map(\.target) == [
        .map("typed"), .map("sized"), .map("outer"), .map("events"), .map("jumps"),
      ])
  }

  @Test func legacyMaps() throws {
    let object = try read("object_legacy_maps")
    #expect(object.maps.map(\.name) == ["counts", "slots"])
    #expect(
      object.maps.first
        == MapSpec(name: "counts", type: .hash, keySize: 4, valueSize: 8, maxEntries: 128, flags: .noPreallocation))
    #expect(object.functions.first?.references.map(\.target) == [.map("counts"), .map("slots")])
    #expect(try read("object_legacy_maps", .init(isBigEndian: true)).maps == object.maps)
  }

  /// iproute2's form: identities, pinning, and maps put into maps.
  @Test func extendedLegacyMaps() throws {
    let object = try read("object_legacy_maps", .init(definitions: ["EXTENDED"]))
    #expect(object.maps.map(\.name) == ["counts", "inner", "outer", "slots"])
    let counts = object.maps[0]
    #expect(counts.pinning == .byName)
    #expect(object.maps[2].innerMap == MapSpec(name: "inner", type: .array, keySize: 4, valueSize: 4, maxEntries: 1))
    #expect(object.maps[2].slots == [.init(index: 3, content: .map("inner"))])
    let error = #expect(throws: ObjectError.self) {
      try read("object_legacy_maps", .init(definitions: ["EXTENDED", "UNKNOWN_FIELD"]))
    }
    #expect(error?.section == "maps")
    #expect(error?.symbol == "counts")
  }

  @Test(arguments: [false, true]) func externs(isBigEndian: Bool) throws {
    let object = try read("object_externs", .init(level: "v3", isBigEndian: isBigEndian))
    let types = try #require(object.types)
    func extern(_ name: String) throws -> ExternSpec { try #require(object.externs.first { $0.name == name }) }
    #expect(object.externs.count == 11)
    #expect(try extern("bpf_prog_active").kind == .kernelVariable)
    #expect(try extern("bpf_prog_active").typeID == .void)
    #expect(try !extern("bpf_prog_active").isWeak)
    #expect(try extern("no_such_symbol").isWeak)
    let queues = try extern("runqueues")
    #expect(types.name(of: try types.resolve(queues.typeID)) == "rq")
    #expect(try extern("bpf_task_acquire").kind == .kernelFunction)
    #expect(types.kind(of: try extern("bpf_task_acquire").typeID) == .function)
    #expect(try extern("bpf_task_release").isWeak)

    let map = try #require(object.configurationMap)
    #expect(map.name == "object_.kconfig")
    #expect(map.valueSize == 33)
    #expect(map.flags == [.readOnlyForPrograms, .mappable])
    let options = object.externs.filter { $0.kind == .configuration }.sorted { $0.offset < $1.offset }
    #expect(
      options.map(\.name) == [
        "CONFIG_MISSING", "CONFIG_MODULES", "LINUX_KERNEL_VERSION", "CONFIG_LOCALVERSION", "CONFIG_BPF_SYSCALL",
      ])
    #expect(options.map(\.offset) == [0, 8, 12, 16, 32])
    #expect(options.map(\.size) == [8, 4, 4, 16, 1])
    guard case .dataSection(let section) = try types.type(#require(map.valueTypeID)) else {
      Issue.record("no data section")
      return
    }
    #expect(section.size == 33)
    #expect(section.variables.map(\.offset) == [0, 8, 12, 16, 32])

    let code = try object.linked(object.programs[0])
    #expect(
      code.references.map(\.target) == [
        .external("no_such_symbol"), .external("bpf_prog_active"), .mapValue(map: "object_e.bss", offset: 0),
        .mapValue(map: "object_.kconfig", offset: 0), .mapValue(map: "object_.kconfig", offset: 32),
        .mapValue(map: "object_.kconfig", offset: 8), .mapValue(map: "object_.kconfig", offset: 12),
        .mapValue(map: "object_.kconfig", offset: 16), .external("runqueues"), .external("missing_variable"),
        .external("bpf_task_acquire"), .external("bpf_task_release"), .external("bpf_task_release"),
      ])
  }

  @Test func structOperations() throws {
    let object = try read("object_struct_ops")
    let types = try #require(object.types)
    #expect(object.maps.map(\.name) == ["plain", "linked", "optional"])
    #expect(object.maps.map(\.isCreated) == [true, true, false])
    #expect(object.maps.map(\.flags) == [[], .link, .link])
    #expect(object.maps.map(\.valueSize) == [48, 24, 48])
    let plain = try #require(object.maps[0].structOperations)
    #expect(plain.typeName == "tcp_congestion_ops")
    #expect(types.name(of: plain.typeID) == "tcp_congestion_ops")
    #expect(
      plain.functions == [
        .init(offset: 0, program: "start"), .init(offset: 8, program: "threshold"), .init(offset: 16, program: "undo"),
      ])
    #expect(plain.contents[24] == 1)
    #expect(plain.contents[28..<39] == ArraySlice("swift_plain".utf8))
    let linked = try #require(object.maps[1].structOperations)
    #expect(linked.typeName == "tcp_congestion_ops")
    #expect(linked.usesLink)
    #expect(linked.functions == [.init(offset: 0, program: "threshold")])
    #expect(object.programs.map(\.name) == ["start", "threshold", "undo"])
    #expect(object.programs.allSatisfy { $0.type == .structOperations })
    #expect(object.programs.map(\.attachTarget) == ["start", nil, nil])
  }

  @Test func arenas() throws {
    let object = try read("object_arena", .init(level: "v3"))
    let arena = try #require(object.maps.first { $0.name == "memory" })
    #expect(arena.type == .arena)
    #expect(arena.extra == 0x1000_0000_0000)
    #expect(arena.flags == .mappable)
    #expect(arena.dataSection == ".addr_space.1")
    #expect(arena.contents == [11, 0, 0, 0, 12, 0, 0, 0])
    #expect(arena.variables.map(\.name) == ["counter", "other"])
    #expect(
      object.functions.first?.references.map(\.target).filter { $0 != .mapValue(map: "object_a.rodata", offset: 0) }
        == [
          .map("memory"), .mapValue(map: "memory", offset: 4), .mapValue(map: "memory", offset: 0),
        ])
  }

  @Test func missingFile() {
    let error = #expect(throws: ObjectError.self) { try ObjectSpec(path: "/no/such/object.o") }
    #expect(error?.description == "/no/such/object.o: openat /no/such/object.o: No such file or directory (ENOENT)")
  }
}
