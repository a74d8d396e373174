import BPF
import BTF
import Glibc
import KernelInterface
import KernelTesting
import LinuxSystem
import Testing

@testable import BPFBuild

/// Programs in Swift, from source to the running kernel.
@Suite struct ProgramTests {
  private static let folder = String(#filePath.dropLast("ProgramTests.swift".utf8.count)) + "Programs/"

  private static func build(_ name: String, _ change: (inout BuildOptions) -> Void = { _ in }) throws -> ObjectSpec {
    var options = BuildOptions()
    change(&options)
    return try KernelObject.spec(of: "\(folder)\(name).bpf.swift", options)
  }

  private static func load(_ spec: ObjectSpec) throws -> BPFObject {
    try spec.cancelWhereTheKernelLacksSomething()
    return try BPFObject(spec)
  }

  @Test(arguments: [
    "atomics", "bits", "callbacks", "checks", "counts", "events", "firewall", "histogram", "language",
    "multiplication", "overflow", "questions",
    "relocations",
    "strings", "subprograms", "typed",
  ])
  func loads(_ name: String) throws {
    if name == "language" { try Self.needStackIndices() }
    let object = try Self.load(Self.build(name))
    #expect(object.typesRefusal == nil)
    #expect(!object.programs.isEmpty)
  }

  @Test func everyProgramIsTried() throws {
    let names = try FileSystem.entries(of: Self.folder).map(\.name).sorted()
    #expect(names.count == 22)
  }

  /// A map's entry has the stride as its value's size, and the types of key and value.
  @Test func mapsHaveTheTypesOfTheSource() throws {
    let spec = try Self.build("counts")
    let map = try #require(spec.maps.first { $0.name == "counts" })
    #expect(map.keySize == 4)
    #expect(map.valueSize == 16)
    #expect(map.maxEntries == 10240)
    #expect(spec.license == "GPL")
  }

  /// What the loader is asked is answered from the running kernel's types.
  @Test func questionsAreAnswered() throws {
    let object = try Self.load(Self.build("questions"))
    _ = try object.program(named: "ask").run()
    let answers = try #require(try object.map(named: "answers").value(of: [0, 0, 0, 0]))
    #expect(answers[0] == 1)
    #expect(answers[1] == 0)
    #expect(answers[4] == 16)
    #expect(answers[12] == 1)
    #expect(answers[13] == 0)
    #expect(answers[24] == 1)
    #expect(answers[32] == 99)
  }

  /// A bit-field is found where the running kernel has it.
  @Test func bitFieldsAreRead() throws {
    let object = try Self.load(Self.build("bits"))
    let program = try object.program(named: "ask")
    let answers = try object.map(named: "answers")
    for flag in [UInt8(1), 0] {
      var parameters = sched_param()
      #expect(sched_setscheduler(0, flag == 1 ? 0x4000_0000 : 0, &parameters) == 0)
      _ = try program.run()
      let bytes = try #require(try answers.value(of: [0, 0, 0, 0]))
      #expect(bytes[0..<4] == [flag, 0, 0, 0])
      #expect(bytes[4..<8].reversed().reduce(0) { $0 << 8 | Int32($1) } == CurrentProcess.id)
    }
  }

  /// Options of the kernel's configuration come into the program as the loader finds them.
  @Test(.enabled(if: (try? KernelConfiguration()) != nil, "there is no /proc/config.gz and no /boot/config-…"))
  func optionsAreThoseOfTheKernel() throws {
    let object = try Self.load(Self.build("options"))
    _ = try object.program(named: "ask").run()
    let configuration = try KernelConfiguration()
    let version = try KernelVersion.running(LiveKernel())
    #expect(
      try object.value(ofVariable: "version", as: UInt32.self)
        == UInt32(version.major << 16 + version.minor << 8 + min(version.patch, 255)))
    guard case .number(let hertz, _) = configuration["CONFIG_HZ"],
      case .text(let compiler) = configuration["CONFIG_CC_VERSION_TEXT"]
    else {
      Issue.record("no CONFIG_HZ or no CONFIG_CC_VERSION_TEXT")
      return
    }
    #expect(try object.value(ofVariable: "hertz", as: UInt32.self) == UInt32(hertz))
    #expect(try object.bytes(ofVariable: "hasSystemCall") == [1])
    #expect(try object.bytes(ofVariable: "hasOther") == [0])
    #expect(try object.bytes(ofVariable: "isBuiltIn") == [1])
    #expect(try object.bytes(ofVariable: "net") == [UInt8(ascii: "y")])
    #expect(try object.bytes(ofVariable: "compiler") == Array(compiler.prefix(11)) + [0])
  }

