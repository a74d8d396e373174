import BTF
import Bytecode
import ELF
import Foundation
import KernelInterface
import KernelTesting
import TestObjects
import Testing

@testable import BPF

/// Objects that are written and read again are what they were.
@Suite struct ObjectWritingTests {
  private func read(_ name: String, _ definitions: [String] = []) throws -> ObjectSpec {
    #if arch(arm64)
      let target = "__TARGET_ARCH_arm64"
    #else
      let target = "__TARGET_ARCH_x86"
    #endif
    return try ObjectSpec(path: TestObject(name, .init(level: "v3", definitions: definitions + [target])).path)
  }

  /// All that a map is but for the numbers of its types, in the order of their names.
  private func facts(_ maps: [MapSpec], _ types: TypeGraph?) -> [MapSpec] {
    maps.map { map in
      var map = map
      map.keyTypeID = nil
      map.valueTypeID = nil
      map.alignment = 8
      if var inner = map.innerMap {
        inner.keyTypeID = nil
        inner.valueTypeID = nil
        map.innerMap = inner
      }
      for index in map.variables.indices { map.variables[index].typeID = nil }
      map.structOperations?.typeID = .void
      return map
    }.sorted { $0.name < $1.name }
  }

  private func lines(_ function: FunctionSpec, _ types: TypeGraph?) -> [String] {
    function.lines.map {
      "\($0.instructionOffset) \(types?.string(at: $0.fileNameOffset) ?? "") \($0.line):\($0.column) "
        + (types?.string(at: $0.textOffset) ?? "")
    }
  }

