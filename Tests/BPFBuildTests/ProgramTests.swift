import BPF
import KernelInterface
import KernelTesting
import LinuxSystem
import Testing

@testable import BPFBuild

/// Programs in Swift, from source to the running kernel.
@Suite struct ProgramTests {
  private static let folder = String(#filePath.dropLast("ProgramTests.swift".utf8.count)) + "Programs/"

  private static func build(_ name: String, _ change: (inout BuildOptions) -> Void = { _ in }) throws -> Build.Result {
    var options = BuildOptions()
    change(&options)
    return try Build(sources: ["\(folder)\(name).bpf.swift"], options: options).run()
  }

  private static func load(_ result: Build.Result, _ name: String) throws -> BPFObject {
    try BPFObject(ObjectSpec(bytes: result.bytes, name: name))
  }

  @Test(arguments: [
    "atomics", "callbacks", "checks", "counts", "events", "firewall", "histogram", "language", "questions", "relocations",
    "strings", "subprograms", "typed",
  ])
  func loads(_ name: String) throws {
    let object = try Self.load(Self.build(name), name)
    #expect(object.typesRefusal == nil)
    #expect(!object.programs.isEmpty)
  }

  @Test func everyProgramIsTried() throws {
    let names = try FileSystem.entries(of: Self.folder).map(\.name).sorted()
    #expect(names.count == 14)
  }

  /// A map's entry has the stride as its value's size, and the types of key and value.
  @Test func mapsHaveTheTypesOfTheSource() throws {
    let spec = try ObjectSpec(bytes: Self.build("counts").bytes, name: "counts")
    let map = try #require(spec.maps.first { $0.name == "counts" })
    #expect(map.keySize == 4)
    #expect(map.valueSize == 16)
    #expect(map.maxEntries == 10240)
    #expect(spec.license == "GPL")
  }

  /// What the loader is asked is answered from the running kernel's types.
  @Test func questionsAreAnswered() throws {
    let object = try Self.load(Self.build("questions"), "questions")
    _ = try object.program(named: "ask").run()
    let answers = try #require(try object.map(named: "answers").bytes(forIndex: 0))
    #expect(answers[0] == 1)
    #expect(answers[1] == 0)
    #expect(answers[4] == 16)
    #expect(answers[12] == 1)
    #expect(answers[13] == 0)
    #expect(answers[24] == 1)
    #expect(answers[32] == 99)
  }

  /// A check that fails ends the program and counts at its line.
  @Test func failedChecksAreCounted() throws {
    let result = try Self.build("checks")
    let object = try Self.load(result, "checks")
    let program = try object.program(named: "prog")
    _ = program
    let lines = Set(result.trapSites.compactMap { $0.place?.line })
    #expect(lines == [12, 13, 14])
    #expect(result.trapSites.contains { $0.reason == "arithmetic overflow" })
  }

  @Test(.needs(linux: 6, 17, for: "the verifier's understanding of __bpf_trap"))
  func checksCanBeProved() throws {
    let result = try Self.build("proved") { $0.traps = .prove }
    #expect(result.trapSites.isEmpty)
    _ = try Self.load(result, "proved")
  }

  @Test func programsOfTheOldestInstructionSetLoad() throws {
    _ = try Self.load(Self.build("language") { $0.instructionSet = .v2 }, "language")
  }
}