  /// A check that fails ends the program and counts at its line; what it guards does not happen.
  @Test func failedChecksAreCounted() throws {
    let spec = try Self.build("overflow")
    #expect(spec.checkSites.map(\.line) == [11])
    let object = try Self.load(spec)
    let program = try object.program(named: "add")
    for _ in 0..<3 { _ = try program.run(TestRun(context: [3, 0, 0, 0, 0, 0, 0, 0])) }
    #expect(try object.value(ofVariable: "small", as: UInt8.self) == 253)
    let failed = try object.failedChecks()
    #expect(failed.map(\.count) == [2])
    #expect(failed.first?.site.line == 11)
    #expect(failed.first?.site.reason == "arithmetic overflow")
  }

  /// Products of 64 bits, of which the instruction set does not say whether they overflow.
  @Test func productsOverflowAsInSwift() throws {
    let object = try Self.load(Self.build("multiplication"))
    let edges: [UInt64] =
      [0, 1, 2, 3, 1000, 1 << 31, 1 << 32, 1 << 63, .max]
      + [UInt64.max / 1000, UInt64(Int64.max) / 1000, UInt64(Int64.max) / 3, 3_037_000_499, 0x1_0000_0001]
    let factors = edges.flatMap { [$0 &- 1, $0, $0 &+ 1, 0 &- $0] }
    func check(_ name: String, _ left: UInt64, _ right: UInt64, isSigned: Bool) throws {
      let context = [left, right].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) } }
      _ = try object.program(named: name).run(TestRun(context: context))
      let signed = Int64(bitPattern: left).multipliedReportingOverflow(by: Int64(bitPattern: right)).overflow
      let overflows = isSigned ? signed : left.multipliedReportingOverflow(by: right).overflow
      let told = try object.value(ofVariable: "overflows", as: UInt8.self)
      #expect(told == (overflows ? 1 : 0), "\(name) \(left) \(right)")
      #expect(try object.value(ofVariable: "product", as: UInt64.self) == left &* right)
    }
    for left in factors {
      for right in factors {
        try check("unsigned", left, right, isSigned: false)
        try check("signed", left, right, isSigned: true)
      }
      try check("unsignedThousand", left, 1000, isSigned: false)
      try check("signedThousand", left, 1000, isSigned: true)
      try check("signedMinusThree", left, UInt64(bitPattern: -3), isSigned: true)
      try check("negated", left, UInt64(bitPattern: -1), isSigned: true)
    }
  }

  /// A check that fails in a function that a helper calls back ends the program, too, and nobody's flag is disturbed.
  @Test(
    .needs(linux: 5, 17, for: "bpf_loop"),
    arguments: [
      ("inLoop", small: 255, rounds: 6, after: 0), ("inTime", 250, 0, 10), ("nested", 253, 1, 0), ("walk", 250, 1, 0),
    ])
  func failedChecksInCallbacksEndTheProgram(_ name: String, small: Int, rounds: Int, after: Int) throws {
    for traps in [TrapPolicy.count, .exit] {
      let object = try Self.load(Self.build("failing-callbacks") { $0.traps = traps })
      _ = try object.program(named: name).run()
      #expect(try object.value(ofVariable: "small", as: UInt8.self) == UInt8(small), "\(traps)")
      #expect(try object.value(ofVariable: "rounds", as: UInt64.self) == UInt64(rounds), "\(traps)")
      #expect(try object.value(ofVariable: "after", as: UInt64.self) == UInt64(after), "\(traps)")
      let failed = try object.failedChecks()
      #expect(failed.map(\.count) == (traps == .exit || name == "inTime" ? [] : [1]))
    }
  }

  /// Memory behind dynamic pointers is read and written within its bounds, and records of any size are sent.
  @Test(.needs(linux: 6, 5, for: "bpf_dynptr_size")) func dynamicPointersAreBounded() throws {
    let object = try Self.load(Self.build("dynamic-pointers"))
    let records = try RingBuffer(object.map(named: "records"))
    _ = try object.program(named: "send").run(TestRun(context: [3, 0, 0, 0, 0, 0, 0, 0]))
    var seen: [[UInt8]] = []
    try records.consume { seen.append(Array($0)) }
    #expect(seen == [[7, 0, 0, 0, 7, 0, 7]])
    #expect(try object.value(ofVariable: "refused", as: UInt32.self) == 2)
    let answers = try #require(try object.map(named: "bytes").value(of: [0, 0, 0, 0]))
    #expect(Array(answers.prefix(16)) == [0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5])
    let packet: [UInt8] = Array(repeating: 0, count: 12) + [0x08, 0x06] + Array(repeating: 1, count: 50)
    let run = try object.program(named: "receive").run(TestRun(data: packet))
    #expect(run.returnValue == 1)
    #expect(try object.value(ofVariable: "type", as: UInt16.self) == 0x0608)
    #expect(try object.value(ofVariable: "length", as: UInt32.self) == 64)
  }

  /// What the records of buffers are is in the object's types; numbers alone become a struct of one field.
  @Test func recordsHaveTypes() throws {
    let folder = try ScratchFolder()
    let source = """
      import BPFKernel
      struct Event { var id: UInt32; var size: UInt16 }
      let ring = RingBuffer<Event>(byteCount: 4096), numbers = RingBuffer<UInt64>(byteCount: 4096)
      let perf = PerfEventArray<Event>(), perfNumbers = PerfEventArray<UInt32>()
      @section("raw_tp/sys_enter") func send(_ context: RawTracepointContext) {
        ring.emit(Event(id: 1, size: 2))
        numbers.emit(3)
        perf.emit(Event(id: 1, size: 2), from: context)
        perfNumbers.emit(4, from: context)
      }
      """
    try FileSystem.write(Array(source.utf8), to: "\(folder.path)/a.bpf.swift")
    let spec = try ObjectSpec(bytes: Build(sources: ["\(folder.path)/a.bpf.swift"]).object(), name: "a")
    let types = try #require(spec.types)
    let search = try RecordTypeSearch(spec)
    let records = try spec.maps.filter { $0.type.holdsRecords }.map { map in
      let id = try #require(search.type(of: map), "\(map.name)")
      return "\(map.name): \(types.name(of: id)), \(try types.size(of: id)) bytes"
    }
    #expect(
      Set(records) == [
        "ring: Event, 8 bytes", "perf: Event, 8 bytes", "numbers: numbers_record, 8 bytes",
        "perfNumbers: perfNumbers_record, 4 bytes",
      ])
  }

  @Test func checksThatAreNotCountedHaveNoTable() throws {
    let spec = try Self.build("overflow") { $0.traps = .exit }
    #expect(spec.checkSites.isEmpty)
    let object = try Self.load(spec)
    #expect(try object.failedChecks().isEmpty)
  }

  @Test(.needs(linux: 6, 17, for: "the verifier's understanding of __bpf_trap"))
  func checksCanBeProved() throws {
    let spec = try Self.build("proved") { $0.traps = .prove }
    #expect(spec.checkSites.isEmpty)
    _ = try Self.load(spec)
  }

  /// A local array is written and read at indices.
  private static func needStackIndices() throws {
    if !runs(6, 3) { try Test.cancel("reading the stack after a write at an index comes with Linux 6.3") }
  }

  @Test func programsOfTheOldestInstructionSetLoad() throws {
    try Self.needStackIndices()
    _ = try Self.load(Self.build("language") { $0.instructionSet = .v2 })
  }
}
