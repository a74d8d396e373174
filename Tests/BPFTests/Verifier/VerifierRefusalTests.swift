import BTF
import Bytecode
import KernelInterface
import KernelTesting
import LinuxSystem
import Testing

@testable import BPF

/// Programs that the running kernel's verifier refuses, one for each kind of mistake that can be provoked.
@Suite struct VerifierRefusalTests {
  /// A program with a mistake, and what is to be said of it.
  struct Mistake: Sendable, CustomTestStringConvertible {
    var name: String
    var type = ProgramType.rawTracepoint
    var code: [Instruction]
    var maps: [MapSpec] = []
    var relocations: [Relocation] = []
    var license = "GPL"
    var flags: ProgramLoad.Flags = []
    var cause: VerifierRefusal.Cause
    var instruction: Int?
    /// The reasons of the kernels, which differ in their words.
    var reasons: [String]
    var remedy: String
    var needs: KernelVersion = KernelVersion(5, 10)
    /// The first kernel that takes the program.
    var until = KernelVersion(99, 0)
    var testDescription: String { name }
  }

  static let values = MapSpec(name: "values", type: .hash, keySize: 4, valueSize: 8, maxEntries: 4)

  /// Looks up key 0 in map 0: six slots and the call at slot 5 leave its value's address in r0.
  static let lookUp: [Instruction] =
    [.store(.word, 0, to: .r10, offset: -4), .move(.r2, .r10), .arithmetic(.add, .r2, -4)]
    + Instruction.wideLoad(.r1, .map, low: 0) + [.call(.mapLookupElem)]
  static let lookUpRelocation = [Relocation(instruction: 3, map: MapReference(index: 0))]

