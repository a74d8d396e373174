import Bytecode
import KernelInterface
import KernelTesting
import LinuxSystem
import TestObjects
import Testing

@testable import BPF

@Suite struct ProgramListingTests {
  @Test func joinsInstructionsFunctionsAndLines() throws {
    let program = try BPFObject(ObjectSpec(path: TestObject("load_counting").path)).program(named: "count")
    let listing = try program.listing()
    #expect(listing.functions.map(\.name) == ["count", "add"])
    #expect(listing.functions.map(\.declaration) == ["int count(void *context)", "__u64 add(__u64 value)"])
    #expect(listing.functions.first?.instruction == 0)
    let line = try #require(listing.lines.first { $0.place.text.contains("bpf_get_current_task()") })
    #expect(line.place.file.hasSuffix("load_counting.bpf.c"))
    // The source's own line.
    let source = try FileSystem.text(of: line.place.file).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(source[line.place.line - 1].contains("bpf_get_current_task()"))
    #expect(listing.lines.allSatisfy { listing.instructions.indices.contains($0.instruction) })
    #expect(listing.description.contains("int count(void *context):\n; "))
  }

  @Test func listsWithoutTypes() throws {
    let program = try Program(
      ProgramSpec(
        name: "plain", type: .socketFilter, code: Assembly(instructions: [.move(.r0, 7), .exit], relocations: [])))
    let listing = try program.listing()
    #expect(listing.instructions == [.move(.r0, 7), .exit])
    #expect(listing.functions.isEmpty && listing.lines.isEmpty)
    #expect(listing.description == "   0: (b7) r0 = 7\n   1: (95) exit\n")
  }

  /// From Linux 6.10 on the verifier reads the number of the CPU itself, by an instruction that no program may bring.
  @Test func listsWhatTheVerifierPutsIn() throws {
    let program = try Program(
      ProgramSpec(
        name: "cpu", type: .socketFilter,
        code: Assembly(instructions: [.call(.getSmpProcessorId), .exit], relocations: [])))
    let listing = try program.listing()
    #expect(!listing.description.contains("BUG"))
    if listing.instructions.count > 2 { #expect(listing.description.contains(" = &(void __percpu *)(r")) }
  }

  @Test(.needs(.map(.arena))) func namesMapsByTheirNumbers() throws {
    let object = try BPFObject(ObjectSpec(path: TestObject("object_arena").path))
    let listing = try object.program(named: "add").listing()
    #expect(!listing.description.contains("BUG"))
    #expect(try listing.description.contains("r3 = map[id:\(object.map(named: "memory").info().id)]"))
  }

  @Test func listsInstructionsThatNoProgramMayBring() throws {
    let shown: [Instruction] = [
      Instruction(opcode: 0xc2), Instruction(opcode: 0xbf, destination: 11, source: 1, offset: -1), .exit,
    ]
    #expect(try listing(of: shown).instructions == shown)
    #expect(
      try listing(of: shown).description
        == "   0: (c2) nospec\n   1: (bf) r11 = &(void __percpu *)(r1)\n   2: (95) exit\n")
  }

  @Test func saysThatTheKernelHidesInstructions() throws {
    let error = #expect(throws: SystemCallError.self) { try listing(of: [Instruction(opcode: 0)]) }
    #expect(error?.errno == .notPermitted)
    #expect(error?.subject.hasPrefix("instructions of program 7, which the kernel hides") == true)
  }

  /// The listing of a program number 7 of which a kernel shows those instructions.
  private func listing(of instructions: [Instruction]) throws -> ProgramListing {
    let bytes = instructions.encoded()
    // `struct bpf_prog_info`: id, xlated_prog_len, xlated_prog_insns.
    let answer = ScriptedKernel.Answer.number(0) { attribute in
      guard let info = UnsafeMutableRawPointer(bitPattern: UInt(attribute.get(UInt64.self, at: 8))) else { return }
      info.storeBytes(of: 7, toByteOffset: 4, as: UInt32.self)
      info.storeBytes(of: UInt32(bytes.count), toByteOffset: 20, as: UInt32.self)
      let room = info.load(fromByteOffset: 32, as: UInt64.self)
      if let room = UnsafeMutableRawPointer(bitPattern: UInt(room)) {
        room.copyMemory(from: bytes, byteCount: bytes.count)
      }
    }
    let kernel = ScriptedKernel([.objectGetInfo: Array(repeating: answer, count: 4)])
    return try ProgramListing(FileSystem.open("/dev/null"), kernel: kernel)
  }

  @Test(.needs(.ability(.runStatistics))) func countsRuns() throws {
    let program = try BPFObject(ObjectSpec(path: TestObject("load_counting").path)).program(named: "count")
    #expect(try program.info().runCount == 0)
    let statistics = try RunStatistics()
    for _ in 0..<5 { try program.run() }
    let info = try program.info()
    #expect(info.runCount == 5)
    #expect(info.runTime > 0)
    _ = statistics
  }

  @Test func packetsAndContextsGoInAndOut() throws {
    // Sets the first byte of the packet, and the mark of its context.
    let code: [Instruction] = [
      .move(.r6, .r1), .move(.r2, 0), .store(.byte, 9, to: .r10, offset: -1), .move(.r3, .r10),
      .arithmetic(.add, .r3, -1), .move(.r4, 1), .move(.r5, 0), .call(.skbStoreBytes),
      // Before 6.4 a context takes stores of registers only.
      .move(.r1, 77), .store(.word, .r1, to: .r6, offset: 8), .move(.r0, 5), .exit,
    ]
    let program = try Program(
      ProgramSpec(name: "mark", type: .schedulerClassifier, code: Assembly(instructions: code, relocations: [])))
    var run = TestRun(
      context: [UInt8](repeating: 0, count: 192), data: [UInt8](repeating: 1, count: 64), repetitions: 100)
    run.contextCapacity = 192
    let result = try program.run(run)
    #expect(result.returnValue == 5)
    #expect(result.data == [9] + [UInt8](repeating: 1, count: 63))
    // `__sk_buff.mark`.
    #expect(Array(result.context[8..<12]) == bytes(77 as UInt32))
  }
}
