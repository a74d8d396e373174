import BTF
import Bytecode
import KernelInterface
import LinuxSystem

@testable import TraceCompiler

/// Runs compiled programs in the kernel, as raw tracepoint programs with array maps.
enum KernelRun {
  struct Refused: Error, CustomStringConvertible {
    var description: String
  }

  struct Outcome: Equatable {
    var returnValue: UInt32
    var maps: [[UInt8]]
  }

  /// Whether this process may load programs.
  static let isPossible = loads([.move(.r0, 0), .exit])

  /// The kernel's instruction set.
  static let level: InstructionSetLevel =
    if loads([.move(.r0, 0), .moveSigned(.r0, .r0, bits: 8), .exit]) {
      .v4
    } else if loads([
      .store(.doubleWord, 0, to: .r10, offset: -8), .move(.r0, 0),
      .atomic(.fetchAdd, .doubleWord, .r0, at: .r10, offset: -8), .exit,
    ]) {
      .v3
    } else {
      .v2
    }

  /// Whether the kernel has `bpf_loop` (5.17).
  static let hasLoop = version >= KernelVersion(5, 17)

  static let version = (try? KernelVersion.running(LiveKernel())) ?? KernelVersion(0, 0)

  private static func loads(_ program: [Instruction]) -> Bool {
    let load = ProgramLoad(type: .rawTracepoint, instructions: program.encoded())
    return (try? LiveKernel().loadProgram(load, log: .never)) as LoadedProgram? != nil
  }

  /// Runs `code` once, with one array map per element of `entryCounts`.
  static func run(_ code: ProgramCode, context: [UInt64], entryCounts: [Int], valueSize: Int) throws -> Outcome {
    let first = try create(entryCounts[0], valueSize), second = try create(entryCounts[1], valueSize)
    let program = try load(code, first, second)
    let bytes = context.flatMap { words([UInt32(truncatingIfNeeded: $0), UInt32(truncatingIfNeeded: $0 >> 32)]) }
    let result = try LiveKernel().testRun(program.descriptor, TestRun(context: bytes))
    return Outcome(
      returnValue: result.returnValue,
      maps: [try contents(first, entryCounts[0], valueSize), try contents(second, entryCounts[1], valueSize)])
  }

  /// What the verifier says of `code`, all ways through it.
  static func verifierLog(_ code: ProgramCode, entryCounts: [Int], valueSize: Int) throws -> String {
    let first = try create(entryCounts[0], valueSize), second = try create(entryCounts[1], valueSize)
    let program = try load(code, first, second, log: .always(.everyPath))
    return String(decoding: program.log, as: UTF8.self)
  }

  private static func load(
    _ code: ProgramCode, _ first: borrowing OwnedDescriptor, _ second: borrowing OwnedDescriptor,
    log: VerifierLogRequest = .afterFailure()
  ) throws -> LoadedProgram {
    var instructions = code.instructions
    let isComplete = first.withNumber { number in
      second.withNumber { other in instructions.resolve(code.relocations) { $0.index == 0 ? number : other } }
    }
    guard isComplete else { throw Refused(description: "relocations") }
    let btf = try LiveKernel().loadBTF(try typeInformation(of: code))
    let records = code.functions.enumerated().flatMap { index, function in
      // struct bpf_func_info: the slot, and the id of the function's type, which follow the integer and the signature.
      words([UInt32(function.range.lowerBound), UInt32(index + 3)])
    }
    do {
      return try LiveKernel().loadProgram(
        ProgramLoad(
          type: .rawTracepoint, instructions: instructions.encoded(), name: ObjectName("ssa_test"),
          btf: btf.withNumber { $0 }, functionInfo: ProgramLoad.InfoRecords(bytes: records, recordSize: 8)), log: log)
    } catch {
      throw Refused(description: "\(error.error)\n" + String(decoding: error.log.suffix(6000), as: UTF8.self))
    }
  }

  private static func words(_ words: [UInt32]) -> [UInt8] {
    words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) } }
  }

  /// A static function without parameters for each of the program's: enough for the kernel to accept callbacks.
  private static func typeInformation(of code: ProgramCode) throws -> [UInt8] {
    var builder = TypeGraphBuilder()
    let integer = try builder.addInteger(named: "int", size: 4, isSigned: true)
    let signature = try builder.addFunctionPrototype(returning: integer, parameters: [])
    for function in code.functions { try builder.addFunction(named: function.name, prototype: signature) }
    return try builder.build()
  }

  private static func create(_ entryCount: Int, _ valueSize: Int) throws -> OwnedDescriptor {
    try LiveKernel().createMap(
      MapCreation(type: .array, keySize: 4, valueSize: UInt32(valueSize), maxEntries: UInt32(entryCount)))
  }

  private static func contents(_ map: borrowing OwnedDescriptor, _ entryCount: Int, _ valueSize: Int) throws -> [UInt8]
  {
    var contents: [UInt8] = []
    for key in 0..<UInt32(entryCount) {
      var key = key
      var value = [UInt8](repeating: 0, count: valueSize)
      guard try LiveKernel().lookUpElement(of: map, key: &key, value: &value) else {
        throw Refused(description: "no element \(key)")
      }
      contents += value
    }
    return contents
  }
}