  static let mistakes: [Mistake] = [
    Mistake(
      name: "null pointer", code: lookUp + [.load(.doubleWord, .r0, from: .r0), .exit], maps: [values],
      relocations: lookUpRelocation, cause: .nullPointer, instruction: 6,
      reasons: ["R0 invalid mem access 'map_value_or_null'"], remedy: "compare the pointer with NULL"),
    Mistake(
      name: "null argument",
      code: lookUp + [.move(.r2, .r0)] + Instruction.wideLoad(.r1, .map, low: 0) + [.call(.mapLookupElem), .exit],
      maps: [values], relocations: lookUpRelocation + [Relocation(instruction: 7, map: MapReference(index: 0))],
      cause: .nullPointer, instruction: 9, reasons: ["R2 type=map_value_or_null expected=fp, pkt, pkt_meta, map_"],
      remedy: "compare the pointer with NULL"),
    Mistake(
      name: "null arithmetic", code: lookUp + [.arithmetic(.add, .r0, 4), .exit], maps: [values],
      relocations: lookUpRelocation, cause: .nullPointer, instruction: 6,
      reasons: ["R0 pointer arithmetic on map_value_or_null prohibited, null-check it first"],
      remedy: "compare the pointer with NULL"),
    Mistake(
      name: "number as pointer", code: [.move(.r1, 0x1234), .load(.doubleWord, .r0, from: .r1), .exit],
      cause: .numberAsPointer, instruction: 1,
      reasons: ["R1 invalid mem access 'scalar'", "R1 invalid mem access 'inv'"],
      remedy: "read memory that the kernel does not vouch for by bpf_probe_read_kernel"),
    Mistake(
      name: "unwritten register", code: [.exit], cause: .uninitializedRegister, instruction: 0,
      reasons: ["R0 !read_ok"],
      remedy: "give the variable a value on every path"),
    Mistake(
      name: "unbounded offset",
      code: [.move(.r6, .r1)] + lookUp + [
        .jump(if: .equal, .r0, 0, 5), .load(.word, .r1, from: .r6), .move(.r7, .r0), .arithmetic(.add, .r7, .r1),
        .load(.doubleWord, .r0, from: .r7), .move(.r0, 0), .exit,
      ], maps: [values], relocations: [Relocation(instruction: 4, map: MapReference(index: 0))],
      cause: .unboundedAccess,
      instruction: 11, reasons: ["R7 unbounded memory access, make sure to bounds check any such access"],
      remedy: "compare the offset or size (R7) with a constant before the access"),
    Mistake(
      name: "negative offset",
      code: [.load(.doubleWord, .r2, from: .r1), .move(.r3, .r10), .arithmetic(.add, .r3, .r2), .move(.r0, 0), .exit],
      cause: .unboundedAccess, instruction: 2,
      reasons: ["math between fp pointer and register with unbounded min value is not allowed"],
      remedy: "limit the number from below as well"),
    Mistake(
      name: "negative size",
      code: [
        .load(.doubleWord, .r2, from: .r1), .move(.r1, .r10), .arithmetic(.add, .r1, -8), .move(.r3, 0),
        .call(.probeRead), .move(.r0, 0), .exit,
      ], cause: .unboundedAccess, instruction: 4,
      reasons: ["R2 min value is negative, either use unsigned or 'var &= const'"],
      remedy: "limit the number (R2) from below as well"),
    Mistake(
      name: "beyond a value",
      code: lookUp + [.jump(if: .equal, .r0, 0, 1), .load(.doubleWord, .r0, from: .r0, offset: 8), .exit],
      maps: [values],
      relocations: lookUpRelocation, cause: .outOfBounds, instruction: 7,
      reasons: [
        "invalid access to map value, value_size=8 off=8 size=8; R0 min value is outside of the allowed memory range"
      ], remedy: "compare the offset with the size of the memory"),
    Mistake(
      name: "beyond the stack's end",
      code: [
        .move(.r1, .r10), .arithmetic(.add, .r1, -8), .move(.r2, 16), .move(.r3, 0), .call(.probeRead), .move(.r0, 0),
        .exit,
      ], cause: .outOfBounds, instruction: 4,
      reasons: ["invalid write to stack R1 off=-8 size=16", "invalid indirect access to stack R1 off=-8 size=16"],
      remedy: "compare the offset with the size of the memory"),
    Mistake(
      name: "unreleased reference",
      code: Instruction.wideLoad(.r1, .map, low: 0) + [
        .move(.r2, 8), .move(.r3, 0), .call(.ringbufReserve), .move(.r0, 0), .exit,
      ], maps: [MapSpec(name: "ring", type: .ringBuffer, keySize: 0, valueSize: 0, maxEntries: 4096)],
      relocations: [Relocation(instruction: 0, map: MapReference(index: 0))], cause: .unreleasedReference,
      instruction: 6,
      reasons: [
        "Unreleased reference id=2 alloc_insn=4; BPF_EXIT instruction in main prog would lead to reference leak",
        "Unreleased reference id=2 alloc_insn=4",
      ], remedy: "give back on every path what was acquired"),
    Mistake(
      name: "endless loop", code: [.call(.ktimeGetNs), .jump(if: .notEqual, .r0, 7, -2), .move(.r0, 0), .exit],
      cause: .endlessLoop, instruction: 1, reasons: ["infinite loop detected at insn 0"],
      remedy: "give the loop a limit that is a constant"),
    Mistake(
      name: "too complex",
      code: [.call(.getPrandomU32)] + (0..<8200).map { .jump(if: .equal, .r0, $0, Int16(8199 - $0)) } + [
        .move(.r0, 0), .exit,
      ], cause: .tooComplex, instruction: nil, reasons: ["The sequence of 8193 jumps is too complex."],
      remedy: "split the program by tail calls"),
    Mistake(
      name: "large stack", code: [.store(.doubleWord, 0, to: .r10, offset: -520), .move(.r0, 0), .exit],
      cause: .stackTooLarge, instruction: 0, reasons: ["invalid write to stack R10 off=-520 size=8"],
      remedy: "keep large values in a map"),
    Mistake(
      name: "unknown helper", code: [.call(HelperFunction(rawValue: 9999)), .exit], cause: .unknownHelper,
      instruction: 0,
      reasons: ["invalid func unknown#9999"], remedy: "no kernel has helper 9999"),
    Mistake(
      name: "relocation that failed", code: [.call(HelperFunction(rawValue: PoisonedInstruction.helper)), .exit],
      cause: .poisonedRelocation, instruction: 0, reasons: ["invalid func unknown#195896080"],
      remedy: "ask first whether this kernel has it: bpf_core_field_exists"),
    Mistake(
      name: "helper of other programs", code: [.call(.xdpAdjustHead), .move(.r0, 0), .exit], cause: .helperNotAllowed,
      instruction: 0,
      reasons: [
        "program of this type cannot use helper bpf_xdp_adjust_head#44", "unknown func bpf_xdp_adjust_head#44",
      ],
      remedy: "programs of type raw_tracepoint may not use bpf_xdp_adjust_head; these may: xdp"),
    Mistake(
      name: "unwritten stack", code: [.load(.doubleWord, .r0, from: .r10, offset: -8), .exit],
      cause: .uninitializedStack,
      instruction: 0, reasons: ["invalid read from stack R10 off=-8 size=8"],
      remedy: "set all bytes before they are read",
      until: KernelVersion(6, 3)),
    Mistake(
      name: "misaligned", code: [.store(.doubleWord, 0, to: .r10, offset: -9), .move(.r0, 0), .exit],
      cause: .misaligned,
      instruction: 0,
      reasons: [
        "misaligned stack access off 0+-9 size 8", "misaligned stack access off 0+0+-9 size 8",
        "misaligned stack access off (0x0; 0x0)+0+-9 size 8",
      ], remedy: "put the field at an offset that is a multiple of its size"),
    Mistake(
      name: "packet", type: .xdp, code: [.load(.word, .r2, from: .r1), .load(.byte, .r0, from: .r2), .exit],
      cause: .packetBounds, instruction: 1,
      reasons: [
        "invalid access to packet, off=0 size=1, R2(id=0,off=0,r=0); R2 offset is outside of the packet",
        "invalid access to packet, off=0 size=1, R2(id=0,off=0,r=0); R2 min value is outside of the allowed memory range",
      ], remedy: "compare with the packet's end first"),
    Mistake(
      name: "arithmetic on a pointer", code: [.arithmetic(.and, .r1, 7), .move(.r0, 0), .exit],
      cause: .pointerArithmetic,
      instruction: 0, reasons: ["R1 bitwise operator &= on pointer prohibited"],
      remedy: "add only numbers with known limits"),
    Mistake(
      name: "licence", code: [.move(.r1, 0), .move(.r2, 0), .move(.r3, 0), .call(.probeReadKernel), .exit],
      license: "MIT",
      cause: .license, instruction: 3,
      reasons: ["cannot call GPL-restricted function from non-GPL compatible program"], remedy: "declare a licence"),
    Mistake(
      name: "no kfunc", code: [.call(kernelFunction: 1), .exit], cause: .kernelFunctionNotAllowed, instruction: nil,
      reasons: ["kernel btf_id 1 is not a function"], remedy: "this kernel does not let programs of this type",
      needs: KernelVersion(5, 13)),
    Mistake(
      name: "sleeping",
      code: [
        .move(.r1, .r10), .arithmetic(.add, .r1, -8), .move(.r2, 8), .move(.r3, 0), .call(.copyFromUser), .move(.r0, 0),
        .exit,
      ], cause: .sleeping, instruction: 4,
      reasons: [
        "helper call might sleep in a non-sleepable prog",
        "sleepable helper bpf_copy_from_user#148 in non-sleepable prog",
      ], remedy: "make the program sleepable", needs: KernelVersion(6, 12)),
    Mistake(
      name: "context", type: .schedulerClassifier, code: [.load(.word, .r0, from: .r1, offset: 1024), .exit],
      cause: .contextAccess, instruction: 0, reasons: ["invalid bpf_context access off=1024 size=4"],
      remedy: "use the context's fields as they are declared"),
    Mistake(
      name: "number for an argument",
      code: Instruction.wideLoad(.r1, .map, low: 0) + [.move(.r2, 5), .call(.mapLookupElem), .move(.r0, 0), .exit],
      maps: [values], relocations: [Relocation(instruction: 0, map: MapReference(index: 0))], cause: .argumentType,
      instruction: 3, reasons: ["R2 type=scalar expected=fp, pkt", "R2 type=inv expected=fp, pkt"],
      remedy: "argument 2 is a number, and must be one of: fp, pkt"),
    Mistake(
      name: "answer", type: .cgroupSocketBuffer, code: [.move(.r0, 5), .exit], cause: .returnValue, instruction: 1,
      reasons: [
        "At program exit the register R0 has smin=5 smax=5 should have been in [0, 1]",
        "At program exit the register R0 has value (0x5; 0x0) should have been in (0x0; 0x1)",
      ], remedy: "programs of type cgroup_skb may answer [0, 1] only"),
    Mistake(
      name: "read-only map",
      code: lookUp + [.jump(if: .equal, .r0, 0, 1), .store(.doubleWord, 1, to: .r0), .move(.r0, 0), .exit],
      maps: [
        MapSpec(name: "constants", type: .array, keySize: 4, valueSize: 8, maxEntries: 1, flags: .readOnlyForPrograms)
      ], relocations: lookUpRelocation, cause: .readOnlyMemory, instruction: 7,
      reasons: ["write into map forbidden, value_size=8 off=0 size=8"], remedy: "the memory is not for writing"),
    Mistake(
      name: "recursion", code: [.call(function: -1), .exit], cause: .callDepth, instruction: nil,
      reasons: ["the call stack of 9 frames is too deep", "recursive call from () to ()"],
      remedy: "functions call each other at most 8 deep", needs: KernelVersion(6, 12)),
    Mistake(
      name: "unreachable", code: [.move(.r0, 0), .exit, .move(.r0, 0), .exit], cause: .unreachableCode, instruction: 2,
      reasons: ["unreachable insn 2"], remedy: "leave out what nothing jumps to"),
    Mistake(
      name: "jump out", code: [.jump(10), .exit], cause: .malformedCode, instruction: 0,
      reasons: ["jump out of range from insn 0 to 11"], remedy: "the code is no program"),
    Mistake(
      name: "empty size",
      code: [
        .move(.r2, 0), .move(.r1, .r10), .arithmetic(.add, .r1, -8), .call(.getCurrentComm), .move(.r0, 0), .exit,
      ],
      cause: .emptySize, instruction: 3,
      reasons: ["R2 invalid zero-sized read: u64=[0,0]", "invalid zero-sized read"],
      remedy: "see to it that the size is not 0"),
  ]