  private func expectSame(_ one: ObjectSpec, _ other: ObjectSpec) throws {
    #expect(other.license == one.license)
    #expect(other.kernelVersion == one.kernelVersion)
    #expect(Set(other.programs) == Set(one.programs))
    #expect(facts(other.maps, other.types) == facts(one.maps, one.types))
    let functions = Dictionary(other.functions.map { ($0.name, $0) }) { first, _ in first }
    #expect(functions.count == one.functions.count)
    for function in one.functions {
      let copy = try #require(functions[function.name])
      #expect(copy.sectionName == function.sectionName)
      #expect(copy.linkage == function.linkage && copy.isHidden == function.isHidden)
      #expect(copy.instructions == function.instructions)
      #expect(copy.references == function.references)
      #expect(lines(copy, other.types) == lines(function, one.types))
      #expect(copy.relocations.map(\.instructionOffset) == function.relocations.map(\.instructionOffset))
      #expect(copy.relocations.map(\.access) == function.relocations.map(\.access))
      #expect(copy.relocations.map(\.kind) == function.relocations.map(\.kind))
      #expect(
        copy.relocations.map { other.types?.name(of: $0.type) }
          == function.relocations.map { one.types?.name(of: $0.type) })
      #expect(copy.typeID.map { other.types?.name(of: $0) } == function.typeID.map { one.types?.name(of: $0) })
    }
    func externs(_ object: ObjectSpec) -> [String] {
      object.externs.map { "\($0.name) \($0.kind) \($0.isWeak) \($0.offset) \($0.size)" }.sorted()
    }
    #expect(externs(other) == externs(one))
    try other.types?.validate()
  }

  @Test(arguments: [
    "counter", "iterators", "load_attach", "load_counting", "load_externs", "load_maps", "load_metadata",
    "load_struct_ops", "object_arena", "object_data", "object_externs", "object_functions", "object_maps",
    "object_struct_ops", "relocations", "typed_maps", "usdt", "user_ring",
  ]) func isReadAsItWasWritten(name: String) throws {
    let object = try read(name)
    let copy = try ObjectSpec(bytes: object.encoded(), name: "\(object.name).o")
    try expectSame(object, copy)
    // A copy of the copy is the same file.
    let second = try copy.encoded()
    let third = try ObjectSpec(bytes: second, name: "\(object.name).o").encoded()
    let isSame = second == third
    #expect(isSame)
  }

  @Test func linkedObjects() throws {
    let both = try ObjectSpec(linking: [read("link_main"), read("link_library")], name: "both")
    let copy = try ObjectSpec(bytes: both.encoded(), name: "both.o")
    try expectSame(both, copy)
    // What is linked late is the same.
    let late = try ObjectSpec(
      linking: [
        ObjectSpec(bytes: read("link_main").encoded(), name: "link_main.o"),
        ObjectSpec(bytes: read("link_library").encoded(), name: "link_library.o"),
      ], name: "both")
    for program in both.programs {
      #expect(try late.linked(program).instructions == both.linked(program).instructions)
      #expect(try copy.linked(program).instructions == both.linked(program).instructions)
    }
  }

  @Test func changesAreWritten() throws {
    var object = try read("load_counting")
    try object.setVariable("min_pid", to: UInt32(99))
    let counts = try #require(object.maps.firstIndex { $0.name == "counts" })
    object.maps[counts].maxEntries = 1 << 20
    object.maps[counts].extra = 0
    for index in object.programs.indices { object.programs[index].isLoaded.toggle() }
    let copy = try ObjectSpec(bytes: object.encoded(), name: "\(object.name).o")
    #expect(try copy.bytes(ofVariable: "min_pid") == bytes(99 as UInt32))
    #expect(copy.maps.first { $0.name == "counts" }?.maxEntries == 1 << 20)
    #expect(copy.programs.filter(\.isLoaded).map(\.name) == ["other"])
  }

  /// Maps of the old form are written in the new one.
  @Test func legacyMaps() throws {
    let object = try read("object_legacy_maps")
    let bytes = try object.encoded()
    #expect(try ELFFile(ByteRegion(bytes)).sections.contains { $0.name == ".maps" })
    let copy = try ObjectSpec(bytes: bytes, name: "\(object.name).o")
    #expect(copy.maps.map(\.name) == object.maps.map(\.name))
    #expect(copy.maps.map(\.type) == object.maps.map(\.type))
    #expect(copy.maps.map(\.keySize) == object.maps.map(\.keySize))
    #expect(copy.maps.map(\.maxEntries) == object.maps.map(\.maxEntries))
  }

  /// For machines of the other byte order, of what a compiler makes for those.
  @Test(arguments: [
    "counter", "load_attach", "load_counting", "load_externs", "load_maps", "load_struct_ops", "object_data",
    "object_externs", "object_functions", "object_maps", "relocations", "typed_maps",
  ]) func writesTheOtherByteOrder(name: String) throws {
    let object = try ObjectSpec(
      path: TestObject(name, .init(level: "v3", isBigEndian: true, definitions: ["__TARGET_ARCH_s390"])).path)
    let bytes = try object.encoded()
    #expect(try ELFFile(ByteRegion(bytes)).byteOrder == .big)
    let copy = try ObjectSpec(bytes: bytes, name: "\(object.name).o")
    #expect(copy.byteOrder == .big && copy.types?.isByteSwapped == object.types?.isByteSwapped)
    try expectSame(object, copy)
    let second = try copy.encoded()
    let isSame = try ObjectSpec(bytes: second, name: "\(object.name).o").encoded() == second
    #expect(isSame)
  }

  /// `.bss` has no first values, so its variables move when they get some.
  @Test func firstValuesOfZeroedVariables() throws {
    var object = try read("load_attach")
    try object.setVariable("process", to: UInt32(77))
    let copy = try ObjectSpec(bytes: object.encoded(), name: "\(object.name).o")
    #expect(copy.maps.compactMap(\.dataSection) == [".data.bss"])
    #expect(try copy.bytes(ofVariable: "process") == bytes(77 as UInt32))
    #expect(try copy.bytes(ofVariable: "classic") == [UInt8](repeating: 0, count: 8))
    for program in object.programs {
      #expect(try copy.linked(program).instructions == object.linked(program).instructions)
    }
    // The section is there now.
    var both = copy
    both.maps[0].dataSection = ".bss"
    both.maps.append(copy.maps[0])
    let error = #expect(throws: ObjectError.self) { try both.encoded() }
    #expect(error?.section == ".bss")
  }

  /// A section's name says what a program is, so a program that was changed stands in another.
  @Test func changedPrograms() throws {
    var object = try read("load_attach")
    func change(_ name: String, _ body: (inout ObjectProgram) -> Void) throws {
      let place = try #require(object.programs.firstIndex { $0.name == name })
      body(&object.programs[place])
    }
    try change("on_enter") { $0.attachTarget = "sched_switch" }
    try change("on_getppid") {
      $0.type = .xdp
      $0.expectedAttachType = .xdp
      $0.flags = .fragments
      $0.attachTarget = nil
    }
    try change("on_exit") {
      $0.expectedAttachType = .traceFexit
      $0.flags = .sleepable
      $0.attachTarget = "vfs_read"
      $0.isLoaded = false
    }
    let copy = try ObjectSpec(bytes: object.encoded(), name: "\(object.name).o")
    let names = Dictionary(uniqueKeysWithValues: copy.programs.map { ($0.name, $0.sectionName) })
    #expect(
      names == [
        "on_enter": "raw_tp/sched_switch", "on_getppid": "xdp.frags", "on_exit": "fexit.s/vfs_read", "on_packet": "xdp",
      ])
    for program in copy.programs {
      let original = try #require(object.programs.first { $0.name == program.name })
      #expect(program.type == original.type && program.expectedAttachType == original.expectedAttachType)
      #expect(program.flags == original.flags && program.attachTarget == original.attachTarget)
      #expect(program.isLoaded == original.isLoaded)
    }
    try change("on_enter") { $0.type = .unspecified }
    let error = #expect(throws: ObjectError.self) { try object.encoded() }
    #expect(error?.symbol == "on_enter")
  }

  @Test func refusesWhatItCannotWrite() throws {
    #expect(throws: ObjectError.self) { try read("counter").write(to: "/there/is/no/such/folder/x.o") }
  }

  /// What is written has all its symbols and their types, and no more each time.
  @Test func staysAsLongAsItIs() throws {
    var object = try read("load_maps")
    let lengths = try (0..<3).map { _ in
      let bytes = try object.encoded()
      object = try ObjectSpec(bytes: bytes, name: "\(object.name).o")
      return bytes.count
    }
    #expect(Set(lengths.dropFirst()).count == 1)
  }

  private static let bpftool = ["/usr/sbin/bpftool", "/sbin/bpftool", "/usr/bin/bpftool", "/usr/local/sbin/bpftool"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  /// libbpf loads them, and links them with others.
  @Test(
    .enabled(if: bpftool != nil, "needs bpftool"), .needs(.ability(.fetchingAtomics)),
    .enabled(if: KernelConfiguration.isReadable, KernelConfiguration.unreadable),
    arguments: ["both", "counter", "load_counting", "load_maps", "load_metadata", "usdt"])
  func libbpfTakesThem(name: String) throws {
    let object =
      name == "both"
      ? try ObjectSpec(linking: [read("link_main"), read("link_library")], name: "both") : try read(name)
    let folder = FileManager.default.temporaryDirectory.appending(path: "swift-bpf-written-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "\(name).bpf.o").path
    try object.write(to: path)
    let linked = folder.appending(path: "linked.o").path
    try run("gen", "object", linked, path)
    try run("gen", "skeleton", path)
    let again = try ObjectSpec(path: linked)
    #expect(Set(again.programs.map(\.name)) == Set(object.programs.map(\.name)))
    // Of the others bpftool pins what the object keeps from being loaded or pins elsewhere.
    guard ["both", "counter", "load_metadata"].contains(name) else { return }
    let files = try BPFFileSystem()
    try run("prog", "loadall", path, "\(files.path)/written", "pinmaps", "\(files.path)/maps")
    for program in object.programs where program.isLoaded {
      #expect(try Program(pinnedAt: "\(files.path)/written/\(program.name)").info().translatedSize > 0)
    }
  }

  @Test(
    .enabled(if: bpftool != nil, "needs bpftool"), .needs(.ability(.fetchingAtomics)),
    .enabled(if: KernelConfiguration.isReadable, KernelConfiguration.unreadable))
  func libbpfTakesFirstValuesAndChangedPrograms() throws {
    var object = try read("load_attach")
    try object.setVariable("process", to: UInt32(77))
    let place = try #require(object.programs.firstIndex { $0.name == "on_enter" })
    object.programs[place].attachTarget = "sched_switch"
    let files = try BPFFileSystem()
    let path = "\(FileManager.default.temporaryDirectory.path)/swift-bpf-written-\(UUID().uuidString).o"
    try object.write(to: path)
    defer { try? FileManager.default.removeItem(atPath: path) }
    try run("prog", "loadall", path, "\(files.path)/written", "pinmaps", "\(files.path)/maps")
    let values = try Map(pinnedAt: "\(files.path)/maps/_data_bss")
    #expect(try values.value(of: bytes(0 as UInt32))?.contains(77) == true)
    #expect(try Program(pinnedAt: "\(files.path)/written/on_enter").info().type == .rawTracepoint)
  }

  private func run(_ words: String...) throws {
    let process = Process()
    process.executableURL = URL(filePath: try #require(Self.bpftool))
    process.arguments = words
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "bpftool \(words.joined(separator: " ")): \(said.prefix(2000))")
  }
}