  /// Loads a program and gives back why it was refused.
  static func refusal(of spec: ProgramSpec, maps: [Map] = []) throws -> VerifierRefusal {
    do throws(BPFError) {
      _ = try Program(spec, maps: maps)
    } catch {
      guard case .programRefused(let refusal) = error else { throw error }
      return refusal
    }
    throw Taken()
  }

  /// The kernel took a program that has a mistake.
  struct Taken: Error {}

  @Test(arguments: mistakes)
  func tellsCauseAndRemedy(_ mistake: Mistake) throws {
    guard runs(mistake.needs.major, mistake.needs.minor), !runs(mistake.until.major, mistake.until.minor) else {
      return
    }
    let spec = ProgramSpec(
      name: "mistake", type: mistake.type, code: Assembly(instructions: mistake.code, relocations: mistake.relocations),
      license: mistake.license, flags: mistake.flags)
    let refusal = try Self.refusal(of: spec, maps: mistake.maps.map { try Map($0) })
    #expect(refusal.cause == mistake.cause)
    if let instruction = mistake.instruction { #expect(refusal.instruction == instruction) }
    #expect(mistake.reasons.contains { refusal.reason.hasPrefix($0) }, "\(refusal.reason)")
    #expect(refusal.remedies.first?.hasPrefix(mistake.remedy) == true, "\(refusal.remedies)")
    #expect(!refusal.log.text.isEmpty && !refusal.description.contains("\n"))
  }

  /// Type information for a program of two functions, `entry` and, from slot 2 on, `bump`, with a line for each slot.
  static func types() throws -> ProgramSpec.TypeInformation {
    var builder = TypeGraphBuilder()
    let int = try builder.addInteger(named: "int", size: 4, isSigned: true)
    let pointer = try builder.addPointer(to: .void)
    let prototype = try builder.addFunctionPrototype(returning: int, parameters: [.init("context", pointer)])
    let entry = try builder.addFunction(named: "entry", prototype: prototype)
    let bump = try builder.addFunction(named: "bump", prototype: prototype)
    func words(_ words: [UInt32]) -> [UInt8] { words.flatMap { word in withUnsafeBytes(of: word) { Array($0) } } }
    let file = try builder.addString("bump.bpf.c")
    let texts = try ["  return bump(ctx);", "\treturn *count + 1;"].map { try builder.addString($0) }
    return try ProgramSpec.TypeInformation(
      btf: builder.build(),
      functions: .init(bytes: words([0, entry.rawValue, 2, bump.rawValue]), recordSize: 8),
      lines: .init(
        bytes: words([
          0, file, texts[0], 20 << 10 | 10, 2, file, texts[1], 12 << 10 | 9,
        ]), recordSize: 16))
  }

  @Test func tellsTheSourceLine() throws {
    let code: [Instruction] = [
      .call(function: 1), .exit, .move(.r1, 0), .load(.word, .r0, from: .r1, offset: 4), .exit,
    ]
    let spec = ProgramSpec(
      name: "entry", type: .rawTracepoint, code: Assembly(instructions: code, relocations: []), types: try Self.types())
    let refusal = try Self.refusal(of: spec)
    #expect(refusal.cause == .numberAsPointer)
    #expect(refusal.instruction == 3)
    #expect(refusal.function == "bump")
    #expect(refusal.place == SourcePlace(file: "bump.bpf.c", line: 12, column: 9, text: "\treturn *count + 1;"))
    #expect(
      refusal.calls == [
        VerifierRefusal.Call(
          instruction: 0, function: "entry",
          place: SourcePlace(file: "bump.bpf.c", line: 20, column: 10, text: "  return bump(ctx);"))
      ])
    let isOld = !runs(5, 18)
    let state = refusal.registers.first { $0.name == "R1" }?.state
    #expect(isOld || state == "0")
    #expect(
      refusal.description.hasPrefix(
        "program 'entry' refused at bump.bpf.c:12:9 in 'bump' (instruction 3): R1 invalid mem access '"))
    if isOld { return }
    #expect(
      refusal.rendered() == """
        bump.bpf.c:12:9-10: ERROR: the kernel refuses program 'entry' in 'bump': R1 invalid mem access 'scalar'
            return *count + 1;
                   ~
        NOTE: R1=0 before instruction 3: (61) r0 = *(u32 *)(r1 +4)
        bump.bpf.c:20:10-14: NOTE: called from 'entry' (instruction 0)
          return bump(ctx);
                 ~~~~
        HINT: read memory that the kernel does not vouch for by bpf_probe_read_kernel or bpf_probe_read_user, or reach it through a pointer with a type

        """)
  }

  @Test func tellsWhereAReferenceWasAcquired() throws {
    let mistake = try #require(Self.mistakes.first { $0.cause == .unreleasedReference })
    let spec = ProgramSpec(
      name: "ring", type: .rawTracepoint,
      code: Assembly(instructions: mistake.code, relocations: mistake.relocations))
    let refusal = try Self.refusal(of: spec, maps: mistake.maps.map { try Map($0) })
    #expect(refusal.acquisition?.instruction == 4)
    #expect(refusal.rendered().contains("NOTE: acquired here (instruction 4)"))
  }
}
